using System.Globalization;
using System.Text;
using CorpusFigures;

// Recall and false alarms of all rules over judged call sites of real code. Prints a report; --markdown writes the table per shape.
var options = args.Where(a => a.StartsWith("--", StringComparison.Ordinal)).Select(a => a.Split('=', 2)).ToDictionary(o => o[0], o => o.Length > 1 ? o[1] : "");
var given = args.Where(a => !a.StartsWith("--", StringComparison.Ordinal)).ToList();
if (given.Count != 2 || options.Keys.Any(o => o is not ("--only" or "--modes" or "--markdown" or "--all")))
{
    Console.Error.WriteLine("usage: CorpusFigures CORPUS.csv CHECKOUTS [--only=OWNER/NAME] [--modes=Default,Strict] [--all] [--markdown=FILE]");
    return 2;
}

var rows = CorpusRow.Read(given[0]).Where(r => !options.TryGetValue("--only", out var only) || r.Repository.Contains(only, StringComparison.OrdinalIgnoreCase)).ToList();
var checkouts = new Checkouts(given[1]);
var modes = options.GetValueOrDefault("--modes", "Default,Strict").Split(',');
var figures = modes.ToDictionary(m => m, m => new Figures(m));
foreach (var repository in rows.GroupBy(r => r.Repository))
{
    if (!checkouts.Has(repository.Key))
    {
        Console.WriteLine($"{repository.Key}: no checkout, {repository.Count()} rows are not judged");
        continue;
    }

    var compilation = checkouts.Compile(repository.Key);
    foreach (var mode in modes)
    {
        var findings = await RuleRun.Over(compilation, mode);
        figures[mode].Add([.. repository], findings, row => Binding.Problem(compilation, row));
    }
}

foreach (var mode in modes)
{
    figures[mode].Print(Console.Out, options.ContainsKey("--all"));
}

if (options.TryGetValue("--markdown", out var file))
{
    File.WriteAllText(file, Report.Markdown(modes.Select(m => figures[m]).ToList()), new UTF8Encoding(false));
}

return 0;
