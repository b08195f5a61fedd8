using System.Globalization;
using System.Text;
using System.Text.Json;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>The body of an apply: YAML, which JSON is too.</summary>
internal sealed class ApplyDocument
{
    private readonly IReadOnlyList<(long Line, string Key)> _duplicates;

    private ApplyDocument(JsonObject value, IReadOnlyList<(long Line, string Key)> duplicates)
    {
        Value = value;
        _duplicates = duplicates;
    }

    /// <summary>The configuration.</summary>
    public JsonObject Value { get; }

    /// <summary>Reads a body.</summary>
    public static ApplyDocument Read(ReadOnlyMemory<byte> body)
    {
        var isJson = body.Span.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
        var duplicates = new List<(long Line, string Key)>();
        var value = (isJson ? ReadJson(body.Span, duplicates) : null) ?? ReadYaml(body.Span, isJson, duplicates);
        return value switch
        {
            JsonObject members => new ApplyDocument(members, duplicates),
            JsonNull => new ApplyDocument(JsonObject.Empty, duplicates),
            _ => throw ApiFailure.BadRequest(
                "error decoding patch: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal "
                + $"{Patching.GoTypes.NameOf(value)} into Go value of type map[string]interface {{}}"),
        };
    }

    /// <summary>Refuses or mentions members that occur twice, as the request's fieldValidation says (V-5).</summary>
    public void ReportDuplicates(RequestContext context)
    {
        if (_duplicates.Count == 0 || context.FieldValidation == "Ignore")
        {
            return;
        }

        var text = new StringBuilder("error converting YAML to JSON: yaml: unmarshal errors:");
        foreach (var (line, key) in _duplicates)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  line {line}: key {Schema.GoText.Quote(key)} already set in map");
        }

        if (context.FieldValidation == "Strict")
        {
            throw ApiFailure.BadRequest($"error strict decoding patch: {text}");
        }

        context.Warnings.Add(text.ToString());
    }

    private static JsonValue? ReadJson(ReadOnlySpan<byte> body, List<(long Line, string Key)> duplicates)
    {
        try
        {
            var any = false;
            var value = JsonText.Read(body, _ => any = true);
            if (any)
            {
                FindDuplicates(body, duplicates);
            }

            return value;
        }
        catch (JsonException)
        {
            // What is no JSON may still be YAML in its flow style.
            return null;
        }
    }

    private static void FindDuplicates(ReadOnlySpan<byte> body, List<(long Line, string Key)> duplicates)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = JsonText.MaxDepth });
        var open = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    open.Push(new HashSet<string>(StringComparer.Ordinal));
                    break;
                case JsonTokenType.EndObject:
                    open.Pop();
                    break;
                case JsonTokenType.PropertyName when JsonStrings.Text(ref reader) is { } name && !open.Peek().Add(name):
                    duplicates.Add((1 + body[..(int)reader.TokenStartIndex].Count((byte)'\n'), name));
                    break;
                default:
                    break;
            }
        }
    }

    private static JsonValue ReadYaml(ReadOnlySpan<byte> body, bool isJson, List<(long Line, string Key)> duplicates)
    {
        try
        {
            return YamlText.ReadOne(Encoding.UTF8.GetString(body), (line, key) => duplicates.Add((line, key))) ?? JsonValue.Null;
        }
        catch (FormatException failure)
        {
            // What looks like JSON is first taken for it.
            var stage = isJson ? "decoding patch: error converting YAML to JSON" : "encoding patch";
            throw ApiFailure.BadRequest($"error {stage}: yaml: {failure.Message}");
        }
    }
}
