using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Harvester.Samples.UpgradeApi;
using Harvester.Testing.ApiServer;
using Harvester.Testing.Simulation;
using Harvester.Testing.Simulation.Children;
using k8s;

namespace Harvester.Samples.HistoricalController.Tests;

/// <summary>Does what the rig of the recordings did: the user's requests, children that wait or fail, controllers that stop.</summary>
internal sealed class TraceRig : IAsyncDisposable
{
    private const string Upgrades = "/apis/harvesterhci.io/v1beta1/namespaces/harvester-system/upgrades";
    private readonly RecordedTrace trace;
    private readonly RecordedWorld world;
    private readonly Simulation simulation;
    private readonly Random random;
    private readonly Dictionary<string, JsonObject> remembered = [];
    private ControllerInstance? controllers;

    private TraceRig(RecordedTrace trace, RecordedWorld world, KubernetesApiServer server, Simulation simulation, int seed)
    {
        this.trace = trace;
        this.world = world;
        this.simulation = simulation;
        Server = server;
        random = new Random(seed);
    }

    public const string ControllerUser = "controller";

    public KubernetesApiServer Server { get; }

    public CapturedLog Log { get; } = new();

    public static async Task<TraceRig> StartAsync(RecordedTrace trace, RecordedWorld world, string definitions, int seed, CancellationToken cancellationToken)
    {
        var clock = new VirtualClock();
        var server = await KubernetesApiServer.StartAsync(
            options =>
            {
                options.Seed = seed;
                options.TimeProvider = clock;
                options.CollectGarbage = false;
                options.AddCustomResourceDefinitions(definitions);
            },
            cancellationToken);
        var first = trace.Phases[0].Rig;
        var start = world.World with
        {
            Nodes = first["nodes"]?.GetValue<int>() ?? world.World.Nodes,
            Preload = first["preload"]?.GetValue<string>() ?? world.World.Preload,
        };
        await start.CreateAsync(server, cancellationToken);
        var simulation = new Simulation(server, clock, seed);
        simulation.Add(UpgradeChildren.All(start.NewVersion));
        var rig = new TraceRig(trace, world, server, simulation, seed);
        rig.StartControllers();
        return rig;
    }

    /// <summary>Runs one phase for as long as the recorded one took, and on until what it ended with is there.</summary>
    public async Task RunAsync(RecordedPhase phase, Func<bool> ended, CancellationToken cancellationToken)
    {
        foreach (var name in Names(phase.Rig["hold"]))
        {
            simulation.Switches.Hold(name);
        }

        foreach (var name in Names(phase.Rig["fail"]))
        {
            simulation.Switches.Fail(name);
        }

        foreach (var name in Names(phase.Rig["release"]))
        {
            simulation.Switches.Release(name);
            simulation.Switches.Mend(name);
        }

        SetRepository(phase.Rig["repo"]?.ToJsonString());
        if (phase.Rig["controllers"]?.GetValue<string>() is "stop" or "restart")
        {
            simulation.Stop(controllers!);
        }

        await ActAsUserAsync(phase, cancellationToken);
        if (phase.Rig["delete"] is not null)
        {
            await RepeatDeletionsAsync(phase, "driver", cancellationToken);
        }

        if (phase.Rig["controllers"]?.GetValue<string>() is "start" or "restart")
        {
            StartControllers();
        }

        if (phase.Rig["waited"]?.GetValue<int>() is { } seconds)
        {
            await simulation.RunForAsync(TimeSpan.FromSeconds(seconds), cancellationToken);
            return;
        }

        var quiet = TimeSpan.FromSeconds(4);
        await simulation.RunForAsync(TimeSpan.FromSeconds(phase.LastSecond), cancellationToken);
        await simulation.RunUntilQuietAsync(quiet, TimeSpan.FromMinutes(10), cancellationToken);
        if (!ended())
        {
            // Events may arrive in an order that makes a handler look again only after its interval.
            try
            {
                await simulation.RunUntilAsync(ended, TimeSpan.FromMinutes(1), cancellationToken);
                await simulation.RunUntilQuietAsync(quiet, TimeSpan.FromMinutes(10), cancellationToken);
            }
            catch (TimeoutException)
            {
                // The comparison says what is missing.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await simulation.DisposeAsync();
        await Server.DisposeAsync();
    }

    public async Task<JsonArray> ListAsync(string path, CancellationToken cancellationToken)
    {
        var (_, answer) = await SendAsync("rig", HttpMethod.Get, path, null, cancellationToken: cancellationToken);
        return answer["items"]!.AsArray();
    }

    private void StartControllers() => controllers = simulation.Start(
        ControllerUser,
        set => HistoricalControllers.Register(
            set,
            set.Client,
            world,
            Log,
            new HistoricalControllerOptions { ReadMessageGuard = trace.Guarded, Random = random }),
        loggers: Log);

    private void SetRepository(string? says)
    {
        if (says is null)
        {
            return;
        }

        string[] down = ["down", "fail", "unreachable", "503", "500", "false", "off"];
        world.SameImages = says.Contains("same", StringComparison.OrdinalIgnoreCase) || says.Contains("empty", StringComparison.OrdinalIgnoreCase);
        world.Answers = world.SameImages || !down.Any(word => says.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private async Task ActAsUserAsync(RecordedPhase phase, CancellationToken cancellationToken)
    {
        if (phase.Rig["user"] is not JsonObject user)
        {
            return;
        }

        var name = user["name"]?.GetValue<string>() ?? "";
        var recorded = phase.Steps.Where(step => step["who"]?.GetValue<string>() == "user").ToList();
        switch (user["do"]!.GetValue<string>())
        {
            case "create":
                await CreateUpgradeAsync(name, user, recorded, cancellationToken);
                break;
            case "dismiss":
                var cached = await Server.CreateClient("user").CustomObjects.GetNamespacedCustomObjectAsync<Upgrade>(
                    "harvesterhci.io", "v1beta1", Namespaces.Harvester, "upgrades", name, cancellationToken);
                await new DismissAction(Server.CreateClient("user")).DismissAsync(cached, cancellationToken);
                break;
            case "replace without status":
                var whole = await ReadAsync(name, cancellationToken);
                whole.Remove("status");
                await PutAsync(name, whole, recorded, cancellationToken);
                break;
            case "label read-message":
                await PatchAsync(name, "labels", new JsonObject { [UpgradeLabels.ReadMessage] = "true" }, cancellationToken);
                break;
            case "annotate":
                remembered["before the annotation"] = await ReadAsync(name, cancellationToken);
                await PatchAsync(name, "annotations", new JsonObject { ["note"] = "x" }, cancellationToken);
                break;
            case "echo whole object":
                var echo = remembered.GetValueOrDefault(user["resourceVersion"]!.GetValue<string>()) ?? await ReadAsync(name, cancellationToken);
                echo = echo.DeepClone().AsObject();
                var labels = echo["metadata"]!["labels"] as JsonObject ?? [];
                labels[UpgradeLabels.ReadMessage] = "true";
                await PutAsync(name, echo, recorded, cancellationToken);
                break;
            case "delete":
                await SendAsync("user", HttpMethod.Delete, $"{Upgrades}/{name}", null, cancellationToken: cancellationToken);
                break;
            case "delete version":
                var version = $"/apis/harvesterhci.io/v1beta1/namespaces/harvester-system/versions/{world.World.NewVersion}";
                await SendAsync("user", HttpMethod.Delete, version, null, cancellationToken: cancellationToken);
                break;
            default:
                await RepeatAsync(recorded, cancellationToken);
                break;
        }
    }

    private async Task CreateUpgradeAsync(string name, JsonObject user, List<JsonObject> recorded, CancellationToken cancellationToken)
    {
        var versions = await ListAsync("/apis/harvesterhci.io/v1beta1/namespaces/harvester-system/versions", cancellationToken);
        if (versions.Count == 0)
        {
            await world.World.OfferNewVersionAsync(Server, "user", cancellationToken);
        }

        var step = recorded.FirstOrDefault(item => item["verb"]!.GetValue<string>() == "create");
        var metadata = new JsonObject { ["name"] = name, ["namespace"] = Namespaces.Harvester };
        foreach (var part in new[] { "labels", "annotations" })
        {
            if ((user[part] ?? step?[part]) is JsonObject values)
            {
                metadata[part] = values.DeepClone();
            }
        }

        var spec = step?["spec"]?.DeepClone().AsObject() ?? new JsonObject { ["version"] = world.World.NewVersion, ["image"] = "" };
        if (user["logEnabled"] is { } logEnabled)
        {
            spec["logEnabled"] = logEnabled.DeepClone();
        }

        var body = new JsonObject
        {
            ["apiVersion"] = "harvesterhci.io/v1beta1",
            ["kind"] = "Upgrade",
            ["metadata"] = metadata,
            ["spec"] = spec,
        };
        await SendAsync("user", HttpMethod.Post, Upgrades, body, cancellationToken: cancellationToken);
    }

    /// <summary>A request this class has no name for: what it changed in the store is in the recording.</summary>
    private async Task RepeatAsync(List<JsonObject> recorded, CancellationToken cancellationToken)
    {
        foreach (var step in recorded.Where(step => step["res"]!.GetValue<string>() == "upgrades"))
        {
            var name = step["name"]!.GetValue<string>();
            switch (step["verb"]!.GetValue<string>())
            {
                case "create":
                    await CreateUpgradeAsync(name, step, [step], cancellationToken);
                    break;
                case "delete":
                    await SendAsync("user", HttpMethod.Delete, $"{Upgrades}/{name}", null, cancellationToken: cancellationToken);
                    break;
                case "patch":
                    foreach (var part in new[] { "labels", "annotations" })
                    {
                        if (step[part] is JsonObject changes)
                        {
                            await PatchAsync(name, part, NewValues(changes), cancellationToken);
                        }
                    }

                    break;
                case "update":
                    var body = await ReadAsync(name, cancellationToken);
                    foreach (var part in new[] { "labels", "annotations" })
                    {
                        Apply(body["metadata"]!.AsObject(), part, step[part] as JsonObject);
                    }

                    foreach (var path in Names(step["bodyLacks"]))
                    {
                        Remove(body, path);
                    }

                    if (step["statusRemoved"]?.GetValue<bool>() == true)
                    {
                        body.Remove("status");
                    }

                    await PutAsync(name, body, [step], cancellationToken);
                    break;
                default:
                    throw new NotSupportedException($"The rig cannot repeat {step.ToJsonString()}.");
            }
        }

        foreach (var step in recorded.Where(step => step["res"]!.GetValue<string>() != "upgrades"))
        {
            await RepeatDeletionAsync(step, "user", cancellationToken);
        }
    }

    private async Task RepeatDeletionsAsync(RecordedPhase phase, string who, CancellationToken cancellationToken)
    {
        foreach (var step in phase.Steps.Where(step => step["who"]?.GetValue<string>() == who && step["verb"]!.GetValue<string>() == "delete"))
        {
            await RepeatDeletionAsync(step, who, cancellationToken);
        }
    }

    private async Task RepeatDeletionAsync(JsonObject step, string who, CancellationToken cancellationToken)
    {
        if (step["verb"]!.GetValue<string>() != "delete")
        {
            throw new NotSupportedException($"The rig cannot repeat {step.ToJsonString()}.");
        }

        var kind = FinalState.Kinds.First(item => item.Path.EndsWith("/" + step["res"]!.GetValue<string>(), StringComparison.Ordinal));
        await SendAsync(who, HttpMethod.Delete, kind.PathOf(step["name"]!.GetValue<string>()), null, cancellationToken: cancellationToken);
    }

    private async Task<JsonObject> ReadAsync(string name, CancellationToken cancellationToken) =>
        (await SendAsync("user", HttpMethod.Get, $"{Upgrades}/{name}", null, cancellationToken: cancellationToken)).Answer;

    private async Task PatchAsync(string name, string part, JsonObject values, CancellationToken cancellationToken) => await SendAsync(
        "user",
        HttpMethod.Patch,
        $"{Upgrades}/{name}",
        new JsonObject { ["metadata"] = new JsonObject { [part] = values } },
        "application/merge-patch+json",
        cancellationToken);

    private async Task PutAsync(string name, JsonObject body, List<JsonObject> recorded, CancellationToken cancellationToken)
    {
        var (code, _) = await SendAsync("user", HttpMethod.Put, $"{Upgrades}/{name}", body, cancellationToken: cancellationToken);
        var expected = recorded.FirstOrDefault(step => step["verb"]!.GetValue<string>() == "update")?["code"]?.GetValue<int>() ?? 200;
        Assert.Equal(expected, code);
    }

    private async Task<(int Code, JsonObject Answer)> SendAsync(
        string user,
        HttpMethod method,
        string path,
        JsonObject? body,
        string contentType = "application/json",
        CancellationToken cancellationToken = default)
    {
        using var invoker = new HttpMessageInvoker(Server.CreateHandler(user));
        using var request = new HttpRequestMessage(method, new Uri("http://in-process" + path));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue(contentType));
        }

        using var response = await invoker.SendAsync(request, cancellationToken);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
        return (int)response.StatusCode is >= 200 and < 300 or 409
            ? ((int)response.StatusCode, answer)
            : throw new InvalidOperationException($"{method} {path}: {answer.ToJsonString()}");
    }

    private static JsonObject NewValues(JsonObject changes)
    {
        var values = new JsonObject();
        foreach (var (key, change) in changes)
        {
            values[key] = change!.AsArray()[1]?.DeepClone();
        }

        return values;
    }

    private static void Apply(JsonObject metadata, string part, JsonObject? changes)
    {
        foreach (var (key, value) in NewValues(changes ?? []))
        {
            var target = metadata[part] as JsonObject;
            if (target is null)
            {
                metadata[part] = target = [];
            }

            target.Remove(key);
            if (value is not null)
            {
                target[key] = value.DeepClone();
            }
        }
    }

    private static void Remove(JsonObject body, string path)
    {
        var parts = path.Split('.');
        var parent = parts[..^1].Aggregate<string, JsonNode?>(body, (node, part) => node?[part]);
        (parent as JsonObject)?.Remove(parts[^1]);
    }

    private static IEnumerable<string> Names(JsonNode? names) => names switch
    {
        JsonArray array => array.Select(name => name!.GetValue<string>()),
        JsonValue value => [value.GetValue<string>()],
        _ => [],
    };
}
