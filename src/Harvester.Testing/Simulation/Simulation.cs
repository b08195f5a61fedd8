using Harvester.ControllerRuntime;
using Harvester.Testing.ApiServer;
using k8s;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harvester.Testing.Simulation;

/// <summary>
/// Runs controllers in step mode: one action at a time, on one thread, chosen by a seeded generator among all that could
/// happen next - an event reaches an instance, a queue hands out a key, a child makes progress, garbage is collected, a
/// timer fires. Only when nothing else can happen does the virtual clock move. The same seed gives the same run.
/// </summary>
/// <remarks>
/// The server must use the same clock, and should be started with <c>CollectGarbage = false</c> so that collection is an
/// action like any other. A handler that awaits a delay of the clock is parked and others go on; one that waits for
/// something else is waited for, as long as <see cref="Watchdog"/> says.
/// </remarks>
public sealed class Simulation : IAsyncDisposable
{
    private readonly KubernetesApiServer server;
    private readonly Random random;
    private readonly List<ControllerInstance> instances = [];
    private readonly List<SimulationDecision> decisions = [];
    private readonly ChildDriver children;
    private long collected = -1;
    private long lastRevision;
    private DateTimeOffset lastStored;

    /// <summary>A simulation over a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="clock">The clock, the server's own.</param>
    /// <param name="seed">The seed of all choices.</param>
    public Simulation(KubernetesApiServer server, VirtualClock clock, int seed)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(clock);
        this.server = server;
        Clock = clock;
        random = new Random(seed);
        children = new ChildDriver(server, clock, Switches);
        lastRevision = server.Revision;
        lastStored = clock.GetUtcNow();
    }

    /// <summary>The clock.</summary>
    public VirtualClock Clock { get; }

    /// <summary>The server.</summary>
    public KubernetesApiServer Server => server;

    /// <summary>Holds, releases and fails children by name.</summary>
    public ChildSwitches Switches { get; } = new();

    /// <summary>Every decision so far.</summary>
    public IReadOnlyList<SimulationDecision> Decisions => decisions;

    /// <summary>The running instances, in order of their start.</summary>
    public IReadOnlyList<ControllerInstance> Instances => instances;

    /// <summary>How many actions one run may take before it is given up as endless.</summary>
    public int ActionLimit { get; set; } = 200_000;

    /// <summary>How much real time a handler may wait for something that is neither the server nor the clock.</summary>
    public TimeSpan Watchdog { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Starts an instance with an empty memory: its caches are filled by lists, and from there it lives on events.</summary>
    /// <param name="name">Its name, and the user its requests carry unless a client is given.</param>
    /// <param name="register">Registers its handlers; <see cref="ControllerSet.Client"/> is the client for them.</param>
    /// <param name="client">A client of its own; when null one is made, whose requests are refused once the instance is stopped.</param>
    /// <param name="loggers">Where it logs.</param>
    public ControllerInstance Start(string name, Action<ControllerSet> register, IKubernetes? client = null, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(register);
        CrashGate? gate = null;
        if (client is null)
        {
            gate = new CrashGate(server.CreateHandler(name));
            client = new Kubernetes(new KubernetesClientConfiguration { Host = "http://in-process", HttpClientTimeout = Timeout.InfiniteTimeSpan }, gate);
        }

        var set = new ControllerSet(client, Clock, loggers ?? NullLoggerFactory.Instance);
        register(set);
        var instance = new ControllerInstance(name, server, Clock, gate, set);
        OnNoContext(() => instance.ListAllAsync().GetAwaiter().GetResult());
        instances.Add(instance);
        return instance;
    }

    /// <summary>Kills an instance: its requests are refused from now on, its memory is gone. <see cref="Start"/> starts another.</summary>
    /// <param name="instance">The instance.</param>
    public void Stop(ControllerInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        instances.Remove(instance);
        OnNoContext(instance.Stop);
    }

    /// <summary>Adds a child simulator.</summary>
    /// <param name="simulator">The simulator.</param>
    public void Add(ChildSimulator simulator) => children.Add(simulator);

    /// <summary>Adds child simulators.</summary>
    /// <param name="simulators">The simulators.</param>
    public void Add(IEnumerable<ChildSimulator> simulators)
    {
        ArgumentNullException.ThrowIfNull(simulators);
        foreach (var simulator in simulators)
        {
            Add(simulator);
        }
    }

    /// <summary>Runs until nothing has been stored for a while.</summary>
    /// <param name="quiet">How much virtual time without a stored change counts as quiet.</param>
    /// <param name="limit">How much virtual time it may take.</param>
    /// <param name="ct">Ends the run.</param>
    /// <exception cref="TimeoutException">It did not become quiet within the limit.</exception>
    public async Task RunUntilQuietAsync(TimeSpan quiet, TimeSpan limit, CancellationToken ct = default)
    {
        var end = Clock.GetUtcNow() + limit;
        lastStored = Clock.GetUtcNow();
        await RunAsync(
            () => false,
            () => lastStored + quiet < end ? lastStored + quiet : end,
            ct).ConfigureAwait(false);
        if (lastStored + quiet > end)
        {
            throw new TimeoutException($"Something was still stored within {quiet} after {limit} of virtual time. {LastDecisions()}");
        }
    }

    /// <summary>Runs for a span of virtual time.</summary>
    /// <param name="span">The span.</param>
    /// <param name="ct">Ends the run.</param>
    public async Task RunForAsync(TimeSpan span, CancellationToken ct = default)
    {
        var end = Clock.GetUtcNow() + span;
        await RunAsync(() => false, () => end, ct).ConfigureAwait(false);
    }

    /// <summary>Runs until a condition holds; it is asked before the first and after every action.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="limit">How much virtual time it may take.</param>
    /// <param name="ct">Ends the run.</param>
    /// <exception cref="TimeoutException">The condition did not come to hold within the limit.</exception>
    public async Task RunUntilAsync(Func<bool> condition, TimeSpan limit, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var end = Clock.GetUtcNow() + limit;
        if (!await RunAsync(condition, () => end, ct).ConfigureAwait(false))
        {
            throw new TimeoutException($"The condition did not come to hold within {limit} of virtual time. {LastDecisions()}");
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        foreach (var instance in instances.ToList())
        {
            Stop(instance);
        }

        children.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs actions until the condition holds (true) or the clock would pass the end (false).</summary>
    private async Task<bool> RunAsync(Func<bool> condition, Func<DateTimeOffset> end, CancellationToken ct)
    {
        var enabled = new List<SimulationAction>();
        for (var steps = 0; !condition(); steps++)
        {
            ct.ThrowIfCancellationRequested();
            if (steps >= ActionLimit)
            {
                throw new InvalidOperationException($"No end after {ActionLimit} actions. {LastDecisions()}");
            }

            enabled.Clear();
            Collect(enabled);
            if (enabled.Count > 0)
            {
                var chosen = enabled[enabled.Count == 1 ? 0 : random.Next(enabled.Count)];
                decisions.Add(new SimulationDecision(Clock.GetUtcNow(), chosen.Description, enabled.Count));
                OnNoContext(chosen.Perform);
                await SettleAsync(ct).ConfigureAwait(false);
                Note();
                continue;
            }

            var stop = end();
            if (NextDue() is not { } next || next > stop)
            {
                Clock.MoveTo(stop);
                return condition();
            }

            Clock.MoveTo(next);
        }

        return true;
    }

    private static void OnNoContext(Action action)
    {
        // A test framework's context would send continuations to other threads.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private void Collect(List<SimulationAction> enabled)
    {
        if (Clock.NextDue <= Clock.GetUtcNow())
        {
            enabled.Add(new SimulationAction("a timer fires", () => Clock.FireNext()));
        }

        foreach (var instance in instances)
        {
            instance.AddEnabled(enabled);
        }

        children.AddEnabled(enabled);
        if (server.Revision > collected)
        {
            enabled.Add(new SimulationAction("garbage is collected", CollectGarbage));
        }
    }

    private void CollectGarbage()
    {
        // Taken before the pass: what the pass itself deletes may orphan more.
        var before = server.Revision;
        if (!server.CollectGarbageOnce())
        {
            collected = before;
        }
    }

    private DateTimeOffset? NextDue()
    {
        var next = Clock.NextDue;
        foreach (var due in instances.Select(instance => instance.NextDue).Append(children.NextDue))
        {
            if (due is { } time && (next is null || time < next))
            {
                next = time;
            }
        }

        return next;
    }

    private void Note()
    {
        if (server.Revision != lastRevision)
        {
            lastRevision = server.Revision;
            lastStored = Clock.GetUtcNow();
        }
    }

    /// <summary>Waits until every handler has ended or waits for the clock.</summary>
    private async Task SettleAsync(CancellationToken ct)
    {
        foreach (var instance in instances)
        {
            foreach (var activity in instance.Activities.ToList())
            {
                if (!activity.Work.IsCompleted && !Clock.HasTimerOf(activity))
                {
                    await WaitAsync(activity, ct).ConfigureAwait(false);
                }

                if (activity.Work.IsCompleted)
                {
                    instance.Forget(activity);
                    await activity.Work.ConfigureAwait(false);
                }
            }
        }
    }

    private async Task WaitAsync(ControllerInstance.Activity activity, CancellationToken ct)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!activity.Work.IsCompleted && !Clock.HasTimerOf(activity))
        {
            if (TimeProvider.System.GetElapsedTime(started) > Watchdog)
            {
                throw new InvalidOperationException(
                    $"Uncontrolled wait: {activity.Description} of {activity.Instance.Name} waits for something other than the server or the virtual clock.");
            }

            await Task.WhenAny(activity.Work, Task.Delay(1, ct)).ConfigureAwait(false);
        }
    }

    private string LastDecisions() =>
        "Last actions: " + string.Join("; ", decisions.TakeLast(10).Select(decision => decision.Description)) + ".";
}
