using System.Net;
using k8s.Autorest;
using Microsoft.Extensions.Logging;

namespace Harvester.ControllerRuntime;

/// <summary>A named queue with its handler. What happens to a key after the handler is decided here, for live and step mode alike.</summary>
internal sealed class Controller(string name, WorkQueue queue, ILogger logger, Func<ObjectKey, CancellationToken, Task<ReconcileResult>> handler)
{
    public string Name { get; } = name;

    public WorkQueue Queue { get; } = queue;

    /// <summary>Handles a key taken from the queue, and gives it back.</summary>
    public async Task HandleAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        try
        {
            var result = await handler(key, cancellationToken).ConfigureAwait(false);
            Queue.Forget(key);
            if (result.Requeue is { } delay)
            {
                Queue.AddAfter(key, delay);
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The instance is going away: its queue goes with it.
        }
        catch (HttpOperationException conflict) when (conflict.Response?.StatusCode == HttpStatusCode.Conflict)
        {
            // Ordinary life with optimistic concurrency: the event that caused it brings the fresh object.
            logger.LogDebug("{Controller} met a conflict on {Key}, trying again", Name, key);
            Queue.AddRateLimited(key);
        }
        catch (Exception error)
        {
            logger.LogError(error, "error syncing '{Key}': handler {Controller}: {Message}, requeuing", key, Name, Describe(error));
            Queue.AddRateLimited(key);
        }
        finally
        {
            Queue.Done(key);
        }
    }

    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            ObjectKey key;
            try
            {
                key = await Queue.TakeAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await HandleAsync(key, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Describe(Exception error) =>
        error is HttpOperationException { Response.Content: { Length: > 0 } content } ? content : error.Message;
}
