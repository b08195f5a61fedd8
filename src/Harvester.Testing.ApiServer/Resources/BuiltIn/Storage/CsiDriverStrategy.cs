using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Storage;

/// <summary>Drivers of the container storage interface.</summary>
internal sealed class CsiDriverStrategy : KindStrategy
{
    private static readonly JsonArray Persistent = JsonArray.Of("Persistent");

    private static readonly string[] Switches =
        ["podInfoOnMount", "storageCapacity", "requiresRepublish", "seLinuxMount", "preventPodSchedulingIfMissing"];

    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) => value.Edit("spec", spec =>
    {
        spec = spec.Default("attachRequired", true).Default("fsGroupPolicy", "ReadWriteOnceWithFSType");
        spec = spec.Find("volumeLifecycleModes") is JsonArray { Count: > 0 } ? spec : spec.With("volumeLifecycleModes", Persistent);
        foreach (var member in Switches)
        {
            spec = spec.Default(member, false);
        }

        return spec;
    });

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        errors.OneOf(
            "spec.fsGroupPolicy", value.At("spec", "fsGroupPolicy")?.AsString ?? "", "ReadWriteOnceWithFSType", "File", "None");
        var modes = value.At("spec", "volumeLifecycleModes") as JsonArray ?? JsonArray.Empty;
        foreach (var mode in modes)
        {
            errors.OneOf("spec.volumeLifecycleModes", mode.AsString ?? "", "Ephemeral", "Persistent");
        }

        var audiences = new HashSet<string>();
        var tokens = value.At("spec", "tokenRequests") as JsonArray ?? JsonArray.Empty;
        for (var i = 0; i < tokens.Count; i++)
        {
            var at = FieldErrors.Item("spec.tokenRequests", i);
            var audience = tokens[i]["audience"]?.AsString ?? "";
            if (!audiences.Add(audience))
            {
                errors.Duplicate(at + ".audience", audience);
            }

            if (tokens[i]["expirationSeconds"]?.AsInteger is { } seconds and < 600)
            {
                errors.Invalid(at + ".expirationSeconds", seconds, "may not specify a duration less than 10 minutes");
            }
        }
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        foreach (var member in (ReadOnlySpan<string>)["attachRequired", "volumeLifecycleModes"])
        {
            errors.Immutable("spec." + member, value.At("spec", member), old.At("spec", member));
        }
    }

    /// <inheritdoc />
    public override IEnumerable<string> Warnings(RequestContext context, JsonObject value, JsonObject? old)
    {
        if (value.At("spec", "tokenRequests") is JsonArray { Count: > 0 } && value.At("spec", "serviceAccountTokenInSecrets") is null)
        {
            yield return "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes";
        }
    }
}
