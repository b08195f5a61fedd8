using Harvester.Samples.UpgradeApi;
using Harvester.Testing.ApiServer;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.Simulation;
using Harvester.Testing.Simulation.Children;
using k8s;
using k8s.Models;

namespace Harvester.Samples.HistoricalController.Tests;

/// <summary>The historical controllers on a simulated cluster of one node, for what no recording shows.</summary>
internal sealed class SmallCluster : IAsyncDisposable
{
    public const string UpgradeName = "hvst-upgrade-aaaaa";

    private readonly IUpgradeRepository repository;
    private readonly HistoricalControllerOptions options;

    private SmallCluster(KubernetesApiServer server, Simulation simulation, IUpgradeRepository repository, HistoricalControllerOptions options)
    {
        Server = server;
        Simulation = simulation;
        User = server.CreateClient("user");
        this.repository = repository;
        this.options = options;
    }

    public KubernetesApiServer Server { get; }

    public Simulation Simulation { get; }

    public IKubernetes User { get; }

    public CapturedLog Log { get; } = new();

    public static async Task<SmallCluster> StartAsync(
        HistoricalControllerOptions? options = null, bool statusSubresource = false, CancellationToken cancellationToken = default)
    {
        var clock = new VirtualClock();
        var server = await KubernetesApiServer.StartAsync(
            settings =>
            {
                settings.Seed = 1;
                settings.TimeProvider = clock;
                settings.CollectGarbage = false;
                foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "crds"), "*.yaml").Order(StringComparer.Ordinal))
                {
                    var text = File.ReadAllText(file);
                    if (statusSubresource && file.EndsWith("_upgrades.yaml", StringComparison.Ordinal))
                    {
                        text = text.Replace("    storage: true\n", "    storage: true\n    subresources:\n      status: {}\n", StringComparison.Ordinal);
                    }

                    settings.AddCustomResourceDefinition(text);
                }
            },
            cancellationToken);
        var repository = new RecordedWorld(Path.Combine(AppContext.BaseDirectory, "world-v1.8.2.json"));
        await repository.World.CreateAsync(server, cancellationToken);
        await repository.World.OfferNewVersionAsync(server, "user", cancellationToken);
        var simulation = new Simulation(server, clock, seed: 1);
        simulation.Add(UpgradeChildren.All(repository.World.NewVersion));
        var cluster = new SmallCluster(server, simulation, repository, options ?? new HistoricalControllerOptions { Random = new Random(1) });
        cluster.StartControllers();
        return cluster;
    }

    public void StartControllers() => Simulation.Start(
        TraceRig.ControllerUser,
        set => HistoricalControllers.Register(set, set.Client, repository, Log, options),
        loggers: Log);

    public Task CreateUpgradeAsync(bool logEnabled, CancellationToken cancellationToken, params (string Key, string Value)[] labels) =>
        CreateUpgradeAsync(logEnabled, cancellationToken, UpgradeName, labels);

    public async Task CreateUpgradeAsync(
        bool logEnabled, CancellationToken cancellationToken, string name, params (string Key, string Value)[] labels)
    {
        var upgrade = new Upgrade
        {
            Metadata = new V1ObjectMeta
            {
                Name = name,
                NamespaceProperty = Namespaces.Harvester,
                Labels = labels.ToDictionary(label => label.Key, label => label.Value),
            },
            Spec = new UpgradeSpec { Version = "v1.9.0", LogEnabled = logEnabled },
        };
        await User.CustomObjects.CreateNamespacedCustomObjectAsync(
            upgrade, "harvesterhci.io", "v1beta1", Namespaces.Harvester, "upgrades", cancellationToken: cancellationToken);
    }

    public Task<Upgrade> GetUpgradeAsync(CancellationToken cancellationToken) => User.CustomObjects.GetNamespacedCustomObjectAsync<Upgrade>(
        "harvesterhci.io", "v1beta1", Namespaces.Harvester, "upgrades", UpgradeName, cancellationToken);

    public JsonObject Stored(string name = UpgradeName) => Server.History("upgrades", Namespaces.Harvester, name)[^1].Object;

    public bool Exists(string plural, string? ns, string name) =>
        Server.History(plural, ns, name) is [.., var last] && last.Type != ChangeType.Deleted;

    public Task RunUntilQuietAsync(CancellationToken cancellationToken) =>
        Simulation.RunUntilQuietAsync(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(20), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Simulation.DisposeAsync();
        await Server.DisposeAsync();
    }
}
