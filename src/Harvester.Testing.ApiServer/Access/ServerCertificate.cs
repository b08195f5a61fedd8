using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Harvester.Testing.ApiServer.Access;

/// <summary>
/// A certificate authority of its own for each server and the certificate it signed for the loopback address. The
/// authority's key is thrown away at once: nobody can sign a second certificate that the kubeconfig would trust.
/// </summary>
internal sealed class ServerCertificate : IDisposable
{
    private readonly X509Certificate2 _own;

    private ServerCertificate(X509Certificate2 authority, X509Certificate2 own)
    {
        Authority = authority;
        _own = own;
    }

    /// <summary>What clients must trust.</summary>
    public X509Certificate2 Authority { get; }

    public static ServerCertificate Create(DateTimeOffset now)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=harvester-ca", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        authorityRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authorityRequest.PublicKey, false));
        var from = now.AddHours(-1);
        var until = now.AddYears(1);
        using var authority = authorityRequest.CreateSelfSigned(from, until);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kube-apiserver", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        names.AddDnsName("localhost");
        names.AddDnsName("kubernetes");
        names.AddDnsName("kubernetes.default.svc");
        request.CertificateExtensions.Add(names.Build());
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7f;
        using var signed = request.Create(authority, from, until, serial);
        using var withKey = signed.CopyWithPrivateKey(key);

        // Not every platform's TLS takes a key that lives in memory alone.
        var own = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
        return new ServerCertificate(X509CertificateLoader.LoadCertificate(authority.RawData), own);
    }

    public HttpsConnectionAdapterOptions ServerOptions() => new()
    {
        ServerCertificate = _own,
        ServerCertificateChain = [Authority],
        SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificateMode = ClientCertificateMode.NoCertificate,
    };

    public void Dispose()
    {
        _own.Dispose();
        Authority.Dispose();
    }
}
