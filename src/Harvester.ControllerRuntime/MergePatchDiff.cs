using System.Text.Json.Nodes;

namespace Harvester.ControllerRuntime;

/// <summary>The merge patch (RFC 7386) that turns one value into another. Lists are replaced whole, as the format has it.</summary>
internal static class MergePatchDiff
{
    public static JsonNode? Between(JsonNode? before, JsonNode? after)
    {
        if (before is not JsonObject from || after is not JsonObject to)
        {
            return after?.DeepClone();
        }

        var patch = new JsonObject();
        foreach (var (name, value) in to)
        {
            if (!from.TryGetPropertyValue(name, out var old) || !JsonNode.DeepEquals(old, value))
            {
                patch[name] = Between(old, value);
            }
        }

        foreach (var (name, _) in from)
        {
            if (!to.ContainsKey(name))
            {
                patch[name] = null;
            }
        }

        return patch;
    }
}
