namespace Harvester.Analyzers.Tests.Mutation;

/// <summary>A mistake put into a correct controller is reported by the rule it breaks.</summary>
public class MutantTests(ITestOutputHelper output)
{
    private const int PerRule = 3;
    private const double Wanted = 0.95;

    [Fact]
    public async Task Nineteen_of_twenty_mutants_are_reported_by_the_right_rule()
    {
        var outcomes = new List<(Original Original, Mutant Mutant, bool Reported, IReadOnlyList<string> Findings)>();
        foreach (var original in MutationRun.Originals)
        {
            var tree = MutationRun.ParseText(original.Name, original.Source);
            var model = MutationRun.Compile(original, tree).GetSemanticModel(tree);
            var root = await tree.GetRootAsync(TestContext.Current.CancellationToken);
            var mutants = new WriteMutations(root, model).All().Concat(new GuardMutations(root, model).All(original.Rules.Except(["HARV2005"])))
                .Concat(new GuardMutations(root, model).Facts())
                .Concat(ConfigurationMutations.Of(original.Source));
            foreach (var mutant in mutants.Where(m => original.Rules.Contains(m.Rule)))
            {
                var compilation = MutationRun.Compile(original, MutationRun.ParseText(original.Name, mutant.Source));
                if (MutationRun.Errors(compilation).Any())
                {
                    continue;
                }

                var findings = await MutationRun.FindingsAsync(compilation, mutant.Source);
                outcomes.Add((original, mutant, findings.Any(f => f.Contains(mutant.Rule, StringComparison.Ordinal)), findings));
            }
        }

        output.WriteLine("rule      originals  mutants  reported");
        foreach (var rule in outcomes.GroupBy(o => o.Mutant.Rule).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{rule.Key}  {rule.Select(o => o.Original.Name).Distinct().Count(),9}  {rule.Count(),7}  {rule.Count(o => o.Reported),8}");
        }

        var missed = outcomes.Where(o => !o.Reported).Select(o => $"{o.Mutant.Rule} {o.Original.Name}: {o.Mutant.Change}; reported: {string.Join(" | ", o.Findings)}").ToList();
        missed.ForEach(output.WriteLine);
        var few = RuleCatalogue.Rows.Select(rule => rule.Id)
            .Where(rule => outcomes.Count(o => o.Mutant.Rule == rule) < PerRule);
        var barren = MutationRun.Originals.SelectMany(o => o.Rules.Select(rule => (o.Name, rule)))
            .Where(pair => !outcomes.Any(o => o.Original.Name == pair.Name && o.Mutant.Rule == pair.rule));

        Assert.Empty(few);
        Assert.Empty(barren);
        Assert.True(missed.Count <= outcomes.Count * (1 - Wanted), $"{missed.Count} of {outcomes.Count} missed:\n{string.Join('\n', missed)}");
    }
}
