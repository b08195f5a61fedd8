using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>Objects as PartialObjectMetadata.</summary>
internal sealed class MetadataForm(string apiVersion, bool ofLists) : Negotiation
{
    public static JsonObject Of(JsonObject value, string apiVersion) => JsonObject.Of(
        ("kind", "PartialObjectMetadata"),
        ("apiVersion", apiVersion),
        ("metadata", value.Find("metadata")));

    public override ApiResponse One(RequestContext context, int statusCode, JsonObject value) => ofLists
        ? throw ApiFailure.Internal("content is not a list")
        : ApiResponse.Typed(statusCode, Of(value, apiVersion));

    public override ApiResponse Many(RequestContext context, ListResult result)
    {
        if (!ofLists)
        {
            throw ApiFailure.NotAcceptable(
                "you requested PartialObjectMetadata, but the requested object is a list "
                + (context.Kind.IsCustom ? "(*unstructured.UnstructuredList)" : $"(*{context.Kind.Version}.{context.Kind.ListKind})"));
        }

        return ApiResponse.Typed(200, JsonObject.Of(
            ("kind", "PartialObjectMetadataList"),
            ("apiVersion", apiVersion),
            ("metadata", TableForm.ListMetadata(result)),
            ("items", result.Items.Count == 0
                ? JsonValue.Null
                : JsonArray.Of(result.Items.Select(item => (JsonValue)Of(Reading.Converted(item, context.Kind), apiVersion))))));
    }

    public override Func<JsonObject, JsonValue>? Event(RequestContext context) => value => Of(value, apiVersion);
}
