using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>The form in which a client wants objects: as they are, or as something else (G-10, X-6).</summary>
internal abstract class Negotiation
{
    private static readonly Negotiation Plain = new PlainObjects();

    /// <summary>Picks the first form of the Accept header that the server can give.</summary>
    public static Negotiation Choose(string? accept, ResourceKind kind)
    {
        _ = kind;
        if (string.IsNullOrWhiteSpace(accept))
        {
            return Plain;
        }

        foreach (var part in accept.Split(','))
        {
            var parameters = part.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (parameters.Length == 0 || parameters[0].ToLowerInvariant() is not ("application/json" or "*/*" or "application/*"))
            {
                continue;
            }

            var form = parameters.FirstOrDefault(parameter => parameter.StartsWith("as=", StringComparison.Ordinal))?[3..];
            var version = parameters.FirstOrDefault(parameter => parameter.StartsWith("v=", StringComparison.Ordinal))?[2..];
            if (form is not null && version is not (null or "v1"))
            {
                continue;
            }

            switch (form)
            {
                case null:
                    return Plain;
                case "Table":
                    return new TableForm();
                case "PartialObjectMetadata" or "PartialObjectMetadataList":
                    return new MetadataForm();
                default:
                    continue;
            }
        }

        throw ApiFailure.NotAcceptable();
    }

    public abstract ApiResponse One(RequestContext context, int statusCode, JsonObject value);

    public abstract ApiResponse Many(RequestContext context, ListResult result);

    public abstract Func<JsonObject, JsonValue> Event(RequestContext context);

    private sealed class PlainObjects : Negotiation
    {
        public override ApiResponse One(RequestContext context, int statusCode, JsonObject value) =>
            context.After is { } after && ReferenceEquals(after.Object, value)
                ? new ApiResponse { StatusCode = statusCode, Body = after.Utf8 }
                : ApiResponse.Json(statusCode, value);

        public override ApiResponse Many(RequestContext context, ListResult result) =>
            new() { StatusCode = 200, Body = ListVerb.Write(result, context.Kind) };

        public override Func<JsonObject, JsonValue> Event(RequestContext context) => value => value;
    }
}
