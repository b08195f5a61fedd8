using System.Text;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>The text of an expression, and errors in it shown as cel-go shows them: position, line, a pointer below.</summary>
internal sealed class CelSource
{
    private const int ErrorLimit = 100;

    private readonly List<(int At, string Message)> _errors = [];

    /// <summary>Wraps the text of an expression.</summary>
    /// <param name="text">The text.</param>
    public CelSource(string text)
    {
        Text = text;
        Runes = [.. text.EnumerateRunes()];
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The characters; positions count these.</summary>
    public Rune[] Runes { get; }

    /// <summary>True when an error was found.</summary>
    public bool HasErrors => _errors.Count > 0;

    /// <summary>Adds an error.</summary>
    /// <param name="at">Where it is.</param>
    /// <param name="message">What it is.</param>
    public void Report(int at, string message)
    {
        if (_errors.Count < ErrorLimit)
        {
            _errors.Add((at, message));
        }
    }

    /// <summary>All errors, by position.</summary>
    public string ErrorText()
    {
        var text = new StringBuilder();
        foreach (var (at, message) in _errors.OrderBy(error => error.At))
        {
            var (line, column, start) = Locate(at);
            text.Append(text.Length > 0 ? "\n" : "")
                .Append($"ERROR: <input>:{line}:{column + 1}: {message}\n | ");
            var end = start;
            while (end < Runes.Length && Runes[end].Value != '\n')
            {
                text.Append(Runes[end].Value == '\t' ? " " : Runes[end].ToString());
                end++;
            }

            text.Append("\n | ");
            for (var i = start; i < start + column; i++)
            {
                text.Append(i < end && IsWide(Runes[i]) ? '\uFF0E' : '.');
            }

            var pointed = start + column;
            text.Append(pointed < end && IsWide(Runes[pointed]) ? '\uFF3E' : '^');
        }

        return text.ToString();
    }

    /// <summary>A part of the text.</summary>
    /// <param name="start">Its first character.</param>
    /// <param name="end">The character after its last.</param>
    public string Slice(int start, int end)
    {
        var text = new StringBuilder();
        for (var i = start; i < Math.Min(end, Runes.Length); i++)
        {
            text.Append(Runes[i].ToString());
        }

        return text.ToString();
    }

    private static bool IsWide(Rune rune) => rune.Utf8SequenceLength > 1;

    private (int Line, int Column, int Start) Locate(int at)
    {
        var line = 1;
        var start = 0;
        for (var i = 0; i < Math.Min(at, Runes.Length); i++)
        {
            if (Runes[i].Value == '\n')
            {
                line++;
                start = i + 1;
            }
        }

        return (line, at - start, start);
    }
}
