using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>The form in which a client wants objects: as they are, or as something else (G-10, X-6).</summary>
internal abstract class Negotiation
{
    private static readonly Negotiation Plain = new PlainObjects();

    /// <summary>Picks the first form of the Accept header that the server can give.</summary>
    public static Negotiation Choose(string? accept)
    {
        if (string.IsNullOrWhiteSpace(accept))
        {
            return Plain;
        }

        foreach (var wish in AcceptHeader.Parse(accept))
        {
            if (wish.MediaType is not ("application/json" or "application/yaml" or "application/*" or "*/*"))
            {
                continue;
            }

            switch (wish.Form, wish.FormGroup, wish.FormVersion)
            {
                case (null, _, _):
                    return Plain;
                case ("Table", TableForm.Group, "v1" or "v1beta1"):
                    return new TableForm($"{TableForm.Group}/{wish.FormVersion}");
                case ("PartialObjectMetadata" or "PartialObjectMetadataList", TableForm.Group, "v1" or "v1beta1"):
                    return new MetadataForm($"{TableForm.Group}/{wish.FormVersion}", wish.Form == "PartialObjectMetadataList");
                default:
                    continue;
            }
        }

        throw ApiFailure.NotAcceptable();
    }

    public abstract ApiResponse One(RequestContext context, int statusCode, JsonObject value);

    public abstract ApiResponse Many(RequestContext context, ListResult result);

    /// <summary>What brings the objects of a watch into this form; null when they are sent as they are.</summary>
    public abstract Func<JsonObject, JsonValue>? Event(RequestContext context);

    private sealed class PlainObjects : Negotiation
    {
        public override ApiResponse One(RequestContext context, int statusCode, JsonObject value) =>
            context.After is { } after && ReferenceEquals(after.Object, value)
                ? new ApiResponse { StatusCode = statusCode, Body = new(after.Utf8) }
                : context.Kind.IsCustom
                    ? ApiResponse.Json(statusCode, value)
                    : new ApiResponse { StatusCode = statusCode, Body = new(TypedText.WriteUtf8(value)) };

        public override ApiResponse Many(RequestContext context, ListResult result) =>
            new() { StatusCode = 200, Body = ListVerb.Write(result, context.Kind) };

        public override Func<JsonObject, JsonValue>? Event(RequestContext context) => null;
    }
}
