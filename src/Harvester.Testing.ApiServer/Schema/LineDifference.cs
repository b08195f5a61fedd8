using System.Globalization;
using System.Text;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>The difference of two texts as hunks of changed lines, each with lines around it.</summary>
internal static class LineDifference
{
    private const int LineLimit = 2000;

    /// <summary>The hunks.</summary>
    /// <param name="old">The lines before.</param>
    /// <param name="changed">The lines after.</param>
    /// <param name="context">How many equal lines stand around a change.</param>
    public static string Of(IReadOnlyList<string> old, IReadOnlyList<string> changed, int context)
    {
        var edits = Edits(old, changed);
        var text = new StringBuilder();
        var at = 0;
        while (at < edits.Count)
        {
            if (edits[at].Sign == ' ')
            {
                at++;
                continue;
            }

            var start = Math.Max(0, at - context);
            var end = at;
            var equal = 0;
            for (var i = at; i < edits.Count && equal <= 2 * context; i++)
            {
                equal = edits[i].Sign == ' ' ? equal + 1 : 0;
                end = equal == 0 ? i + 1 : end;
            }

            end = Math.Min(edits.Count, end + context);
            Hunk(text, edits, start, end);
            at = end;
        }

        return text.ToString();
    }

    private static void Hunk(StringBuilder text, List<(char Sign, string Line)> edits, int start, int end)
    {
        var before = edits.Take(start).ToList();
        var hunk = edits.GetRange(start, end - start);
        text.Append("@@ -").Append(Range(before, hunk, '+')).Append(" +").Append(Range(before, hunk, '-')).Append(" @@\n");
        foreach (var (sign, line) in hunk)
        {
            text.Append(sign).Append(line).Append('\n');
        }
    }

    private static string Range(List<(char Sign, string Line)> before, List<(char Sign, string Line)> hunk, char other)
    {
        var count = hunk.Count(edit => edit.Sign != other);
        var first = before.Count(edit => edit.Sign != other) + (count == 0 ? 0 : 1);
        return string.Create(CultureInfo.InvariantCulture, $"{first},{count}");
    }

    private static List<(char Sign, string Line)> Edits(IReadOnlyList<string> old, IReadOnlyList<string> changed)
    {
        var edits = new List<(char, string)>();
        if (old.Count > LineLimit || changed.Count > LineLimit)
        {
            edits.AddRange(old.Select(line => ('-', line)));
            edits.AddRange(changed.Select(line => ('+', line)));
            return edits;
        }

        // The longest common subsequence, from the ends.
        var lengths = new int[old.Count + 1, changed.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
        {
            for (var j = changed.Count - 1; j >= 0; j--)
            {
                lengths[i, j] = old[i] == changed[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        var (a, b) = (0, 0);
        while (a < old.Count || b < changed.Count)
        {
            if (a < old.Count && b < changed.Count && old[a] == changed[b])
            {
                edits.Add((' ', old[a++]));
                b++;
            }
            else if (b >= changed.Count || (a < old.Count && lengths[a + 1, b] >= lengths[a, b + 1]))
            {
                edits.Add(('-', old[a++]));
            }
            else
            {
                edits.Add(('+', changed[b++]));
            }
        }

        return edits;
    }
}
