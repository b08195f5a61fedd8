using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.ControllerRuntime;

/// <summary>One change an informer saw.</summary>
/// <typeparam name="T">The model class.</typeparam>
/// <param name="Type">Added, modified or deleted.</param>
/// <param name="Key">The object's key.</param>
/// <param name="Old">The object as the store had it, or null.</param>
/// <param name="New">The object as it is now; for a deletion, as it was last seen.</param>
public sealed record InformerEvent<T>(WatchEventType Type, ObjectKey Key, T? Old, T New);

/// <summary>
/// Keeps a copy of all objects of one kind up to date: one list, then the watch from the list's version. When the watch
/// ends it goes on from the last version seen; when that version is gone (410) it lists anew and reports, as deletions,
/// the objects that vanished meanwhile.
/// </summary>
/// <typeparam name="T">A class with <see cref="KubernetesEntityAttribute"/>.</typeparam>
/// <remarks>The store is passive: <see cref="Apply(WatchEventType, T)"/> and <see cref="Replace"/> are all that moves it, and <see cref="RunAsync"/> does nothing but call them.</remarks>
public sealed class Informer<T> : IObjectCache<T>
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private static readonly Backoff Reconnect = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));
    private readonly object gate = new();
    private readonly SortedDictionary<ObjectKey, T> store = new();
    private readonly TaskCompletionSource synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IKubernetes client;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private string? lastVersion;

    /// <summary>An informer that has seen nothing yet.</summary>
    /// <param name="client">The client to list and watch with.</param>
    /// <param name="time">The clock of its pauses between attempts.</param>
    /// <param name="logger">Where failed attempts are logged.</param>
    public Informer(IKubernetes client, TimeProvider time, ILogger logger)
    {
        this.client = client;
        this.time = time;
        this.logger = logger;
        Kind = ResourceKind.Of<T>();
        Core = new Driver(this);
    }

    /// <summary>Raised after the store changed, on the thread that changed it. The objects are the store's own: handlers must not change them.</summary>
    public event Action<InformerEvent<T>>? Changed;

    /// <summary>The kind it follows.</summary>
    public ResourceKind Kind { get; }

    /// <summary>True once a list has filled the store.</summary>
    public bool HasSynced => synced.Task.IsCompleted;

    internal InformerCore Core { get; }

    /// <inheritdoc />
    public T? Get(ObjectKey key)
    {
        lock (gate)
        {
            return store.TryGetValue(key, out var found) ? ObjectCopy.Of(found) : null;
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<T> List(string? @namespace = null, Func<T, bool>? where = null)
    {
        lock (gate)
        {
            return store
                .Where(entry => (@namespace is null || entry.Key.Namespace == @namespace) && (where is null || where(entry.Value)))
                .Select(entry => ObjectCopy.Of(entry.Value))
                .ToList();
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<T> ListLabelled(string? @namespace, IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return List(@namespace, item => labels.All(label =>
            item.Metadata.Labels is { } own && own.TryGetValue(label.Key, out var value) && value == label.Value));
    }

    /// <summary>Completes when the first list has filled the store.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitForSyncAsync(CancellationToken cancellationToken) => synced.Task.WaitAsync(cancellationToken);

    /// <summary>Applies one watch event. A bookmark only moves the version to go on from.</summary>
    /// <param name="type">The event's type.</param>
    /// <param name="item">The event's object.</param>
    public void Apply(WatchEventType type, T item)
    {
        ArgumentNullException.ThrowIfNull(item);
        InformerEvent<T>? change = null;
        lock (gate)
        {
            lastVersion = item.Metadata.ResourceVersion ?? lastVersion;
            var key = ObjectKey.Of(item);
            switch (type)
            {
                case WatchEventType.Added:
                case WatchEventType.Modified:
                    store.TryGetValue(key, out var old);
                    store[key] = item;
                    change = new InformerEvent<T>(old is null ? WatchEventType.Added : WatchEventType.Modified, key, old, item);
                    break;
                case WatchEventType.Deleted:
                    store.Remove(key, out var last);
                    change = new InformerEvent<T>(WatchEventType.Deleted, key, last, item);
                    break;
                default:
                    break;
            }
        }

        if (change is not null)
        {
            Changed?.Invoke(change);
        }
    }

    /// <summary>Replaces the store by a list: what is new or differs is reported, and what is missing is reported as deleted.</summary>
    /// <param name="items">The list.</param>
    /// <param name="resourceVersion">The list's version, from which the watch goes on.</param>
    public void Replace(IEnumerable<T> items, string? resourceVersion)
    {
        ArgumentNullException.ThrowIfNull(items);
        var changes = new List<InformerEvent<T>>();
        lock (gate)
        {
            var listed = new HashSet<ObjectKey>();
            foreach (var item in items)
            {
                var key = ObjectKey.Of(item);
                listed.Add(key);
                store.TryGetValue(key, out var old);
                store[key] = item;
                if (old is null)
                {
                    changes.Add(new InformerEvent<T>(WatchEventType.Added, key, null, item));
                }
                else if (old.Metadata.Uid != item.Metadata.Uid)
                {
                    // Deleted and made again while nobody watched: another object under the same name.
                    changes.Add(new InformerEvent<T>(WatchEventType.Deleted, key, old, old));
                    changes.Add(new InformerEvent<T>(WatchEventType.Added, key, null, item));
                }
                else if (old.Metadata.ResourceVersion != item.Metadata.ResourceVersion)
                {
                    changes.Add(new InformerEvent<T>(WatchEventType.Modified, key, old, item));
                }
            }

            foreach (var key in store.Keys.Where(key => !listed.Contains(key)).ToList())
            {
                store.Remove(key, out var gone);
                changes.Add(new InformerEvent<T>(WatchEventType.Deleted, key, gone, gone!));
            }

            lastVersion = resourceVersion;
        }

        foreach (var change in changes)
        {
            Changed?.Invoke(change);
        }

        synced.TrySetResult();
    }

    /// <summary>Lists once and replaces the store by it.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The list's version.</returns>
    public async Task<string?> ListAsync(CancellationToken cancellationToken)
    {
        using var response = await client.CustomObjects.ListCustomObjectForAllNamespacesWithHttpMessagesAsync<ObjectList<T>>(
            Kind.Group, Kind.Version, Kind.Plural, cancellationToken: cancellationToken).ConfigureAwait(false);
        var list = response.Body;
        foreach (var item in list.Items)
        {
            // Items of a list carry neither; a handler that sends one back needs both.
            item.ApiVersion ??= Kind.ApiVersion;
            item.Kind ??= Kind.Kind;
        }

        Replace(list.Items, list.Metadata?.ResourceVersion);
        return list.Metadata?.ResourceVersion;
    }

    /// <summary>Lists and watches until cancelled.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        var listNeeded = true;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (listNeeded)
                {
                    await ListAsync(cancellationToken).ConfigureAwait(false);
                    listNeeded = false;
                }

                var seen = await WatchAsync(cancellationToken).ConfigureAwait(false);
                failures = seen ? 0 : failures + 1;
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (IsExpired(error))
            {
                logger.LogDebug("The watch of {Kind} is too old, listing again", Kind);
                listNeeded = true;
                failures++;
            }
            catch (Exception error)
            {
                // The watch may have lost what it cannot name: only a list is sure.
                logger.LogWarning("Watching {Kind} failed, listing again: {Message}", Kind, error.Message);
                listNeeded = true;
                failures++;
            }

            if (failures > 0)
            {
                await Task.Delay(Reconnect.After(failures), time, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static bool IsExpired(Exception error) => error switch
    {
        HttpOperationException http => http.Response?.StatusCode == HttpStatusCode.Gone,
        KubernetesException kubernetes => kubernetes.Status?.Code == (int)HttpStatusCode.Gone,
        _ => false,
    };

    private async Task<bool> WatchAsync(CancellationToken cancellationToken)
    {
        string? from;
        lock (gate)
        {
            from = lastVersion;
        }

        Exception? failure = null;
        var seen = false;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = client.CustomObjects.WatchListCustomObjectForAllNamespacesAsync(
            Kind.Group,
            Kind.Version,
            Kind.Plural,
            allowWatchBookmarks: true,
            resourceVersion: from,
            onError: error =>
            {
                failure = error;
                stop.Cancel();
            },
            cancellationToken: stop.Token);
        try
        {
            await foreach (var (type, item) in events.ConfigureAwait(false))
            {
                if (failure is not null)
                {
                    break;
                }

                seen = true;
                Apply(type, KubernetesJson.Deserialize<T>(((JsonElement)item).GetRawText()));
            }
        }
        catch (OperationCanceledException) when (failure is not null)
        {
        }

        return failure is null ? seen : throw failure;
    }

    private sealed class Driver(Informer<T> informer) : InformerCore
    {
        public override ResourceKind Kind => informer.Kind;

        public override Task<string?> ListAsync(CancellationToken cancellationToken) => informer.ListAsync(cancellationToken);

        public override void Apply(WatchEventType type, string json) => informer.Apply(type, KubernetesJson.Deserialize<T>(json));

        public override Task RunAsync(CancellationToken cancellationToken) => informer.RunAsync(cancellationToken);

        public override Task WaitForSyncAsync(CancellationToken cancellationToken) => informer.WaitForSyncAsync(cancellationToken);
    }
}
