using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Harvester.Testing.ApiServer.Tests.Kubectl;

/// <summary>Gives names to what differs from run to run: uids, versions, times, ages, addresses and folders.</summary>
internal sealed partial class KubectlNormaliser(string ns, string url, string root)
{
    private const string Duration = @"(?:\d+y\d+d|\d+y|\d+d\d+h|\d+d|\d+h\d+m|\d+h|\d+m\d+s|\d+s|<unknown>|<invalid>)";

    private readonly Dictionary<(string Kind, string Value), string> _tokens = [];
    private readonly Dictionary<string, int> _counts = [];
    private string _step = "";

    /// <summary>Names what is first seen from here on after a step.</summary>
    public void Begin(string step)
    {
        _step = step;
        _counts.Clear();
    }

    public string Output(string text) => Documents(text) is { } documents
        ? string.Concat(documents.Select(document => Walk(document, null, null)!.ToJsonString() + "\n"))
        : Text(text, ages: true);

    public string Error(string text) => Text(
        string.Concat(text.Split('\n').Select((line, i) => (line, i)).Where(pair => !Dropped().IsMatch(pair.line)).Select(pair => pair.i == 0 ? pair.line : "\n" + pair.line))
            .TrimStart('\n'),
        ages: true);

    /// <summary>The JSON objects a text consists of, or null where it is anything else.</summary>
    public static IReadOnlyList<JsonNode>? Documents(string text)
    {
        text = text.Trim();
        if (!text.StartsWith('{'))
        {
            return null;
        }

        var documents = new List<JsonNode>();
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var at = 0;
        try
        {
            while (at < bytes.Length)
            {
                var reader = new Utf8JsonReader(bytes.AsSpan(at), new JsonReaderOptions { AllowMultipleValues = true });
                reader.Read();
                documents.Add(JsonNode.Parse(ref reader)!);
                at += (int)reader.BytesConsumed;
                while (at < bytes.Length && char.IsWhiteSpace((char)bytes[at]))
                {
                    at++;
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return documents;
    }

    private string Token(string kind, string value)
    {
        if (!_tokens.TryGetValue((kind, value), out var token))
        {
            _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
            _tokens[(kind, value)] = token = $"<{kind}:{_step}.{_counts[kind]}>";
        }

        return token;
    }

    private JsonNode? Walk(JsonNode? value, string? key, JsonObject? parent)
    {
        switch (value)
        {
            case JsonObject members:
                return new JsonObject(members.Select(pair => KeyValuePair.Create(pair.Key, Walk(pair.Value, pair.Key, members))));
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Walk(item, key, parent))]);
            case JsonValue plain when plain.TryGetValue<string>(out var text):
                if (key == "resourceVersion" && text is not ("" or "0"))
                {
                    return parent is not null && !parent.ContainsKey("name") && !parent.ContainsKey("uid") ? "<list-rv>" : Token("rv", text);
                }

                return Text(text, ages: false);
            default:
                return value?.DeepClone();
        }
    }

    private string Text(string text, bool ages)
    {
        text = text.Replace(root, "<tmp>", StringComparison.Ordinal);
        text = EditFile().Replace(text, "<tmp>/edit");
        text = DiffFolder().Replace(text, "<tmp>/$1");
        text = text.Replace(url, "<server>", StringComparison.Ordinal)
            .Replace(url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..], "<server>", StringComparison.Ordinal);
        text = Uid().Replace(text, match => Token("uid", match.Value));
        text = Version().Replace(text, match => match.Groups[1].Value + Token("rv", match.Groups[2].Value));
        text = text.Replace(ns, "<ns>", StringComparison.Ordinal);
        text = SignedToken().Replace(text, "<jwt>");
        text = Time().Replace(text, "<time>");
        text = LongTime().Replace(text, "<time>");
        text = LogLine().Replace(text, "$1 $2]");
        if (!ages)
        {
            return text;
        }

        text = LoneAge().Replace(text, "$1<age>");
        for (var round = 0; round < 2; round++)
        {
            // Neighbouring columns share their white space.
            text = Age().Replace(text, match =>
                match.Groups[1].Value
                + (match.Groups[2].Success ? $"<age> (x{match.Groups[2].Value})" : "<age>")
                + (match.Groups[3].Value.Trim('\n').Length > 0 ? "  " : ""));
        }

        text = AgeHeading().Replace(text, "$1  ");
        return TrailingSpace().Replace(text, "");
    }

    [GeneratedRegex(@"^(WARNING: version difference between client|WARNING: This version information is deprecated|W\d{4} .*very short watch|I\d{4} .*(due to client-side throttling|Waited for ))")]
    private static partial Regex Dropped();

    [GeneratedRegex(@"<tmp>/t/[\w.-]+-edit-\w+")]
    private static partial Regex EditFile();

    [GeneratedRegex(@"<tmp>/t/(LIVE|MERGED)-\d+")]
    private static partial Regex DiffFolder();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uid();

    [GeneratedRegex(@"((?:resourceVersion|Resource Version)\\?""?:\s*\\?""?)([1-9]\d*)")]
    private static partial Regex Version();

    [GeneratedRegex(@"\beyJ[\w-]+\.[\w-]+\.[\w-]+")]
    private static partial Regex SignedToken();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z| ?[+-]\d\d:?\d\d)( UTC)?")]
    private static partial Regex Time();

    [GeneratedRegex(@"\b\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")]
    private static partial Regex LongTime();

    [GeneratedRegex(@"(?m)^([IWE])\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ ([\w.]+):\d+\]")]
    private static partial Regex LogLine();

    [GeneratedRegex(@"(?m)^(\s*(?:Duration|Age):\s+)" + Duration + "$")]
    private static partial Regex LoneAge();

    [GeneratedRegex(@"(?m)(^|(?<=[^:\s])[ \t]{2,})" + Duration + @"(?: \(x(\d+) over " + Duration + @"\))?([ \t]{2,}|[ \t]*$)")]
    private static partial Regex Age();

    [GeneratedRegex(@"(?m)\b(AGE|LAST SEEN|LAST SCHEDULE|DURATION|Age)[ \t]+")]
    private static partial Regex AgeHeading();

    [GeneratedRegex(@"(?m)[ \t]+$")]
    private static partial Regex TrailingSpace();
}
