using System.Globalization;
using System.Text;

namespace CorpusFigures;

/// <summary>The page with the figures: shapes only, no names of repositories.</summary>
internal static class Report
{
    public static string Markdown(IReadOnlyList<Figures> modes)
    {
        var text = new StringBuilder();
        text.Append("""
            # Precision and recall on judged call sites

            Made by `eng/CorpusFigures` from a table of call sites of real controllers, each read in context, and checkouts of their
            repositories. Every repository is one loose compilation against the shared framework, the client and the libraries it names. A row
            counts as reported when a rule of its family speaks at its line, at any severity: for R1 the rules about PUTs of the main resource
            (HARV1001-1004, 1010, 1011), for R2 HARV2xxx. Names and numbers of the sites are not part of this repository; `eng/CorpusFigures
            CORPUS.csv CHECKOUTS --markdown=docs/precision.md` makes this page, and without `--markdown` lists every miss and every alarm.


            """.ReplaceLineEndings("\n"));
        foreach (var (family, title) in new[] { ("R1", "R1: whole-object PUT of a kind that has a status"), ("R2", "R2: work started because status looks empty") })
        {
            text.Append(CultureInfo.InvariantCulture, $"## {title}\n\n");
            text.Append("| shape | verdict | sites | do not bind |" + string.Concat(modes.Select(m => $" {m.Mode} |")) + "\n");
            text.Append("|---|---|---|---|" + string.Concat(modes.Select(_ => "---|")) + "\n");
            var shapes = modes[0].Rows.Where(j => j.Row.Family == family).Select(j => (j.Row.Shape, j.Row.Verdict)).Distinct()
                .OrderByDescending(s => s.Verdict == "TP").ThenBy(s => s.Verdict, StringComparer.Ordinal).ThenBy(s => s.Shape, StringComparer.Ordinal);
            foreach (var (shape, verdict) in shapes)
            {
                IEnumerable<JudgedRow> Rows(Figures figures) => figures.Rows.Where(j => j.Row.Family == family && j.Row.Shape == shape && j.Row.Verdict == verdict);
                text.Append(CultureInfo.InvariantCulture, $"| {shape} | {verdict} | {Rows(modes[0]).Count()} | {Rows(modes[0]).Count(j => j.Problem is not null)} |");
                text.Append(string.Concat(modes.Select(m => $" {Rows(m).Count(j => j.IsFound)} |")) + "\n");
            }

            text.Append('\n');
            foreach (var figures in modes)
            {
                var rows = figures.Rows.Where(j => j.Row.Family == family).ToList();
                var positives = rows.Where(j => j.Row.IsTruePositive).ToList();
                var reported = rows.Where(j => j.IsFound).ToList();
                text.Append(CultureInfo.InvariantCulture, $"* {figures.Mode}: {positives.Count(j => j.IsFound)} of {positives.Count} true sites reported; {reported.Count(j => !j.Row.IsTruePositive)} of {reported.Count} reported rows are false alarms.\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
