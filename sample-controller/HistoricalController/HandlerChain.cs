using System.Net;
using Harvester.ControllerRuntime;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Harvester.Samples.HistoricalController;

/// <summary>
/// The handlers of one kind, called one after the other for every key: each gets what the one before it stored. A handler that fails does not
/// keep the others from running; the key is tried again.
/// </summary>
internal sealed class HandlerChain<T>(ControllerContext context, string name)
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private const string FinalizerPrefix = "wrangler.cattle.io/";
    private readonly List<Func<T, CancellationToken, Task<T?>>> handlers = [];

    /// <summary>Adds a handler. It returns the object as stored when it wrote, else the object or null.</summary>
    public HandlerChain<T> Add(string handlerName, Func<T, CancellationToken, Task<T?>> handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(handlerName);
        handlers.Add(handler);
        return this;
    }

    /// <summary>Adds a handler of removals: a finalizer keeps the object until the handler succeeded.</summary>
    public HandlerChain<T> AddRemove(string handlerName, Func<T, CancellationToken, Task<T?>> handler, Func<T, CancellationToken, Task<T>> replace)
    {
        var finalizer = FinalizerPrefix + handlerName;
        return Add(handlerName, async (item, cancellationToken) =>
        {
            if (item.Metadata.DeletionTimestamp is null)
            {
                return item.AddFinalizer(finalizer) ? await replace(item, cancellationToken) : item;
            }

            if (!item.HasFinalizer(finalizer))
            {
                return item;
            }

            item = await handler(item, cancellationToken) ?? item;
            item.RemoveFinalizer(finalizer);
            return await replace(item, cancellationToken);
        });
    }

    public void Register() => context.Set.OnChange<T>(name, HandleAsync);

    private async Task<ReconcileResult> HandleAsync(ObjectKey key, T? item, CancellationToken cancellationToken)
    {
        if (item is null)
        {
            return ReconcileResult.Done;
        }

        List<Exception> errors = [];
        foreach (var handler in handlers)
        {
            try
            {
                // A copy for each: what a handler that failed had changed must not reach the next one.
                var stored = await handler(Copy(item), cancellationToken);
                item = stored ?? item;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                errors.Add(error);
            }
        }

        return errors.Count switch
        {
            0 => ReconcileResult.Done,
            1 => throw errors[0],
            _ => throw errors.Find(error => !IsConflict(error)) ?? errors[0],
        };
    }

    private static bool IsConflict(Exception error) =>
        error is HttpOperationException { Response.StatusCode: HttpStatusCode.Conflict };

    private static T Copy(T item) => KubernetesJson.Deserialize<T>(KubernetesJson.Serialize(item));
}
