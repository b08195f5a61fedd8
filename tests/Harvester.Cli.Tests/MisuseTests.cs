namespace Harvester.Cli.Tests;

public class MisuseTests
{
    [Fact]
    public async Task An_unknown_verb_is_named_and_the_verbs_are_listed() =>
        (await Tool.RunAsync("frobnicate")).IsMisuse("unknown verb 'frobnicate'", "lint");

    [Fact]
    public async Task No_verb_is_misuse() => (await Tool.RunAsync()).IsMisuse("name a verb");

    [Fact]
    public async Task An_unknown_option_is_named() => (await Tool.RunAsync("lint", ".", "--frob")).IsMisuse("lint", "'--frob'");

    [Fact]
    public async Task A_missing_folder_is_named() => (await Tool.RunAsync("lint", "/no/such/folder")).IsMisuse("/no/such/folder", "does not exist");

    [Fact]
    public async Task Help_is_no_misuse()
    {
        var run = await Tool.RunAsync("--help");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("lint", run.Output, StringComparison.Ordinal);
    }
}
