using System.Text.Json;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Patching;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>PATCH of an object or of its status (statements P-1 to P-11).</summary>
internal static class PatchVerb
{
    private static readonly string[] CustomTypes =
        ["application/json-patch+json", "application/merge-patch+json", "application/apply-patch+yaml"];

    private static readonly string[] BuiltInTypes =
        [.. CustomTypes, "application/strategic-merge-patch+json"];

    public static JsonObject Run(RequestContext context)
    {
        // P-1: unlike a POST's, the type of a patch is compared letter by letter.
        var type = ObjectDecoding.MediaType(context.Request.ContentType);
        switch (type)
        {
            case "application/json-patch+json" or "application/merge-patch+json" or "application/apply-patch+yaml":
                break;
            case "application/strategic-merge-patch+json" when !context.Kind.IsCustom:
                throw ApiFailure.Unsupported("strategic merge patch; use a merge patch or a JSON patch");
            default:
                throw ApiFailure.UnsupportedMediaType(context.Kind.IsCustom ? CustomTypes : BuiltInTypes);
        }

        if (context.Request.Body.Length > ObjectDecoding.BodyLimit)
        {
            // C-17
            throw ApiFailure.TooLarge("Request entity too large: limit is 3145728");
        }

        // P-8
        var isApply = type == "application/apply-patch+yaml";
        context.ReadWriteOptions("PatchOptions", isApply);
        if (isApply)
        {
            return ApplyVerb.Run(context);
        }

        // P-2, P-3: applied to the live object, whose version the result carries unless the patch sets another.
        var live = context.RequireLive();
        var current = Reading.Converted(live, context.Kind);
        var complaints = new List<string>();
        JsonValue patched;
        try
        {
            var patch = Parse(context, complaints);
            if (type == "application/json-patch+json")
            {
                patched = JsonPatch.Apply(current, patch);
                complaints.AddRange(JsonPatch.UnknownFields(patch).Select(path => $"unknown field \"{path}\""));
            }
            else
            {
                patched = MergePatch.Apply(current, patch);
            }
        }
        catch (PatchException failure)
        {
            throw ApiFailure.BadPatch(failure.StatusCode, failure.Message);
        }

        if (patched is not JsonObject result || result.Find("kind")?.AsString is null or { Length: 0 })
        {
            // P-11: the answer does not name the object.
            throw ApiFailure.Invalid(
                "", "", "", [new Cause("FieldValueInvalid", "Invalid value: Object 'Kind' is missing", "patch")]);
        }

        var value = ObjectDecoding.Patched(result, context, complaints);

        // P-10
        UpdateVerb.MatchName(context, value);
        if (value.At("metadata", "namespace") is null)
        {
            value = ObjectMetadata.WithMeta(value, "namespace", current.At("metadata", "namespace"));
        }

        value = CreateVerb.MatchNamespace(context, value);
        return UpdateVerb.Commit(context, live, value);
    }

    private static JsonValue Parse(RequestContext context, List<string> complaints)
    {
        try
        {
            return JsonText.Read(context.Request.Body.Span, path => complaints.Add($"duplicate field \"{path}\""));
        }
        catch (JsonException)
        {
            throw ApiFailure.BadRequest("invalid JSON patch");
        }
    }
}
