using System.Text;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Patching;

/// <summary>Values as Go prints decoded JSON with <c>%v</c>.</summary>
internal static class GoPrint
{
    /// <summary>The value as text: <c>map[a:1 b:[x]]</c>.</summary>
    /// <param name="value">The value.</param>
    public static string Of(JsonValue value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return text.ToString();
    }

    /// <summary>The Go type of decoded JSON.</summary>
    /// <param name="value">The value.</param>
    public static string TypeOf(JsonValue value) => value switch
    {
        JsonObject => "map[string]interface {}",
        JsonArray => "[]interface {}",
        JsonString => "string",
        JsonInteger => "int64",
        JsonFloat => "float64",
        JsonBoolean => "bool",
        _ => "%!s(<nil>)",
    };

    private static void Write(JsonValue value, StringBuilder text)
    {
        switch (value)
        {
            case JsonObject members:
                text.Append("map[");
                for (var i = 0; i < members.Count; i++)
                {
                    text.Append(i == 0 ? "" : " ").Append(members.Names[i]).Append(':');
                    Write(members.Values[i], text);
                }

                text.Append(']');
                break;
            case JsonArray items:
                text.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    text.Append(i == 0 ? "" : " ");
                    Write(items[i], text);
                }

                text.Append(']');
                break;
            case JsonString { Value: var content }:
                text.Append(content);
                break;
            case JsonNull:
                text.Append("<nil>");
                break;
            default:
                text.Append(GoText.OfValue(value));
                break;
        }
    }
}
