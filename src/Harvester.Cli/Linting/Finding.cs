using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Harvester.Cli.Linting;

/// <summary>One report of a rule, with the lines of source it is about.</summary>
internal sealed record Finding(
    string Id,
    DiagnosticSeverity Severity,
    string Title,
    string Message,
    string Explanation,
    string HelpLink,
    string File,
    int Line,
    int Column,
    int Length,
    IReadOnlyList<CodeLine> Frame)
{
    private const int LinesAround = 2;

    /// <summary>The other places that the finding is about: the work that a test starts, the write that a change goes with.</summary>
    public IReadOnlyList<CodePlace> Related { get; init; } = [];

    /// <summary>Whether it is about a place, and not about the configuration as a whole.</summary>
    public bool HasPlace => File.Length > 0;

    /// <summary>Reads a diagnostic and cuts its code frame out of the source.</summary>
    public static Finding From(Diagnostic diagnostic)
    {
        var descriptor = diagnostic.Descriptor;
        var span = diagnostic.Location.GetLineSpan();
        if (!span.IsValid)
        {
            return new Finding(
                diagnostic.Id, diagnostic.Severity, descriptor.Title.ToString(), diagnostic.GetMessage(), descriptor.Description.ToString(), descriptor.HelpLinkUri, "", 0, 0, 0, []);
        }

        var start = span.StartLinePosition;
        var frame = diagnostic.Location.SourceTree is { } tree ? Cut(tree.GetText(), start.Line) : [];
        var length = span.EndLinePosition.Line == start.Line
            ? Math.Max(1, span.EndLinePosition.Character - start.Character)
            : Math.Max(1, frame.FirstOrDefault(line => line.Number == start.Line + 1)?.Text.Length - start.Character ?? 1);
        return new Finding(
            diagnostic.Id,
            diagnostic.Severity,
            descriptor.Title.ToString(),
            diagnostic.GetMessage(),
            descriptor.Description.ToString(),
            descriptor.HelpLinkUri,
            span.Path,
            start.Line + 1,
            start.Character + 1,
            length,
            frame)
        {
            Related = [.. diagnostic.AdditionalLocations.Where(location => location.IsInSource).Select(Place)],
        };
    }

    private static CodePlace Place(Location location)
    {
        var span = location.GetLineSpan();
        var line = location.SourceTree!.GetText().Lines[span.StartLinePosition.Line].ToString();
        var end = span.EndLinePosition.Line == span.StartLinePosition.Line ? span.EndLinePosition.Character : line.Length;
        return new CodePlace(span.Path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, end + 1, line.Trim());
    }

    private static List<CodeLine> Cut(SourceText text, int line)
    {
        var first = Math.Max(0, line - LinesAround);
        var last = Math.Min(text.Lines.Count - 1, line + LinesAround);
        return [.. Enumerable.Range(first, last - first + 1).Select(number => new CodeLine(number + 1, text.Lines[number].ToString()))];
    }
}

/// <summary>A line of source and its number.</summary>
internal sealed record CodeLine(int Number, string Text);

/// <summary>A place in the source, and the text of its line.</summary>
internal sealed record CodePlace(string File, int Line, int Column, int EndColumn, string Text);
