using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Tests;

/// <summary>Every rule has its page, its rows and its place in the presets.</summary>
public class DescriptorTests
{
    public static TheoryData<string> Ids =>
        [.. typeof(Descriptors).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((DiagnosticDescriptor)f.GetValue(null)!).Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_is_written_down_everywhere(string id)
    {
        var root = RepositoryRoot.Folder;
        Assert.StartsWith($"# {id}", File.ReadAllText(Path.Combine(root, "docs", "rules", id + ".md")));
        Assert.Contains($"[{id}]({id}.md)", File.ReadAllText(Path.Combine(root, "docs", "rules", "README.md")));
        Assert.Contains($"{id} |", File.ReadAllText(Path.Combine(root, "analyzers", "Harvester.Analyzers", "AnalyzerReleases.Unshipped.md")));
        foreach (var preset in new[] { "none", "recommended", "strict" })
        {
            Assert.Contains(
                $"dotnet_diagnostic.{id}.severity = ",
                File.ReadAllText(Path.Combine(root, "analyzers", "Harvester.Analyzers.Package", "config", preset + ".globalconfig")));
        }
    }
}
