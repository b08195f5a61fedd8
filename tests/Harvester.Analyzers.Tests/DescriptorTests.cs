using System.Reflection;
using Harvester.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Tests;

/// <summary>Every rule has its row in the catalogue, and what is generated from the catalogue is up to date.</summary>
public class DescriptorTests
{
    public static TheoryData<string> Presets => ["None", "Default", "Recommended", "Strict"];

    [Fact]
    public void Every_rule_has_a_row()
    {
        var declared = typeof(Descriptors).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => ((DiagnosticDescriptor)f.GetValue(null)!).Id)
            .Order(StringComparer.Ordinal);
        Assert.Equal(declared, RuleCatalogue.Rows.Select(r => r.Id).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void The_preset_of_a_mode_is_made_of_the_catalogue(string mode) => GeneratedFile.Check(
        RuleCatalogue.PresetOf(Enum.Parse<AnalysisMode>(mode)),
        "analyzers", "Harvester.Analyzers.Package", "config", mode.ToLowerInvariant() + ".globalconfig");

    [Fact]
    public void The_release_file_lists_every_rule()
    {
        var rows = RuleCatalogue.Rows.OrderBy(r => r.Id, StringComparer.Ordinal)
            .Select(r => $"{r.Id} | {r.Descriptor.Category} | {r.Descriptor.DefaultSeverity} | [Documentation]({r.Descriptor.HelpLinkUri})\n");
        GeneratedFile.Check(
            "### New Rules\n\nRule ID | Category | Severity | Notes\n--------|----------|----------|-------\n" + string.Concat(rows),
            "analyzers", "Harvester.Analyzers", "AnalyzerReleases.Unshipped.md");
    }
}
