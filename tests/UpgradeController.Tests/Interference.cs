using Harvester.Samples.UpgradeController.Simulated;
using k8s;

namespace Harvester.Samples.UpgradeController.Tests;

/// <summary>Does something in between the controller's requests: before or after the first one that matches, once.</summary>
internal sealed class Interference(HttpMessageHandler server, Func<HttpRequestMessage, string, bool> when, Func<Task> what, bool before) : DelegatingHandler
{
    private readonly HttpMessageInvoker invoker = new(server);

    public bool Happened { get; private set; }

    /// <summary>Starts the reference controller with a client whose requests pass through the interference.</summary>
    public static Interference Start(
        SimulatedUpgrade cluster, Func<HttpRequestMessage, string, bool> when, Func<Task> what, bool before = false, Guard without = Guard.None)
    {
        var interference = new Interference(cluster.Server.CreateHandler("controller"), when, what, before);
        var client = new Kubernetes(
            new KubernetesClientConfiguration { Host = "http://in-process", HttpClientTimeout = Timeout.InfiniteTimeSpan }, interference);
        cluster.Simulation.Start("controller", set => SimulatedController.Register(set, cluster.Log, cluster.Repository, without), client, cluster.Log);
        return interference;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var now = !Happened && when(request, body);
        Happened |= now;
        if (now && before)
        {
            await what();
        }

        var response = await invoker.SendAsync(request, cancellationToken);
        if (now && !before)
        {
            await what();
        }

        return response;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            invoker.Dispose();
        }

        base.Dispose(disposing);
    }
}
