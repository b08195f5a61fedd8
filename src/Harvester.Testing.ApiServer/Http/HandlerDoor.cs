using System.Net;
using System.Net.Http.Headers;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>
/// The door without sockets: an HTTP message handler that asks the pipeline on the caller's thread. It derives from
/// DelegatingHandler because that is how the official client takes handlers; it never calls an inner one.
/// </summary>
internal sealed class HandlerDoor(Pipeline pipeline, UserInfo user) : DelegatingHandler
{
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Answer(request, Body(request, cancellationToken));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<HttpResponseMessage>(cancellationToken);
        }

        return Task.FromResult(Answer(request, Body(request, cancellationToken)));
    }

    private static ReadOnlyMemory<byte> Body(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not { } content)
        {
            return default;
        }

        using var copy = new MemoryStream();
        content.CopyTo(copy, null, cancellationToken);
        return copy.ToArray();
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, ReadOnlyMemory<byte> body)
    {
        var uri = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        var answer = pipeline.Handle(new ApiRequest
        {
            Method = request.Method.Method,
            Path = uri.AbsolutePath,
            Query = QueryParameters.Parse(uri.Query),
            Body = body,
            ContentType = request.Content?.Headers.TryGetValues("Content-Type", out var types) == true ? types.First() : null,
            Accept = Header(request.Headers, "Accept"),
            IfNoneMatch = Header(request.Headers, "If-None-Match"),
            UserAgent = Header(request.Headers, "User-Agent"),
            Identity = user,
            Authorization = Header(request.Headers, "Authorization"),
            Impersonation = Impersonation.Read(request.Headers),
        });
        HttpContent content = answer.Watch is { } watch
            ? new StreamContent(new WatchBody(watch))
            : answer.Body.IsSingleSegment
                ? new ReadOnlyMemoryContent(answer.Body.First)
                : new BodyContent(answer.Body);
        if (answer.ContentType.Length > 0)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", answer.ContentType);
        }

        var response = new HttpResponseMessage((HttpStatusCode)answer.StatusCode)
        {
            // The official client throws without it.
            RequestMessage = request,
            Content = content,
        };
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    private static string? Header(HttpRequestHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? string.Join(",", values) : null;
}
