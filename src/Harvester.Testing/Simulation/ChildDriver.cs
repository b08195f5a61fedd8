using System.Net;
using Harvester.ControllerRuntime;
using Harvester.Testing.ApiServer;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.Simulation;

/// <summary>Looks at objects for the child simulators, keeps the steps that wait for their time, and does them as user <c>driver</c>.</summary>
internal sealed class ChildDriver(KubernetesApiServer server, VirtualClock clock, ChildSwitches switches) : IDisposable
{
    private readonly List<ChildSimulator> simulators = [];
    private readonly Dictionary<ChildKind, Observed> observed = [];
    private readonly SortedDictionary<(int Simulator, ObjectKey Key), Step> waiting = [];
    private HttpMessageInvoker? invoker;
    private (long Revision, int Switches) looked = (-1, -1);

    public DateTimeOffset? NextDue => waiting.Count == 0 ? null : waiting.Values.Min(step => step.Due);

    public void Add(ChildSimulator simulator)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        simulators.Add(simulator);
    }

    public void AddEnabled(List<SimulationAction> enabled)
    {
        Look();
        var now = clock.GetUtcNow();
        foreach (var ((index, key), step) in waiting)
        {
            if (step.Due <= now)
            {
                var simulator = simulators[index];
                enabled.Add(new SimulationAction($"driver: {simulator.Name} {key}", () => Perform(simulator, (index, key))));
            }
        }
    }

    public void Dispose() => invoker?.Dispose();

    private IEnumerable<JsonObject> List(ChildKind kind) => Observe(kind).Objects.Values;

    private Observed Observe(ChildKind kind)
    {
        if (!observed.TryGetValue(kind, out var objects))
        {
            observed.Add(kind, objects = new Observed());
        }

        objects.Refresh(server, kind);
        return objects;
    }

    /// <summary>Brings the waiting steps up to date with what the objects look like now.</summary>
    private void Look()
    {
        // Nothing but the store and the switches decides what waits.
        if (looked == (server.Revision, switches.Changes))
        {
            return;
        }

        looked = (server.Revision, switches.Changes);
        var now = clock.GetUtcNow();
        for (var index = 0; index < simulators.Count; index++)
        {
            var simulator = simulators[index];
            var objects = Observe(simulator.Kind).Objects;
            foreach (var ((_, key), step) in waiting.Where(entry => entry.Key.Simulator == index).ToList())
            {
                if (!objects.TryGetValue(key, out var present) || Uid(present) != step.Uid)
                {
                    waiting.Remove((index, key));
                }
            }

            foreach (var (key, value) in objects)
            {
                var view = new ChildView(value, now, List);
                if (!switches.IsHeld(simulator.Switch(view)) && simulator.When(view))
                {
                    waiting.TryAdd((index, key), new Step(now + simulator.Delay, Uid(value)));
                }
                else
                {
                    waiting.Remove((index, key));
                }
            }
        }
    }

    private void Perform(ChildSimulator simulator, (int Simulator, ObjectKey Key) id)
    {
        waiting.Remove(id);
        looked = (-1, -1);
        if (!Observe(simulator.Kind).Objects.TryGetValue(id.Key, out var value))
        {
            return;
        }

        var view = new ChildView(value, clock.GetUtcNow(), List);
        var writes = switches.IsFailing(simulator.Switch(view)) ? simulator.OnFailure ?? simulator.Then : simulator.Then;
        foreach (var write in writes(view).ToList())
        {
            Send(write);
        }
    }

    private void Send(ChildWrite write)
    {
        invoker ??= new HttpMessageInvoker(server.CreateHandler("driver"));
        using var response = write.SendAsync(invoker, CancellationToken.None).GetAwaiter().GetResult();

        // A child that is gone, moved on or is there already is life; the step is due again if the object still asks for it.
        if (!response.IsSuccessStatusCode && response.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.Conflict))
        {
            var text = response.Content.ReadAsStringAsync().GetAwaiter().GetResult();
            throw new InvalidOperationException($"The driver's {write.Verb} of {write.Kind.Plural} {write.Name} was refused: {text}");
        }
    }

    private static string Uid(JsonObject value) => value.At("metadata", "uid")?.AsString ?? string.Empty;

    private sealed record Step(DateTimeOffset Due, string Uid);

    /// <summary>The objects of one kind, brought up to date from the server's revisions.</summary>
    private sealed class Observed
    {
        private long seen;

        public SortedDictionary<ObjectKey, JsonObject> Objects { get; } = [];

        public void Refresh(KubernetesApiServer server, ChildKind kind)
        {
            var revision = server.Revision;
            if (revision <= seen)
            {
                return;
            }

            foreach (var change in server.RevisionsAfter(kind.Group, kind.Plural, seen))
            {
                var key = new ObjectKey(change.Namespace ?? string.Empty, change.Name);
                if (change.Type == ChangeType.Deleted)
                {
                    Objects.Remove(key);
                }
                else
                {
                    Objects[key] = change.Object;
                }
            }

            seen = revision;
        }
    }
}
