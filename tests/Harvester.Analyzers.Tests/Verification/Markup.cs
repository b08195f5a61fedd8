using System.Text;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Tests.Verification;

/// <summary>
/// A snippet with its expectations written into it: <c>{|HARV1004:code|}</c>, or <c>{|HARV1004-info:code|}</c> where the severity matters.
/// </summary>
internal sealed record Markup(string Source, IReadOnlyList<Expectation> Expectations)
{
    public static Markup Parse(string text)
    {
        var source = new StringBuilder();
        var open = new Stack<(string Id, DiagnosticSeverity? Severity, int Start)>();
        var found = new List<Expectation>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text.AsSpan(i).StartsWith("{|HARV"))
            {
                var colon = text.IndexOf(':', i);
                var parts = text[(i + 2)..colon].Split('-');
                DiagnosticSeverity? severity = parts.Length > 1 ? Enum.Parse<DiagnosticSeverity>(parts[1], ignoreCase: true) : null;
                open.Push((parts[0], severity, source.Length));
                i = colon;
            }
            else if (open.Count > 0 && text.AsSpan(i).StartsWith("|}"))
            {
                var (id, severity, start) = open.Pop();
                found.Add(new Expectation(id, severity, start, source.Length));
                i++;
            }
            else
            {
                source.Append(text[i]);
            }
        }

        return new Markup(source.ToString(), [.. found.OrderBy(e => e.Start).ThenBy(e => e.Id, StringComparer.Ordinal)]);
    }
}

/// <summary>One expected finding.</summary>
internal sealed record Expectation(string Id, DiagnosticSeverity? Severity, int Start, int End);
