namespace CorpusFigures;

/// <summary>What one mode said about the rows, and what else it said.</summary>
internal sealed class Figures(string mode)
{
    // A rule and a reader may put the finger on neighbouring lines of one statement.
    private const int Tolerance = 1;

    private readonly List<JudgedRow> judged = [];
    private readonly List<(string Repository, Finding Finding)> elsewhere = [];

    public string Mode { get; } = mode;

    /// <summary>Each row with what was found there and whether its code binds.</summary>
    public IReadOnlyList<JudgedRow> Rows => judged;

    /// <summary>Findings of the two families where no row is: in files that have rows, and in all others.</summary>
    public IReadOnlyList<(string Repository, Finding Finding)> Elsewhere => elsewhere;

    public void Add(IReadOnlyList<CorpusRow> rows, IReadOnlyList<Finding> findings, Func<CorpusRow, string?> problem)
    {
        var used = new HashSet<Finding>();
        foreach (var row in rows)
        {
            var at = findings.Where(f => row.IsJudgedBy(f.Id) && f.Path == row.Path).ToList();
            var exact = at.Where(f => f.Line <= row.Line && f.EndLine >= row.Line).ToList();
            var near = exact.Count > 0 ? exact : [.. at.Where(f => f.Line <= row.Line + Tolerance && f.EndLine >= row.Line - Tolerance && !rows.Any(r => r != row && r.Path == row.Path && r.Family == row.Family && f.Line <= r.Line && f.EndLine >= r.Line))];
            used.UnionWith(near);
            judged.Add(new JudgedRow(row, near, near.Count > 0 ? null : problem(row)));
        }

        elsewhere.AddRange(findings.Where(f => !used.Contains(f) && (f.Id.StartsWith("HARV1", StringComparison.Ordinal) || f.Id.StartsWith("HARV2", StringComparison.Ordinal))).Select(f => (rows[0].Repository, f)));
    }

    public void Print(TextWriter output, bool all)
    {
        output.WriteLine($"=== {Mode}");
        foreach (var shape in judged.GroupBy(j => (j.Row.Family, j.Row.Verdict, j.Row.Shape)).OrderBy(g => g.Key.Family).ThenByDescending(g => g.Key.Verdict == "TP").ThenBy(g => g.Key.Shape, StringComparer.Ordinal))
        {
            output.WriteLine($"{shape.Key.Family} {shape.Key.Verdict,-8} {shape.Key.Shape,-16} reported {shape.Count(j => j.IsFound),3} of {shape.Count(),3}, unbound {shape.Count(j => j.Problem is not null)}");
        }

        foreach (var j in judged.Where(j => j.Row.IsTruePositive && !j.IsFound))
        {
            output.WriteLine($"MISSED {j.Row.Family} {j.Row.Shape} {j.Row.Repository} {j.Row.Path}:{j.Row.Line} {j.Row.Api}{(j.Problem is null ? "" : " UNBOUND: " + j.Problem)}");
        }

        foreach (var j in judged.Where(j => !j.Row.IsTruePositive && j.IsFound))
        {
            output.WriteLine($"ALARM {j.Row.Family} {j.Row.Verdict} {j.Row.Shape} {j.Row.Repository} {j.Row.Path}:{j.Row.Line} {j.Row.Api}: {string.Join(" ", j.Found.Select(f => f.Id + " " + f.Severity + " " + f.Message))}");
        }

        foreach (var j in judged.Where(j => j.Problem is not null && !(j.Row.IsTruePositive && !j.IsFound)))
        {
            output.WriteLine($"UNBOUND {j.Row.Family} {j.Row.Verdict} {j.Row.Repository} {j.Row.Path}:{j.Row.Line} {j.Row.Api}: {j.Problem}");
        }

        var files = judged.Select(j => (j.Row.Repository, j.Row.Path)).ToHashSet();
        foreach (var (repository, f) in elsewhere)
        {
            output.WriteLine($"ELSEWHERE{(files.Contains((repository, f.Path)) ? " (file of a row)" : "")} {repository} {f.Path}:{f.Line} {f.Id} {f.Severity} {f.Message}");
        }

        if (all)
        {
            foreach (var j in judged.Where(j => j.Row.IsTruePositive && j.IsFound))
            {
                output.WriteLine($"FOUND {j.Row.Shape} {j.Row.Repository} {j.Row.Path}:{j.Row.Line}: {string.Join(' ', j.Found.Select(f => f.Id + " " + f.Severity))}");
            }
        }

        foreach (var family in new[] { "R1", "R2" })
        {
            var found = judged.Where(j => j.Row.Family == family && j.IsFound).ToList();
            var alarms = found.Count(j => !j.Row.IsTruePositive);
            var positives = judged.Where(j => j.Row.Family == family && j.Row.IsTruePositive).ToList();
            output.WriteLine($"{Mode} {family}: recall {positives.Count(j => j.IsFound)} of {positives.Count}; false alarms at rows {alarms} of {found.Count} reported rows");
        }
    }
}

/// <summary>A row, what was found there, and why its code does not bind if it does not.</summary>
internal sealed record JudgedRow(CorpusRow Row, IReadOnlyList<Finding> Found, string? Problem)
{
    public bool IsFound => Found.Count > 0;
}
