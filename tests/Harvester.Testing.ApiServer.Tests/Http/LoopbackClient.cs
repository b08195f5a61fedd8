using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace Harvester.Testing.ApiServer.Tests.Http;

/// <summary>HTTP clients of a server's address that trust what its kubeconfig says and nothing else.</summary>
internal static class LoopbackClient
{
    /// <summary>A client with the kubeconfig's token, or with another one.</summary>
    public static HttpClient Of(KubernetesApiServer server, string? token = null)
    {
        var client = new HttpClient(new TokenHandler(token ?? server.AccessToken) { InnerHandler = Trusting(server) }) { BaseAddress = server.Url };
        return client;
    }

    private static SocketsHttpHandler Trusting(KubernetesApiServer server)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (server.CertificateAuthority is { } authority)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                CustomTrustStore = { authority },
            };
        }

        return handler;
    }

    // Only where the request does not say itself who sends it.
    private sealed class TokenHandler(string? token) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (token is not null && !request.Headers.NonValidated.Contains("Authorization"))
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
