using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>The form in which a client wants a discovery document .</summary>
internal static class DocumentForm
{
    public const string Json = "application/json";

    public const string Yaml = "application/yaml";

    /// <summary>All groups with all their resources in one document.</summary>
    public const string Aggregated = "aggregated";

    /// <summary>Picks the first form of the Accept header that the server can give.</summary>
    /// <param name="request">The request.</param>
    /// <param name="aggregated">True when the path has an aggregated form.</param>
    /// <exception cref="ApiFailure">406, when there is none.</exception>
    public static string Choose(ApiRequest request, bool aggregated)
    {
        if (string.IsNullOrWhiteSpace(request.Accept))
        {
            return Json;
        }

        foreach (var part in request.Accept.Split(','))
        {
            var parameters = part.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (parameters.Length == 0)
            {
                continue;
            }

            if (parameters.Any(parameter => parameter.StartsWith("as=", StringComparison.Ordinal)))
            {
                if (aggregated
                    && parameters[0].ToLowerInvariant() is Json or "*/*"
                    && parameters.Contains("as=APIGroupDiscoveryList")
                    && parameters.Contains("g=apidiscovery.k8s.io")
                    && parameters.Contains("v=v2"))
                {
                    return Aggregated;
                }

                continue;
            }

            switch (parameters[0].ToLowerInvariant())
            {
                case Json or "*/*" or "application/*":
                    return Json;
                case Yaml:
                    return Yaml;
                default:
                    continue;
            }
        }

        throw ApiFailure.NotAcceptable();
    }

    public static ApiResponse Write(string form, JsonObject document) => form == Yaml
        ? ApiResponse.Json(200, document).ToYaml()
        : ApiResponse.Json(200, document);
}
