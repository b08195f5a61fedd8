using System.Globalization;
using Harvester.Testing.ApiServer.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>Reads YAML as Kubernetes does: as another way to write JSON.</summary>
internal static class YamlText
{
    /// <summary>All documents of a text that are not empty.</summary>
    /// <exception cref="FormatException">The text is no YAML.</exception>
    public static IReadOnlyList<JsonValue> Read(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException failure)
        {
            throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"line {failure.Start.Line}: {failure.Message}").ReplaceLineEndings(" "), failure);
        }

        return [.. stream.Documents.Select(document => Convert(document.RootNode)).Where(value => !value.IsNull)];
    }

    /// <summary>The only document of a text, or null when it is empty.</summary>
    public static JsonValue? ReadOne(string text) => Read(text).FirstOrDefault();

    private static JsonValue Convert(YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                var members = new JsonObject.Builder();
                foreach (var (key, value) in mapping.Children)
                {
                    members[(key as YamlScalarNode)?.Value ?? key.ToString()] = Convert(value);
                }

                return members.Build();
            case YamlSequenceNode sequence:
                return JsonArray.Of(sequence.Children.Select(Convert));
            case YamlScalarNode { Style: ScalarStyle.Plain, Tag.IsEmpty: true } plain:
                return Plain(plain.Value ?? "");
            default:
                return ((YamlScalarNode)node).Value ?? "";
        }
    }

    private static JsonValue Plain(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return JsonValue.Null;
            case "true" or "True" or "TRUE":
                return true;
            case "false" or "False" or "FALSE":
                return false;
            default:
                break;
        }

        if (text[0] is not (>= '0' and <= '9' or '-' or '+' or '.'))
        {
            return text;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return integer;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? new JsonFloat(number)
            : text;
    }
}
