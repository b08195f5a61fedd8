namespace Harvester.Architecture.Tests;

/// <summary>Who may reference whom, by project file.</summary>
public class ProjectArrowTests
{
    // Every project that ships or is a sample, and all it may reference. A new project must be added here on purpose.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Harvester.Analyzers"] = [],
        ["Harvester.Analyzers.CodeFixes"] = ["Harvester.Analyzers"],
        ["Harvester.Analyzers.Package"] = ["Harvester.Analyzers", "Harvester.Analyzers.CodeFixes"],
        ["Harvester.Testing.ApiServer"] = [],
        ["Harvester.ControllerRuntime"] = [],
        ["Harvester.Testing"] = ["Harvester.Testing.ApiServer", "Harvester.ControllerRuntime"],
        ["UpgradeApi"] = [],
        ["HistoricalController"] = ["UpgradeApi", "Harvester.ControllerRuntime"],
        ["UpgradeController"] = ["UpgradeApi", "Harvester.ControllerRuntime"],
        ["UpgradeController.Simulated"] = ["UpgradeController", "UpgradeApi", "Harvester.Testing", "Harvester.Testing.ApiServer", "Harvester.ControllerRuntime"],
        ["Harvester.Cli"] =
        [
            "Harvester.Analyzers", "Harvester.Testing", "Harvester.Testing.ApiServer", "Harvester.ControllerRuntime",
            "UpgradeApi", "HistoricalController", "UpgradeController", "UpgradeController.Simulated",
        ],
        ["CorpusFigures"] = ["Harvester.Analyzers"],
        ["Harvester.Analyzers.Benchmarks"] = ["Harvester.Analyzers"],
        ["Harvester.Benchmarks"] = ["Harvester.Testing.ApiServer"],
    };

    [Fact]
    public void Every_project_outside_tests_references_only_what_the_design_allows()
    {
        var wrong =
            from project in Repository.ProjectReferences()
            where !project.Key.EndsWith(".Tests", StringComparison.Ordinal)
            from reference in project.Value
            where !Allowed.TryGetValue(project.Key, out var allowed) || !allowed.Contains(reference)
            select $"{project.Key} -> {reference}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Nothing_in_analyzers_knows_anything_outside_analyzers()
    {
        var wrong =
            from project in Repository.ProjectReferences()
            where Repository.FolderOf(project.Key) == "analyzers"
            from reference in project.Value
            where Repository.FolderOf(reference) != "analyzers"
            select $"{project.Key} -> {reference}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Only_tests_reference_tests()
    {
        var wrong =
            from project in Repository.ProjectReferences()
            where !project.Key.EndsWith(".Tests", StringComparison.Ordinal)
            from reference in project.Value
            where reference.EndsWith(".Tests", StringComparison.Ordinal)
            select $"{project.Key} -> {reference}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Harvester.Analyzers.sln"));
        // A consumer of the packages is built outside the clone, from what .ci/run packs.
        var consumers = RepositoryRoot.At("tests", "Consumers");
        var missing = Repository.Files("*.csproj")
            .Where(path => !path.StartsWith(consumers, StringComparison.Ordinal))
            .Select(path => Path.GetFileName(path))
            .Where(name => !solution.Contains("\\" + name, StringComparison.Ordinal));

        Assert.Empty(missing);
    }
}
