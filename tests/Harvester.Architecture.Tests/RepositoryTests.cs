namespace Harvester.Architecture.Tests;

/// <summary>What must not be in the clone.</summary>
public class RepositoryTests
{
    private static readonly string[] TextFiles = [".cs", ".csproj", ".props", ".targets", ".md", ".yml", ".yaml", ".json", ".sln", ".editorconfig", ""];

    // Written in two halves, so that this file is not the one that is found.
    private static readonly string FeedFile = "nuget" + ".config";

    [Fact]
    public void No_file_is_or_names_a_feed_configuration()
    {
        var found = Repository.Files()
            .Where(path => Path.GetFileName(path).Equals(FeedFile, StringComparison.OrdinalIgnoreCase)
                || (TextFiles.Contains(Path.GetExtension(path)) && File.ReadAllText(path).Contains(FeedFile, StringComparison.OrdinalIgnoreCase)));

        Assert.Empty(found);
    }

    [Fact]
    public void No_source_file_is_longer_than_six_hundred_lines()
    {
        var found = Repository.Files("*.cs")
            .Select(path => (Path: Path.GetRelativePath(Repository.Root, path), Lines: File.ReadLines(path).Count()))
            .Where(file => file.Lines > 600);

        Assert.Empty(found);
    }

    [Fact]
    public void No_code_suppresses_a_rule_of_this_project()
    {
        var mark = "HARV";
        var found =
            from path in Repository.Files("*.cs")
            let folder = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/').Split('/')[0]
            where folder is "src" or "sample-controller"
            from line in File.ReadLines(path)
            where (line.Contains("#pragma warning disable", StringComparison.Ordinal) || line.Contains("SuppressMessage", StringComparison.Ordinal))
                && line.Contains(mark, StringComparison.Ordinal)
            select $"{path}: {line.Trim()}";

        Assert.Empty(found);
    }

    [Fact]
    public void Every_rule_has_a_page_and_every_page_a_rule()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "rules"), "HARV*.md")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal);
        var rules = System.Reflection.Assembly.Load("Harvester.Analyzers").GetTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer)))
            .SelectMany(type => ((Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer)Activator.CreateInstance(type)!).SupportedDiagnostics)
            .Select(descriptor => descriptor.Id)
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(rules, pages);
    }
}
