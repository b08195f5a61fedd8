using Harvester.ControllerRuntime;
using Harvester.Samples.HistoricalController;
using Harvester.Samples.UpgradeApi;
using Harvester.Testing.ApiServer;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.Simulation;
using Harvester.Testing.Simulation.Children;
using k8s;
using k8s.Models;

namespace Harvester.Cli.Demo;

/// <summary>One cluster with one controller in it and a user in front of it, on virtual time.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private const string Plural = "upgrades";

    // Longer than any wait of the controllers that leads on, shorter than their two-minute heartbeat.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    private readonly IKubernetes user;

    private Stage(KubernetesApiServer server, VirtualClock clock, World world, int seed)
    {
        Server = server;
        World = world;
        user = server.CreateClient("user");
        Simulation = new Simulation(server, clock, seed);
        Simulation.Add(UpgradeChildren.All(world.NewVersion));
        Timeline = new Timeline(server, clock);
    }

    /// <summary>The server.</summary>
    public KubernetesApiServer Server { get; }

    /// <summary>What stood in the cluster at the start.</summary>
    public World World { get; }

    /// <summary>What happens, step by step.</summary>
    public Simulation Simulation { get; }

    /// <summary>What happened.</summary>
    public Timeline Timeline { get; }

    /// <summary>Opens a cluster of its own: the kinds of the story, a node, settings, and a version on offer.</summary>
    /// <param name="seed">Names, uids and the order of events follow from it.</param>
    /// <param name="statusSubresource">Whether the upgrade definition has the status subresource, which upstream's has not.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    public static async Task<Stage> OpenAsync(int seed, bool statusSubresource, CancellationToken cancellationToken)
    {
        var clock = new VirtualClock();
        var server = await KubernetesApiServer.StartAsync(
            options =>
            {
                options.Seed = seed;
                options.TimeProvider = clock;
                options.CollectGarbage = false;
                foreach (var definition in StoryDefinitions.All(statusSubresource))
                {
                    options.AddCustomResourceDefinition(definition);
                }
            },
            cancellationToken).ConfigureAwait(false);
        var world = new World();
        await world.CreateAsync(server, cancellationToken).ConfigureAwait(false);
        await world.OfferNewVersionAsync(server, cancellationToken: cancellationToken).ConfigureAwait(false);
        return new Stage(server, clock, world, seed);
    }

    /// <summary>Starts the controller.</summary>
    public void Start(Action<ControllerSet> register) => Simulation.Start("controller", register, loggers: Timeline);

    /// <summary>The user asks for an upgrade. The server makes up the name.</summary>
    public async Task<string> CreateUpgradeAsync(CancellationToken cancellationToken)
    {
        var created = await CreateAsync(
            new Upgrade
            {
                Metadata = new V1ObjectMeta { GenerateName = "hvst-upgrade-", NamespaceProperty = Namespaces.Harvester },
                Spec = new UpgradeSpec { Version = World.NewVersion },
            },
            cancellationToken).ConfigureAwait(false);
        return created.Metadata.Name;
    }

    /// <summary>The user creates an upgrade object as it is given.</summary>
    public async Task<Upgrade> CreateAsync(Upgrade upgrade, CancellationToken cancellationToken)
    {
        using var upgrades = Upgrades();
        return await upgrades.CreateNamespacedAsync(upgrade, Namespaces.Harvester, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The upgrade as the user reads it.</summary>
    public async Task<Upgrade> ReadAsync(string name, CancellationToken cancellationToken)
    {
        using var upgrades = Upgrades();
        return await upgrades.ReadNamespacedAsync<Upgrade>(Namespaces.Harvester, name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The user, who sees the upgrade as it is now, dismisses its banner with the page's own request.</summary>
    public async Task DismissAsync(string name, CancellationToken cancellationToken)
    {
        var shown = await ReadAsync(name, cancellationToken).ConfigureAwait(false);
        await new DismissAction(user).DismissAsync(shown, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs until nothing is stored any more.</summary>
    public Task RunUntilQuietAsync(CancellationToken cancellationToken) => Simulation.RunUntilQuietAsync(Quiet, Limit, cancellationToken);

    /// <summary>Runs for a while.</summary>
    public Task RunForAsync(TimeSpan span, CancellationToken cancellationToken) => Simulation.RunForAsync(span, cancellationToken);

    /// <summary>The upgrade as it is stored now, or null.</summary>
    public JsonObject? Stored(string name) =>
        Server.History(Plural, Namespaces.Harvester, name) is { Count: > 0 } history && history[^1].Type != ChangeType.Deleted
            ? history[^1].Object
            : null;

    /// <summary>The state of a condition of the upgrade as it is stored now, or null when it is absent.</summary>
    public string? ConditionOf(string name, string type) =>
        (Stored(name)?.At("status", "conditions") as JsonArray ?? JsonArray.Empty)
            .FirstOrDefault(condition => condition["type"]?.AsString == type)?["status"]?.AsString;

    /// <summary>A label of the upgrade as it is stored now, or null.</summary>
    public string? LabelOf(string name, string label) => Stored(name)?.At("metadata", "labels", label)?.AsString;

    /// <summary>Whether the upgrade's log collection object exists.</summary>
    public bool HasUpgradeLog(string upgrade) =>
        Server.History("upgradelogs", Namespaces.Harvester, upgrade + "-upgradelog") is { Count: > 0 } history && history[^1].Type != ChangeType.Deleted;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Simulation.DisposeAsync().ConfigureAwait(false);
        user.Dispose();
        Timeline.Dispose();
        await Server.DisposeAsync().ConfigureAwait(false);
    }

    private GenericClient Upgrades() => new(user, "harvesterhci.io", "v1beta1", Plural, disposeClient: false);
}
