using System.Globalization;
using System.Text.Json.Nodes;

namespace Harvester.Testing.ApiServer.Tests.Conformance;

/// <summary>
/// JSON pointers as recorded cases use them: besides member names and indexes, a part <c>[key=value]</c> or
/// <c>[key.key=value]</c> picks the first element of an array that has it.
/// </summary>
internal static class JsonPointer
{
    public static bool TryGet(JsonNode? document, string pointer, out JsonNode? found)
    {
        found = document;
        foreach (var part in Parts(pointer))
        {
            switch (found)
            {
                case JsonArray array when part.StartsWith('['):
                    var condition = part[1..^1].Split('=', 2);
                    var path = "/" + condition[0].Replace('.', '/');
                    var element = array.FirstOrDefault(e => TryGet(e, path, out var value) && Text(value) == condition[1]);
                    if (element is null)
                    {
                        return false;
                    }

                    found = element;
                    break;
                case JsonArray array when int.TryParse(part, CultureInfo.InvariantCulture, out var index) && index < array.Count:
                    found = array[index];
                    break;
                case JsonObject members when members.TryGetPropertyValue(part, out var member):
                    found = member;
                    break;
                default:
                    found = null;
                    return false;
            }
        }

        return true;
    }

    public static JsonNode? Get(JsonNode? document, string pointer) => TryGet(document, pointer, out var found)
        ? found
        : throw new InvalidOperationException($"nothing at {pointer} of {document?.ToJsonString()[..Math.Min(300, document.ToJsonString().Length)]}");

    public static void Edit(JsonNode? document, string operation, string pointer, JsonNode? value)
    {
        var parts = Parts(pointer);
        foreach (var part in parts[..^1])
        {
            if (document is JsonArray array)
            {
                document = array[int.Parse(part, CultureInfo.InvariantCulture)];
                continue;
            }

            var members = (JsonObject)document!;
            if (!members.TryGetPropertyValue(part, out var child))
            {
                if (operation == "remove")
                {
                    return;
                }

                members[part] = child = new JsonObject();
            }

            document = child;
        }

        var last = parts[^1];
        switch (document, operation)
        {
            case (JsonArray array, "remove"):
                array.RemoveAt(int.Parse(last, CultureInfo.InvariantCulture));
                break;
            case (JsonArray array, _) when last == "-":
                array.Add(value);
                break;
            case (JsonArray array, _):
                array[int.Parse(last, CultureInfo.InvariantCulture)] = value;
                break;
            case (JsonObject members, "remove"):
                members.Remove(last);
                break;
            case (JsonObject members, _):
                members[last] = value;
                break;
        }
    }

    /// <summary>A value as text: what a string says, anything else as JSON.</summary>
    public static string Text(JsonNode? value) =>
        value is JsonValue scalar && scalar.TryGetValue<string>(out var text) ? text : value?.ToJsonString() ?? "null";

    private static string[] Parts(string pointer) =>
        [.. pointer.Split('/').Skip(1).Select(part => part.Replace("~1", "/").Replace("~0", "~"))];
}
