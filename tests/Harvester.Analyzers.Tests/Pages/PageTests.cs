using Harvester.Analyzers.Tests.Verification;

namespace Harvester.Analyzers.Tests.Pages;

/// <summary>Every rule has a page that is up to date, whose bad sample it reports, whose good sample is clean, and whose fix works.</summary>
public class PageTests
{
    private static readonly string[] Sections = ["## The incident", "## Bad", "## Good", "## What it does not see", "## Configure"];

    public static TheoryData<string> Ids => [.. RuleCatalogue.Rows.Select(r => r.Id)];

    public static TheoryData<string> WithFix => [.. RuleCatalogue.Rows.Where(r => r.Fix is not null).Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_is_up_to_date(string id)
    {
        var row = RuleCatalogue.Rows.Single(r => r.Id == id);
        var page = File.ReadAllText(RepositoryRoot.At("docs", "rules", id + ".md"));
        Assert.StartsWith($"# {id}: ", page);
        Assert.All(Sections, section => Assert.Contains(section + "\n", page));
        var extension = id == "HARV0001" ? "txt" : "cs";
        Assert.Equal(["facts", $"{id}.Bad.{extension}", $"{id}.Good.{extension}", "configure"], RulePage.PartsOf(page));
        GeneratedFile.Check(RulePage.Render(page, row), "docs", "rules", id + ".md");
    }

    [Fact]
    public void The_list_of_rules_is_up_to_date()
    {
        var list = File.ReadAllText(RepositoryRoot.At("docs", "rules", "README.md"));
        Assert.Equal(["table"], RulePage.PartsOf(list));
        GeneratedFile.Check(RulePage.Render(list, RuleCatalogue.Rows[0]), "docs", "rules", "README.md");
    }

    [Fact]
    public void Every_page_has_its_rule() => Assert.Equal(
        RuleCatalogue.Rows.Select(r => r.Id).Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(RepositoryRoot.At("docs", "rules"), "HARV*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_bad_sample_is_reported_by_its_rule_alone(string id)
    {
        using var sample = Sample(id, "Bad");
        var found = await sample.FindingsAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(found);
        Assert.All(found, d => Assert.Equal(id, d.Id));
        if (id != "HARV0001")
        {
            Assert.Contains($"// {id}", LineOf(id, Assert.Single(found).Location.GetLineSpan().StartLinePosition.Line));
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_good_sample_is_clean(string id)
    {
        using var sample = Sample(id, "Good");
        Assert.Empty(await sample.FindingsAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(WithFix))]
    public async Task The_fix_makes_the_bad_sample_clean(string id)
    {
        using var sample = Sample(id, "Bad");
        var found = Assert.Single(await sample.FindingsAsync(TestContext.Current.CancellationToken));
        Assert.True(await sample.FixAsync(found, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(await sample.FindingsAsync(TestContext.Current.CancellationToken), d => d.Id == id || !d.Id.StartsWith("HARV", StringComparison.Ordinal));
    }

    private static SampleRun Sample(string id, string which) => id == "HARV0001"
        ? new SampleRun("", File.ReadAllText(Path.Combine(RulePage.SamplesFolder, $"{id}.{which}.txt")))
        : new SampleRun(File.ReadAllText(Path.Combine(RulePage.SamplesFolder, $"{id}.{which}.cs")));

    private static string LineOf(string id, int line) => File.ReadAllLines(Path.Combine(RulePage.SamplesFolder, $"{id}.Bad.cs"))[line];
}
