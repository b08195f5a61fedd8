using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.ControllerRuntime;

/// <summary>
/// The controllers of one process: named queues with handlers over informers that are shared, one per kind. Live it runs
/// itself (<see cref="RunAsync"/>); in tests the step mode of Harvester.Testing drives the same parts one action at a time.
/// </summary>
/// <param name="client">The client the informers list and watch with.</param>
/// <param name="time">The clock of queues and delays.</param>
/// <param name="loggers">Where handlers' failures go.</param>
public sealed class ControllerSet(IKubernetes client, TimeProvider time, ILoggerFactory loggers)
{
    private readonly Dictionary<Type, object> informers = [];
    private readonly List<InformerCore> cores = [];
    private readonly Dictionary<string, Controller> controllers = new(StringComparer.Ordinal);
    private readonly List<Controller> inOrder = [];

    /// <summary>How many keys of one queue may be handled at a time when running live.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The client of the set, for handlers that write.</summary>
    public IKubernetes Client => client;

    /// <summary>The clock of the set, for handlers that stamp or wait.</summary>
    public TimeProvider Time => time;

    internal IReadOnlyList<InformerCore> Informers => cores;

    internal IReadOnlyList<Controller> Controllers => inOrder;

    /// <summary>Calls a handler for every key of a kind that changed. An exception requeues the key with backoff.</summary>
    /// <typeparam name="T">The model class.</typeparam>
    /// <param name="name">The name of the queue, one of its own in the set.</param>
    /// <param name="handler">Gets the key, the cached object (a copy of its own, null when it is gone) and a token.</param>
    public void OnChange<T>(string name, Func<ObjectKey, T?, CancellationToken, Task<ReconcileResult>> handler)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(handler);
        var informer = InformerOf<T>();
        var controller = new Controller(
            name,
            new WorkQueue(time),
            loggers.CreateLogger(name),
            (key, token) => handler(key, informer.Get(key), token));
        if (!controllers.TryAdd(name, controller))
        {
            throw new ArgumentException($"There is already a handler named {name}.", nameof(name));
        }

        inOrder.Add(controller);
        informer.Changed += change => controller.Queue.Add(change.Key);
    }

    /// <summary>Puts keys into the queue of a handler when an object of another kind changes.</summary>
    /// <typeparam name="T">The other kind's model class.</typeparam>
    /// <param name="name">The handler's name.</param>
    /// <param name="map">The keys that follow from an object. Must not change it.</param>
    public void Watch<T>(string name, Func<T, IEnumerable<ObjectKey>> map)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(map);
        InformerOf<T>().Changed += change =>
        {
            var queue = Find(name).Queue;
            foreach (var key in map(change.New))
            {
                queue.Add(key);
            }

            // An object that no longer points somewhere still concerns the place it pointed to.
            if (change is { Type: WatchEventType.Modified, Old: { } old })
            {
                foreach (var key in map(old))
                {
                    queue.Add(key);
                }
            }
        };
    }

    /// <summary>Puts a key into the queue of a handler.</summary>
    /// <param name="name">The handler's name.</param>
    /// <param name="key">The key.</param>
    public void Enqueue(string name, ObjectKey key) => Find(name).Queue.Add(key);

    /// <summary>Puts a key into the queue of a handler after a delay.</summary>
    /// <param name="name">The handler's name.</param>
    /// <param name="key">The key.</param>
    /// <param name="delay">The delay.</param>
    public void EnqueueAfter(string name, ObjectKey key, TimeSpan delay) => Find(name).Queue.AddAfter(key, delay);

    /// <summary>The read side of the informer of a kind; the first call makes the set follow that kind.</summary>
    /// <typeparam name="T">The model class.</typeparam>
    public IObjectCache<T> Cache<T>()
        where T : class, IKubernetesObject<V1ObjectMeta> => InformerOf<T>();

    /// <summary>Runs until cancelled: informers first, and the handlers once every store is filled.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var running = cores.Select(core => core.RunAsync(cancellationToken)).ToList();
        try
        {
            await Task.WhenAll(cores.Select(core => core.WaitForSyncAsync(cancellationToken))).ConfigureAwait(false);
            running.AddRange(inOrder.SelectMany(controller =>
                Enumerable.Range(0, Workers).Select(_ => Task.Run(() => controller.WorkAsync(cancellationToken), CancellationToken.None))));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }

        await Task.WhenAll(running).ConfigureAwait(false);
    }

    private Controller Find(string name) => controllers.TryGetValue(name, out var found)
        ? found
        : throw new ArgumentException($"There is no handler named {name}.", nameof(name));

    private Informer<T> InformerOf<T>()
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        if (informers.TryGetValue(typeof(T), out var known))
        {
            return (Informer<T>)known;
        }

        var informer = new Informer<T>(client, time, loggers.CreateLogger<Informer<T>>());
        informers.Add(typeof(T), informer);
        cores.Add(informer.Core);
        return informer;
    }
}
