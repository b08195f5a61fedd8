using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Extension;

/// <summary>Certificate signing requests: who asks is whoever sends the request, and what he asks for never changes.</summary>
internal sealed class CertificateSigningRequestStrategy : KindStrategy
{
    private const long ShortestSeconds = 600;

    private static readonly string[] Usages =
    [
        "any", "cert sign", "client auth", "code signing", "content commitment", "crl sign", "data encipherment", "decipher only",
        "digital signature", "email protection", "encipher only", "ipsec end system", "ipsec tunnel", "ipsec user",
        "key agreement", "key encipherment", "microsoft sgc", "netscape sgc", "ocsp signing", "s/mime", "server auth", "signing",
        "timestamping",
    ];

    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value)
    {
        var user = context.Request.Identity;
        var spec = new JsonObject.Builder(value.Find("spec") as JsonObject ?? JsonObject.Empty);
        foreach (var (member, known) in user.ToJson())
        {
            spec[member] = known;
        }

        spec["uid"] = user.Uid.Length == 0 ? null : (JsonValue)user.Uid;
        spec["extra"] = user.Extra.Count == 0 ? null : spec["extra"];
        return value.With("spec", spec.Build());
    }

    /// <inheritdoc />
    public override JsonObject PrepareForUpdate(RequestContext context, JsonObject value, JsonObject old) =>
        value.With("spec", old.Find("spec"));

    /// <inheritdoc />
    public override JsonObject PrepareForStatusUpdate(RequestContext context, JsonObject value, JsonObject old) =>
        CertificateConditions.Timed(value, old, context.Server.Now);

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        CheckRequest(value.At("spec", "request"), errors);
        var usages = value.At("spec", "usages") as JsonArray ?? JsonArray.Empty;
        if (usages.Count == 0)
        {
            errors.Required("spec.usages", "usages must be specified");
        }

        var seen = new HashSet<string>();
        for (var i = 0; i < usages.Count; i++)
        {
            var usage = usages[i].AsString ?? "";
            errors.OneOf(FieldErrors.Item("spec.usages", i), usage, Usages);
            if (!seen.Add(usage))
            {
                errors.Duplicate(FieldErrors.Item("spec.usages", i), usage);
            }
        }

        CheckSigner(value.At("spec", "signerName")?.AsString ?? "", errors);
        if (value.At("spec", "expirationSeconds")?.AsInteger is { } seconds and < ShortestSeconds)
        {
            errors.Invalid("spec.expirationSeconds", seconds, "may not specify a duration less than 600 seconds (10 minutes)");
        }

        CertificateConditions.Check(value, errors);
    }

    /// <inheritdoc />
    public override void ValidateStatusUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        CertificateConditions.Check(value, errors);
        CertificateConditions.CheckDecisions(value, old, errors);
        var certificate = value.At("status", "certificate")?.AsString ?? "";
        var before = old.At("status", "certificate")?.AsString ?? "";
        if (before.Length > 0 && certificate != before)
        {
            errors.Forbidden("status.certificate", "updates may not change the certificate once it is set");
        }
        else if (certificate.Length > 0 && CertificateError(certificate) is { } bad)
        {
            errors.Invalid("status.certificate", "<certificate data>", bad);
        }
    }

    private static void CheckRequest(JsonValue? request, FieldErrors errors)
    {
        var text = request?.AsString ?? "";
        var pem = text.Length == 0 ? "" : Encoding.ASCII.GetString(Convert.FromBase64String(text));
        if (!PemEncoding.TryFind(pem, out var fields) || !pem.AsSpan()[fields.Label].SequenceEqual("CERTIFICATE REQUEST"))
        {
            errors.Invalid("spec.request", text, "PEM block type must be CERTIFICATE REQUEST");
            return;
        }

        try
        {
            _ = CertificateRequest.LoadSigningRequestPem(pem, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.SkipSignatureValidation);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            errors.Invalid("spec.request", text, "asn1: structure error: " + failure.Message);
        }
    }

    private static void CheckSigner(string name, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required("spec.signerName");
            return;
        }

        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var domain = slash < 0 ? "" : name[..slash];
        var path = name[(slash + 1)..];
        if (slash < 0)
        {
            errors.Invalid("spec.signerName", name, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
        }
        else if (!domain.Contains('.', StringComparison.Ordinal))
        {
            errors.Invalid("spec.signerName", name, "should be a domain with at least two segments separated by dots");
        }
        else if (ObjectMetadataRules.SubdomainError(domain) is { } bad)
        {
            errors.Invalid("spec.signerName", domain, bad);
        }
        else if (path.Length == 0)
        {
            errors.Required("spec.signerName", "must be a fully qualified domain and path of the form 'example.com/signer-name'");
        }
        else if (name == "kubernetes.io/legacy-unknown")
        {
            errors.Invalid("spec.signerName", name, "the legacy signerName is not allowed via this API version");
        }
    }

    private static string? CertificateError(string certificate)
    {
        var pem = Encoding.ASCII.GetString(Convert.FromBase64String(certificate));
        return !PemEncoding.TryFind(pem, out var fields)
            ? "must contain at least one CERTIFICATE PEM block"
            : pem.AsSpan()[fields.Label].SequenceEqual("CERTIFICATE")
                ? null
                : $"only CERTIFICATE PEM blocks are allowed, found \"{pem[fields.Label]}\"";
    }
}
