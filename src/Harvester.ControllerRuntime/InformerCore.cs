namespace Harvester.ControllerRuntime;

/// <summary>An informer without its type, as the step mode of Harvester.Testing drives it: one list, then one event at a time.</summary>
internal abstract class InformerCore
{
    public abstract ResourceKind Kind { get; }

    /// <summary>Lists once and replaces the store by it; the version of the list, from which events go on.</summary>
    public abstract Task<string?> ListAsync(CancellationToken cancellationToken);

    /// <summary>Applies one watch event: its type as the watch writes it, the object as JSON.</summary>
    public abstract void Apply(k8s.WatchEventType type, string json);

    public abstract Task RunAsync(CancellationToken cancellationToken);

    public abstract Task WaitForSyncAsync(CancellationToken cancellationToken);
}
