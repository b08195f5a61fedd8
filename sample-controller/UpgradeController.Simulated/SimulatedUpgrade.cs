using System.Reflection;
using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeApi;
using Harvester.Testing.ApiServer;
using Harvester.Testing.Simulation;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.UpgradeController.Simulated;

/// <summary>
/// A cluster in this process with an upgrade in it: the API server with the kinds of the story, the children that make progress by themselves, a user,
/// and whatever controller is started on it. Time is virtual; the seed decides names, uids and the order of events.
/// </summary>
public sealed class SimulatedUpgrade : IAsyncDisposable
{
    private const string UpgradeDefinition = "crds/harvesterhci.io_upgrades.yaml";
    private const string StorageLine = "    storage: true\n";

    // Longer than every wait of the controllers that leads on, shorter than the heartbeat.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    private SimulatedUpgrade(KubernetesApiServer server, VirtualClock clock, World world, int seed)
    {
        Server = server;
        World = world;
        Simulation = new Simulation(server, clock, seed);
        Simulation.Add(Harvester.Testing.Simulation.Children.UpgradeChildren.All(world.NewVersion));
        User = server.CreateClient("user");
        Repository = new SimulatedRepository(world.OldVersion, world.NewVersion);
    }

    public KubernetesApiServer Server { get; }

    public Simulation Simulation { get; }

    public World World { get; }

    /// <summary>The user's client.</summary>
    public IKubernetes User { get; }

    public SimulatedRepository Repository { get; }

    /// <summary>Lines of the controllers started here.</summary>
    public LineLoggers Log { get; } = new();

    /// <summary>Opens the cluster and creates what stands in it before an upgrade.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="statusSubresource">Whether Upgrade has the status subresource, which upstream's definition has not.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    public static async Task<SimulatedUpgrade> OpenAsync(int seed, bool statusSubresource = false, CancellationToken cancellationToken = default)
    {
        var clock = new VirtualClock();
        var server = await KubernetesApiServer.StartAsync(
            options =>
            {
                options.Seed = seed;
                options.TimeProvider = clock;
                options.CollectGarbage = false;
                foreach (var definition in Definitions(statusSubresource))
                {
                    options.AddCustomResourceDefinition(definition);
                }
            },
            cancellationToken);
        var world = new World();
        await world.CreateAsync(server, cancellationToken);
        await world.OfferNewVersionAsync(server, cancellationToken: cancellationToken);
        return new SimulatedUpgrade(server, clock, world, seed);
    }

    /// <summary>Starts the reference controller.</summary>
    public ControllerInstance StartController(Guard without = Guard.None) =>
        Start(set => SimulatedController.Register(set, Log, Repository, without));

    /// <summary>Starts any controller, with this cluster's log.</summary>
    public ControllerInstance Start(Action<ControllerSet> register) => Simulation.Start("controller", register, loggers: Log);

    /// <summary>The user asks for an upgrade to the new version.</summary>
    public Task<Upgrade> CreateAsync(
        bool logEnabled = true, IDictionary<string, string>? labels = null, string? name = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            new Upgrade
            {
                Metadata = new V1ObjectMeta
                {
                    Name = name,
                    GenerateName = name is null ? "hvst-upgrade-" : null,
                    NamespaceProperty = Namespaces.Harvester,
                    Labels = labels,
                },
                Spec = new UpgradeSpec { Version = World.NewVersion, LogEnabled = logEnabled },
            },
            cancellationToken);

    /// <summary>The user creates an object as it is given.</summary>
    public Task<Upgrade> CreateAsync(Upgrade upgrade, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(upgrade);
        return User.CustomObjects.CreateNamespacedCustomObjectAsync<Upgrade>(
            upgrade, "harvesterhci.io", "v1beta1", Namespaces.Harvester, "upgrades", cancellationToken: cancellationToken);
    }

    /// <summary>The upgrade as the user reads it, or null.</summary>
    public Task<Upgrade?> FindAsync(string name, CancellationToken cancellationToken = default) =>
        User.FindAsync<Upgrade>(Namespaces.Harvester, name, cancellationToken);

    /// <summary>The upgrade as the user reads it.</summary>
    public async Task<Upgrade> ReadAsync(string name, CancellationToken cancellationToken = default) =>
        await FindAsync(name, cancellationToken) ?? throw new InvalidOperationException($"There is no upgrade {name}.");

    /// <summary>Runs until nothing is stored any more.</summary>
    public Task RunUntilQuietAsync(CancellationToken cancellationToken = default) => Simulation.RunUntilQuietAsync(Quiet, Limit, cancellationToken);

    /// <summary>Creates an upgrade and runs it to its end, cleanup and log collection included.</summary>
    public async Task<Upgrade> RunToEndAsync(bool logEnabled = true, CancellationToken cancellationToken = default)
    {
        var created = await CreateAsync(logEnabled, cancellationToken: cancellationToken);
        await RunUntilQuietAsync(cancellationToken);
        return await ReadAsync(created.Name(), cancellationToken);
    }

    /// <summary>
    /// What a rebuilt status lacks of the one before: facts, and conditions with their state. The name of a log that was purged in between is no loss.
    /// </summary>
    public static IReadOnlyList<string> Missing(UpgradeStatus before, UpgradeStatus after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var missing = new List<string>();
        Fact("previousVersion", before.PreviousVersion, after.PreviousVersion);
        Fact("imageID", before.ImageID, after.ImageID);
        Fact("repoInfo", before.RepoInfo, after.RepoInfo);
        Fact("singleNode", before.SingleNode, after.SingleNode);
        foreach (var (node, state) in before.NodeStatuses ?? new Dictionary<string, NodeUpgradeStatus>())
        {
            Fact($"nodeStatuses.{node}", state.State, after.NodeStatuses?.TryGetValue(node, out var now) == true ? now.State : null);
        }

        foreach (var condition in before.Conditions ?? [])
        {
            Fact(condition.Type, condition.Status, after.Conditions?.FirstOrDefault(other => other.Type == condition.Type)?.Status);
        }

        return missing;

        void Fact(string name, string? then, string? now)
        {
            if (!string.IsNullOrEmpty(then) && then != now)
            {
                missing.Add($"{name} was {then.Split('\n')[0]}, is {now ?? "absent"}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Simulation.DisposeAsync();
        User.Dispose();
        await Server.DisposeAsync();
    }

    private static IEnumerable<string> Definitions(bool statusSubresource)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("crds/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var text = reader.ReadToEnd();
            yield return statusSubresource && name == UpgradeDefinition
                ? text.Replace(StorageLine, StorageLine + "    subresources:\n      status: {}\n", StringComparison.Ordinal)
                : text;
        }
    }
}
