using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Patching;

/// <summary>What Go's JSON decoder, whose errors kube-apiserver passes on, calls a value.</summary>
internal static class GoTypes
{
    /// <summary>The kind of a JSON value in decoding errors.</summary>
    /// <param name="value">The value.</param>
    public static string NameOf(JsonValue value) => value switch
    {
        JsonObject => "object",
        JsonArray => "array",
        JsonString => "string",
        JsonBoolean => "bool",
        JsonInteger or JsonFloat => "number",
        _ => "null",
    };
}
