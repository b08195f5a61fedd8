using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>Objects as PartialObjectMetadata.</summary>
internal sealed class MetadataForm : Negotiation
{
    public static JsonObject Of(JsonObject value) => JsonObject.Of(
        ("kind", "PartialObjectMetadata"),
        ("apiVersion", "meta.k8s.io/v1"),
        ("metadata", value.Find("metadata")));

    public override ApiResponse One(RequestContext context, int statusCode, JsonObject value) =>
        ApiResponse.Json(statusCode, Of(value));

    public override ApiResponse Many(RequestContext context, ListResult result)
    {
        var metadata = TableForm.ListMetadata(result);
        return ApiResponse.Json(200, JsonObject.Of(
            ("kind", "PartialObjectMetadataList"),
            ("apiVersion", "meta.k8s.io/v1"),
            ("metadata", metadata),
            ("items", result.Items.Count == 0
                ? JsonValue.Null
                : JsonArray.Of(result.Items.Select(item => (JsonValue)Of(Reading.Converted(item, context.Kind)))))));
    }

    public override Func<JsonObject, JsonValue> Event(RequestContext context) => Of;
}
