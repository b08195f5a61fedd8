using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.Admission;

/// <summary>Who approves or signs for a signer must be allowed to, beyond the right to write the request.</summary>
internal sealed class CertificateSignerPlugin : AdmissionPlugin
{
    private const string Group = "certificates.k8s.io";

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, JsonObject? old)
    {
        if (old is null || !Concerns(context, Group, "certificatesigningrequests"))
        {
            return;
        }

        var verb = context.Subresource switch
        {
            "approval" => "approve",
            "status" when !Equals(value.At("status", "certificate"), old.At("status", "certificate")) => "sign",
            _ => null,
        };
        var signer = old.At("spec", "signerName")?.AsString ?? "";
        if (verb is not null && !IsAllowed(context, verb, signer) && !IsAllowed(context, verb, signer.Split('/')[0] + "/*"))
        {
            throw Refusal(context, value, $"user not permitted to {verb} requests with signerName \"{signer}\"");
        }
    }

    private static bool IsAllowed(RequestContext context, string verb, string name) => context.Server.Access.Allows(
        context.Request.Identity,
        new AccessAttributes { Verb = verb, Group = Group, Version = "*", Resource = "signers", Name = name });
}
