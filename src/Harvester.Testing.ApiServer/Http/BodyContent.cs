using System.Buffers;
using System.IO.Pipelines;
using System.Net;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>A body in several pieces, for a client without a socket: nothing is copied before it reads.</summary>
internal sealed class BodyContent(ReadOnlySequence<byte> body) : HttpContent
{
    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => PipeReader.Create(body).AsStream();

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(PipeReader.Create(body).AsStream());

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        foreach (var piece in body)
        {
            stream.Write(piece.Span);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        foreach (var piece in body)
        {
            await stream.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
        }
    }
}
