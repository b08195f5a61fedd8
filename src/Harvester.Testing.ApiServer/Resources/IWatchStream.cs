namespace Harvester.Testing.ApiServer.Resources;

/// <summary>A watch in progress: lines to send, one event each.</summary>
internal interface IWatchStream : IDisposable
{
    /// <summary>The next chunk of whole lines; an empty one means that nothing is there yet, null that the watch has ended.</summary>
    ReadOnlyMemory<byte>? TryRead();

    /// <summary>Completes when <see cref="TryRead"/> may have something.</summary>
    ValueTask WaitAsync(CancellationToken cancellationToken);
}
