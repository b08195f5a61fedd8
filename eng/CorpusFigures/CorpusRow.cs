using System.Globalization;
using System.Text;

namespace CorpusFigures;

/// <summary>One judged call site.</summary>
internal sealed record CorpusRow(
    string Repository, string Commit, string Path, int Line, string Api, string Family, string Verdict, string Shape, string Harm, bool IsTest)
{
    public bool IsTruePositive => Verdict == "TP";

    /// <summary>R1 is about PUTs of the main resource: the rules about patches and status calls do not speak about it.</summary>
    public bool IsJudgedBy(string rule) => Family == "R1"
        ? rule.StartsWith("HARV1", StringComparison.Ordinal) && rule is not ("HARV1005" or "HARV1006" or "HARV1007" or "HARV1008" or "HARV1009")
        : rule.StartsWith("HARV2", StringComparison.Ordinal);

    /// <summary>Reads the table. Columns are found by the names in the first line.</summary>
    public static IReadOnlyList<CorpusRow> Read(string file)
    {
        var lines = Records(File.ReadAllText(file)).ToList();
        var columns = lines[0].Select((name, i) => (name, i)).ToDictionary(c => c.name, c => c.i);
        return
        [
            .. lines.Skip(1).Where(fields => fields.Count >= columns.Count).Select(fields => new CorpusRow(
                fields[columns["repo"]],
                fields[columns["commit"]],
                fields[columns["path"]],
                int.Parse(fields[columns["line"]], CultureInfo.InvariantCulture),
                fields[columns["api"]],
                fields[columns["rule"]],
                fields[columns["verdict"]],
                fields[columns["shape"]],
                fields[columns["harm"]],
                fields[columns["is_test"]] == "yes")),
        ];
    }

    /// <summary>Comma-separated values with quoted fields; a doubled quote inside quotes is one.</summary>
    private static IEnumerable<List<string>> Records(string text)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"')
                {
                    field.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append(text[++i]);
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c is ',' or '\n')
            {
                fields.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    yield return fields;
                    fields = [];
                }
            }
            else if (c != '\r')
            {
                field.Append(c);
            }
        }

        if (field.Length > 0 || fields.Count > 0)
        {
            fields.Add(field.ToString());
            yield return fields;
        }
    }
}
