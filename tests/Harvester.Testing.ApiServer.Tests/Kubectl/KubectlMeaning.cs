using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Harvester.Testing.ApiServer.Tests.Kubectl;

/// <summary>What of a result counts when meanings are compared.</summary>
internal sealed record KubectlMeaning(string Exit, string Output, string Error)
{
    // What a message on standard error is; the first group names the kind where the word itself is it.
    private static readonly (Regex Pattern, string? Kind)[] Kinds =
    [
        (new(@"Error from server \((\w+)\)"), null),
        (new("(?m)^Error from server:"), "ServerError"),
        (new(@"\bis invalid:"), "Invalid"),
        (new(@"(?i)apply failed with \d+ conflict|the object has been modified"), "Conflict"),
        (new("already exists"), "AlreadyExists"),
        (new("the server doesn't have a resource type"), "UnknownResource"),
        (new("no matches for kind"), "UnknownKind"),
        (new("timed out waiting|context deadline exceeded"), "Timeout"),
        (new("(?m)^Warning:"), "Warning"),
        (new("(?m)^(error|Error):"), "error"),
        (new(@"(?i)\bnot found\b"), "NotFound"),
        (new("(?i)forbidden"), "Forbidden"),
    ];

    /// <summary>The meaning of a result.</summary>
    /// <param name="result">What a call printed.</param>
    /// <param name="step">The call.</param>
    public static KubectlMeaning Of(KubectlResult result, JsonObject? step)
    {
        var asksForManagedFields = (step?["args"] as JsonArray ?? [])
            .Any(argument => argument!.GetValue<string>() is var text
                && (text.Contains("managed-fields", StringComparison.Ordinal) || text.Contains("managedFields", StringComparison.Ordinal)));
        return new KubectlMeaning(result.Exit, OutputOf(result.Output, asksForManagedFields), ErrorOf(result.Error));
    }

    /// <summary>The differing lines of two results, for people.</summary>
    public static string Differences(KubectlMeaning want, KubectlMeaning got)
    {
        var text = new StringBuilder();
        if (want.Exit != got.Exit)
        {
            text.AppendLine($"    exit: want {want.Exit} got {got.Exit}");
        }

        if (want.Error != got.Error)
        {
            text.AppendLine($"    stderr: want {want.Error} got {got.Error}");
        }

        var (wanted, gotten) = (want.Output.Split('\n'), got.Output.Split('\n'));
        foreach (var line in wanted.Except(gotten).Take(8))
        {
            text.AppendLine($"    -{line}");
        }

        foreach (var line in gotten.Except(wanted).Take(8))
        {
            text.AppendLine($"    +{line}");
        }

        return text.ToString();
    }

    /// <summary>A text without the entries of managed fields that YAML and descriptions show.</summary>
    public static string WithoutManagedFields(string text)
    {
        var kept = new List<string>();
        int? depth = null;
        foreach (var line in text.Split('\n'))
        {
            var indent = line.Length - line.TrimStart(' ').Length;
            if (depth is { } from)
            {
                if (indent > from || (indent == from && line.TrimStart().StartsWith("- ", StringComparison.Ordinal)))
                {
                    continue;
                }

                depth = null;
            }

            if (Regex.IsMatch(line, @"^\s*(managedFields|Managed Fields):\s*$"))
            {
                depth = indent;
                continue;
            }

            kept.Add(line);
        }

        return string.Join('\n', kept);
    }

    /// <summary>JSON with its members in order, one value a line.</summary>
    public static string Canonical(JsonNode? value, bool withManagedFields)
    {
        var text = new StringBuilder();
        Write(value, "");
        return text.ToString();

        void Write(JsonNode? node, string path)
        {
            switch (node)
            {
                case JsonObject members:
                    text.Append(path).Append(" {}\n");
                    foreach (var (name, member) in members.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    {
                        if (withManagedFields || name != "managedFields")
                        {
                            Write(member, $"{path}.{name}");
                        }
                    }

                    break;
                case JsonArray items:
                    text.Append(path).Append(" []\n");
                    for (var i = 0; i < items.Count; i++)
                    {
                        Write(items[i], $"{path}[{i}]");
                    }

                    break;
                default:
                    text.Append(path).Append(' ').Append(node?.ToJsonString() ?? "null").Append('\n');
                    break;
            }
        }
    }

    private static string OutputOf(string output, bool asksForManagedFields)
    {
        if (KubectlNormaliser.Documents(output) is { } documents)
        {
            return string.Concat(documents.Select(document => Canonical(document, asksForManagedFields)));
        }

        var text = asksForManagedFields ? output : WithoutManagedFields(output);
        return string.Join('\n', text.Split('\n')
            .Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .Where(line => line.Length > 0));
    }

    private static string ErrorOf(string error)
    {
        var kinds = Kinds.SelectMany(kind => kind.Pattern.Matches(error).Select(match => kind.Kind ?? match.Groups[1].Value))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        return kinds.Count > 0 ? string.Join(' ', kinds) : error.Trim().Length > 0 ? "text" : "";
    }
}
