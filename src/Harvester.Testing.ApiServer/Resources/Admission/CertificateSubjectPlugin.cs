using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.Admission;

/// <summary>Nobody becomes a master of the system by a signed request.</summary>
internal sealed class CertificateSubjectPlugin : AdmissionPlugin
{
    private const string Organization = "2.5.4.10";

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, JsonObject? old)
    {
        if (old is null && Concerns(context, "certificates.k8s.io", "certificatesigningrequests")
            && value.At("spec", "signerName")?.AsString == "kubernetes.io/kube-apiserver-client"
            && Organizations(value.At("spec", "request")?.AsString ?? "").Contains("system:masters"))
        {
            throw Refusal(context, value, "use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed");
        }
    }

    private static IEnumerable<string> Organizations(string request)
    {
        try
        {
            var pem = Encoding.ASCII.GetString(Convert.FromBase64String(request));
            return [.. CertificateRequest
                .LoadSigningRequestPem(pem, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.SkipSignatureValidation)
                .SubjectName
                .EnumerateRelativeDistinguishedNames()
                .Where(name => !name.HasMultipleElements && name.GetSingleElementType().Value == Organization)
                .Select(name => name.GetSingleElementValue() ?? "")];
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException or CryptographicException)
        {
            // What cannot be read has no subject; that it cannot be read was found out before.
            return [];
        }
    }
}
