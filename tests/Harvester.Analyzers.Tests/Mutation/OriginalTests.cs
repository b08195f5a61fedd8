namespace Harvester.Analyzers.Tests.Mutation;

/// <summary>The correct controllers that mutants are made of: they compile, they are real code, and no rule says a word.</summary>
public class OriginalTests
{
    public static TheoryData<string> Names() => [.. MutationRun.Originals.Select(o => o.Name)];

    [Fact]
    public void There_are_thirty_of_sixty_lines()
    {
        Assert.True(MutationRun.Originals.Count >= 30);
        Assert.All(MutationRun.Originals, o => Assert.True(o.Source.Split('\n').Length > 60, o.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_rule_reports_a_correct_controller(string name)
    {
        var original = MutationRun.Originals.Single(o => o.Name == name);
        var compilation = MutationRun.Compile(MutationRun.ParseText(name, original.Source));
        Assert.Empty(MutationRun.Errors(compilation));
        Assert.Empty(await Robustness.RuleRun.FindingsAsync(compilation, mode: "Recommended"));
    }
}
