using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>ConfigMaps.</summary>
internal sealed class ConfigMapStrategy : KindStrategy
{
    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) => WithoutEmpty(value, ["data", "binaryData"]);

    /// <summary>Takes out maps without members, which are not stored (B-4).</summary>
    internal static JsonObject WithoutEmpty(JsonObject value, ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            value = value.Find(name) is JsonObject { Count: 0 } ? value.Without(name) : value;
        }

        return value;
    }
}
