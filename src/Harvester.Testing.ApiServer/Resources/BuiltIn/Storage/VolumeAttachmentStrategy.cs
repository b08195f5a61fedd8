using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Storage;

/// <summary>Attachments of volumes to nodes.</summary>
internal sealed class VolumeAttachmentStrategy : KindStrategy
{
    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        if (value.At("spec", "attacher")?.AsString is null or "")
        {
            errors.Required("spec.attacher");
        }

        if (value.At("spec", "nodeName")?.AsString is null or "")
        {
            errors.Required("spec.nodeName");
        }

        var byName = value.At("spec", "source", "persistentVolumeName");
        var inline = value.At("spec", "source", "inlineVolumeSpec");
        if (byName is null && inline is null)
        {
            errors.Required("spec.source", "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
        }
        else if (byName is not null && inline is not null)
        {
            errors.Forbidden("spec.source", "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
        }
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes) =>
        new FieldErrors(causes).Immutable("spec", value.Find("spec"), old.Find("spec"));
}
