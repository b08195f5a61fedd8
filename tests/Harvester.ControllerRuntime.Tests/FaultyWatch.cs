using System.Net;
using System.Text;
using k8s;

namespace Harvester.ControllerRuntime.Tests;

/// <summary>Passes requests on, and answers watches with what is queued here first.</summary>
internal sealed class FaultyWatch(HttpMessageHandler server) : DelegatingHandler
{
    private readonly HttpMessageInvoker invoker = new(server);

    public Queue<(HttpStatusCode Code, string Body)> Answers { get; } = new();

    public List<string> Paths { get; } = [];

    /// <summary>Happens while a queued answer is given: after the list, before the next one.</summary>
    public Func<Task>? WhileFailing { get; set; }

    public IKubernetes CreateClient() =>
        new Kubernetes(new KubernetesClientConfiguration { Host = "http://in-process", HttpClientTimeout = Timeout.InfiniteTimeSpan }, this);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var query = request.RequestUri!.Query;
        (HttpStatusCode Code, string Body)? answer = null;
        lock (Paths)
        {
            Paths.Add(query.Contains("watch=true", StringComparison.OrdinalIgnoreCase) ? "watch" : "list");
            if (Paths[^1] == "watch" && Answers.TryDequeue(out var next))
            {
                answer = next;
            }
        }

        if (answer is { } given)
        {
            await (WhileFailing?.Invoke() ?? Task.CompletedTask).ConfigureAwait(false);
            return new HttpResponseMessage(given.Code)
            {
                RequestMessage = request,
                Content = new StringContent(given.Body, Encoding.UTF8, "application/json"),
            };
        }

        return await invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        invoker.Dispose();
        base.Dispose(disposing);
    }
}
