using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>A change of what the containers of a pod ask for while they run: their resources, and nothing else.</summary>
internal sealed class ResizeSubresource : Subresource
{
    private static readonly string[] Lists = ["containers", "initContainers"];

    /// <inheritdoc />
    public override IReadOnlyList<string> Verbs => ["get", "patch", "update"];

    /// <inheritdoc />
    public override JsonObject PrepareForUpdate(RequestContext context, JsonObject value, JsonObject old)
    {
        var resized = old;
        foreach (var list in Lists)
        {
            var wanted = value.Find("spec").Items(list).ToLookup(Name);
            resized = resized.Edit("spec", spec => spec.EditItems(list, container =>
                wanted[Name(container)].FirstOrDefault() is { } other
                    ? container.With("resources", other.Find("resources")).With("resizePolicy", other.Find("resizePolicy"))
                    : container));
        }

        return resized.Equals(old)
            ? old
            : ObjectMetadata.WithMeta(resized, "generation", (old.At("metadata", "generation")?.AsInteger ?? 0) + 1);
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        PodSpecValidation.Check(value.Find("spec"), "spec", errors);
        if (QualityOfService.Of(value.Find("spec")) != QualityOfService.Of(old.Find("spec")))
        {
            errors.InvalidText("spec", $"\"{QualityOfService.Of(value.Find("spec"))}\"", "Pod QOS Class may not change as a result of resizing");
        }
    }

    private static string Name(JsonObject container) => container.Find("name")?.AsString ?? "";
}
