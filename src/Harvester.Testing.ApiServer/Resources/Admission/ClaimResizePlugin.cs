using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources.Admission;

/// <summary>A claim grows only when its class says so.</summary>
internal sealed class ClaimResizePlugin : AdmissionPlugin
{
    private static readonly GroupResource Classes = new("storage.k8s.io", "storageclasses");

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, JsonObject? old)
    {
        if (old is null || context.Subresource is not null || !Concerns(context, "", "persistentvolumeclaims")
            || Size(value) is not { } size || Size(old) is not { } before || !(size > before))
        {
            return;
        }

        if (old.At("status", "phase")?.AsString != "Bound")
        {
            throw Refusal(context, value, "Only bound persistent volume claims can be expanded");
        }

        var name = value.At("metadata", "annotations", "volume.beta.kubernetes.io/storage-class")?.AsString
            ?? value.At("spec", "storageClassName")?.AsString
            ?? "";
        if (context.Log.State.Find(Classes, null, name)?.Object.Find("allowVolumeExpansion")?.AsBoolean != true)
        {
            throw Refusal(
                context,
                value,
                "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize");
        }
    }

    private static Quantity? Size(JsonObject claim) =>
        claim.At("spec", "resources", "requests", "storage")?.AsString is { } text ? Quantity.TryParse(text) : null;
}
