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
    [InlineData("typed async")]
    [InlineData("typed sync")]
    [InlineData("WithHttpMessages")]
    [InlineData("flat")]
    [InlineData("CustomObjects")]
    [InlineData("GenericClient")]
    [InlineData("ClientSets")]
    [InlineData("DotnetKubernetesClient")]
    [InlineData("KubeOps sync")]
    [InlineData("KubeOps async")]
    [InlineData("Neon")]
    [InlineData("own wrapper")]
    public void Every_surface_is_there_three_times(string surface) =>
        Assert.True(MutationRun.Originals.Count(o => o.Surfaces.Contains(surface)) >= 3);

    [Fact]
    public void Every_rule_is_there_three_times() =>
        Assert.DoesNotContain(RuleCatalogue.Rows.Select(rule => rule.Id), id => MutationRun.Originals.Count(o => o.Rules.Contains(id)) < 3);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_rule_reports_a_correct_controller(string name)
    {
        var original = MutationRun.Originals.Single(o => o.Name == name);
        var compilation = MutationRun.Compile(original, MutationRun.ParseText(name, original.Source));
        Assert.Empty(MutationRun.Errors(compilation));
        Assert.Empty(await MutationRun.FindingsAsync(compilation, original.Source));
    }
}
