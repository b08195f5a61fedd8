namespace Harvester.Testing.Simulation;

/// <summary>The way of one instance's requests to the server. Once shut, nothing of it reaches the server: what a killed process would not have sent.</summary>
internal sealed class CrashGate(HttpMessageHandler server) : DelegatingHandler
{
    private readonly HttpMessageInvoker invoker = new(server);

    public bool Shut { get; set; }

    /// <summary>Requests refused since it was shut: a real kill would not have run the code that sent them.</summary>
    public int Refused { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Shut)
        {
            Refused++;
            return Task.FromException<HttpResponseMessage>(new HttpRequestException("connection refused: the instance was stopped"));
        }

        return invoker.SendAsync(request, cancellationToken);
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
