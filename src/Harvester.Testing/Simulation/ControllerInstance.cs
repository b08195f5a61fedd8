using System.Globalization;
using Harvester.ControllerRuntime;
using Harvester.Testing.ApiServer;
using Harvester.Testing.ApiServer.Json;
using k8s;

namespace Harvester.Testing.Simulation;

/// <summary>One running process of controllers: its memory is caches and queues, and <see cref="Simulation.Stop"/> takes all of it.</summary>
public sealed class ControllerInstance
{
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500);
    private readonly KubernetesApiServer server;
    private readonly VirtualClock clock;
    private readonly CrashGate? gate;
    private readonly ControllerSet set;
    private readonly CancellationTokenSource life = new();
    private readonly List<Feed> feeds = [];
    private readonly List<Activity> activities = [];

    internal ControllerInstance(string name, KubernetesApiServer server, VirtualClock clock, CrashGate? gate, ControllerSet set)
    {
        Name = name;
        this.server = server;
        this.clock = clock;
        this.gate = gate;
        this.set = set;
    }

    /// <summary>The instance's name, which is also the user of its requests when the simulation made its client.</summary>
    public string Name { get; }

    /// <summary>The client its informers list with.</summary>
    public IKubernetes Client => set.Client;

    /// <summary>False once stopped.</summary>
    public bool Running { get; private set; } = true;

    /// <summary>Requests that code of the stopped instance still tried to send; they were refused.</summary>
    public int RefusedRequests => gate?.Refused ?? 0;

    internal IReadOnlyList<Activity> Activities => activities;

    internal async Task ListAllAsync()
    {
        foreach (var informer in set.Informers)
        {
            var version = await informer.ListAsync(life.Token).ConfigureAwait(false);
            feeds.Add(new Feed(informer, long.Parse(version ?? "0", CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>What this instance could do next: the next event of each kind it follows, the next key of each queue.</summary>
    internal void AddEnabled(List<SimulationAction> enabled)
    {
        foreach (var feed in feeds)
        {
            if (feed.Next(server) is { } next)
            {
                enabled.Add(new SimulationAction(
                    $"{Name} sees {next.Type} {feed.Informer.Kind.Plural} {new ObjectKey(next.Namespace ?? string.Empty, next.Name)}",
                    () => Deliver(feed)));
            }
        }

        foreach (var controller in set.Controllers)
        {
            if (controller.Queue.ReadyCount > 0)
            {
                enabled.Add(new SimulationAction($"{Name} runs {controller.Name}", () => Run(controller)));
            }
        }
    }

    internal DateTimeOffset? NextDue => set.Controllers.Min(controller => controller.Queue.NextDue);

    internal void Forget(Activity activity) => activities.Remove(activity);

    internal void Stop()
    {
        Running = false;

        // First nothing gets through any more, then the code learns that it is over: what it does in catch and finally reaches nobody.
        if (gate is not null)
        {
            gate.Shut = true;
        }

        foreach (var activity in activities)
        {
            clock.DropTimersOf(activity);
        }

        life.Cancel();

        // Cancelled delays go on, on other threads. What they do is without effect; waiting a moment keeps them out of what comes next.
        // A handler that ignores its token has lost its timers and never ends: it is not waited for longer than that.
        Task.WaitAll([.. activities.Select(activity => activity.Work)], LastWords);
        activities.Clear();
        feeds.Clear();
    }

    private static void Deliver(Feed feed)
    {
        var next = feed.Take();
        var type = next.Type switch
        {
            ChangeType.Added => WatchEventType.Added,
            ChangeType.Deleted => WatchEventType.Deleted,
            _ => WatchEventType.Modified,
        };
        feed.Informer.Apply(type, JsonText.Write(next.Object));
    }

    private void Run(Controller controller)
    {
        if (!controller.Queue.TryTake(out var key))
        {
            return;
        }

        var activity = new Activity(this, $"{controller.Name} {key}");
        clock.Owner.Value = activity;
        try
        {
            activity.Work = controller.HandleAsync(key, life.Token);
        }
        finally
        {
            clock.Owner.Value = null;
        }

        activities.Add(activity);
    }

    /// <summary>A handler at work, or parked on a virtual delay.</summary>
    internal sealed class Activity(ControllerInstance instance, string description)
    {
        public ControllerInstance Instance { get; } = instance;

        public string Description { get; } = description;

        public Task Work { get; set; } = Task.CompletedTask;
    }

    /// <summary>The events of one kind that this instance has not seen yet, in order.</summary>
    private sealed class Feed(InformerCore informer, long seen)
    {
        private readonly Queue<ObjectRevision> waiting = new();
        private long fetched = seen;

        public InformerCore Informer { get; } = informer;

        public ObjectRevision? Next(KubernetesApiServer server)
        {
            var revision = server.Revision;
            if (revision > fetched)
            {
                foreach (var change in server.RevisionsAfter(Informer.Kind.Group, Informer.Kind.Plural, fetched))
                {
                    waiting.Enqueue(change);
                }

                fetched = revision;
            }

            return waiting.TryPeek(out var next) ? next : null;
        }

        public ObjectRevision Take() => waiting.Dequeue();
    }
}
