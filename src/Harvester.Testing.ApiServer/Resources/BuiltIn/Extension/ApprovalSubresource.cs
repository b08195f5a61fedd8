using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Extension;

/// <summary>Where a certificate signing request is approved or denied: only its conditions are taken.</summary>
internal sealed class ApprovalSubresource : Subresource
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Verbs => SubresourceEntry.Readable;

    /// <inheritdoc />
    public override JsonObject PrepareForUpdate(RequestContext context, JsonObject value, JsonObject old)
    {
        var taken = value
            .With("spec", old.Find("spec"))
            .With("status", (old.Find("status") as JsonObject ?? JsonObject.Empty).With("conditions", value.At("status", "conditions")));
        return CertificateConditions.Timed(taken, old, context.Server.Now);
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        CertificateConditions.Check(value, errors);
        foreach (var type in (ReadOnlySpan<string>)["Approved", "Denied"])
        {
            if (Has(old, type) && !Has(value, type))
            {
                errors.Forbidden("status.conditions", $"updates may not remove a condition of type \"{type}\"");
            }
        }
    }

    private static bool Has(JsonObject value, string type) =>
        (value.At("status", "conditions") as JsonArray ?? JsonArray.Empty).Any(condition => condition["type"]?.AsString == type);
}
