using System.Text.Json;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Patching;
using Harvester.Testing.ApiServer.Resources.BuiltIn;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>PATCH of an object or of its status (statements P-1 to P-11).</summary>
internal static class PatchVerb
{
    /// <summary>The type of server-side apply.</summary>
    public const string Apply = "application/apply-patch+yaml";

    private const string StrategicMerge = "application/strategic-merge-patch+json";

    private static readonly string[] CustomTypes =
        ["application/json-patch+json", "application/merge-patch+json", Apply];

    private static readonly string[] BuiltInTypes =
        [.. CustomTypes, StrategicMerge];

    public static JsonObject Run(RequestContext context)
    {
        // P-1: unlike a POST's, the type of a patch is compared letter by letter.
        var type = ObjectDecoding.MediaType(context.Request.ContentType);
        switch (type)
        {
            case "application/json-patch+json" or "application/merge-patch+json" or Apply:
            case StrategicMerge when !context.Kind.IsCustom:
                break;
            case "" when !context.Kind.IsCustom:
                throw ApiFailure.NoMediaType();
            default:
                throw ApiFailure.UnsupportedMediaType(context.Kind.IsCustom ? CustomTypes : BuiltInTypes);
        }

        if (context.Request.Body.Length > ObjectDecoding.BodyLimit)
        {
            // C-17
            throw ApiFailure.TooLarge("Request entity too large: limit is 3145728");
        }

        // P-8
        context.ReadWriteOptions("PatchOptions", isApply: type == Apply);
        if (context.Subresource == "scale")
        {
            return ScaleVerb.Patch(context, type);
        }

        if (type == Apply)
        {
            return ApplyVerb.Run(context);
        }

        // P-2, P-3: applied to the live object, whose version the result carries unless the patch sets another.
        var live = context.RequireLive();
        var current = Reading.Converted(live, context.Kind);
        var value = Patched(context, type, current);

        // P-10
        UpdateVerb.MatchName(context, value);
        if (value.At("metadata", "namespace") is null)
        {
            value = ObjectMetadata.WithMeta(value, "namespace", current.At("metadata", "namespace"));
        }

        value = CreateVerb.MatchNamespace(context, value);
        return UpdateVerb.Commit(context, live, value);
    }

    /// <summary>Applies the request's patch to an object and decodes the result.</summary>
    /// <param name="context">The request, for the kind of the object.</param>
    /// <param name="type">The type of the patch.</param>
    /// <param name="current">The object.</param>
    public static JsonObject Patched(RequestContext context, string type, JsonObject current)
    {
        var complaints = new List<string>();
        JsonValue patched;
        JsonValue? strategic = null;
        try
        {
            var patch = Parse(context, complaints);
            if (type == "application/json-patch+json")
            {
                patched = JsonPatch.Apply(current, patch);
                complaints.AddRange(JsonPatch.UnknownFields(patch).Select(path => $"unknown field \"{path}\""));
            }
            else if (type == StrategicMerge)
            {
                strategic = patch;
                patched = StrategicMergePatch.Apply(current, patch, ModelSchema.Of(context.Kind));
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

        if (strategic is not null)
        {
            // The type is known, whatever the patch did to it.
            patched = ((JsonObject)patched).With("kind", context.Kind.Kind).With("apiVersion", context.Kind.ApiVersion);
        }

        if (patched is not JsonObject result || result.Find("kind")?.AsString is null or { Length: 0 })
        {
            // P-11: the answer does not name the object.
            var text = JsonText.Write(patched);
            throw ApiFailure.Invalid(
                "",
                "",
                "",
                [new Cause("FieldValueInvalid", $"Invalid value: {Schema.GoText.Quote(text)}: Object 'Kind' is missing in '{text}'", "patch")]);
        }

        return ObjectDecoding.Patched(result, context, complaints, strategic);
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
