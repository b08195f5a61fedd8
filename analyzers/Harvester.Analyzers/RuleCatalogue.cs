using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers;

/// <summary>How often a finding of a rule is right, by what the rule has to know.</summary>
internal enum PrecisionClass
{
    /// <summary>The shape alone decides.</summary>
    Certain,

    /// <summary>Facts of the method and of what it calls decide, and the server's answer is known.</summary>
    High,

    /// <summary>The facts are certain, whether it matters is a matter of policy.</summary>
    Policy,

    /// <summary>Guards that the rules do not know are possible.</summary>
    Likely,
}

/// <summary>A rule's row: what its page, the presets and the severities of the modes are made of.</summary>
/// <param name="Descriptor">Id, title and the highest severity the rule has by itself.</param>
/// <param name="Lowest">The lowest severity it has by itself: some findings matter less than others.</param>
/// <param name="Precision">How often it is right.</param>
internal sealed record CatalogueRow(DiagnosticDescriptor Descriptor, DiagnosticSeverity Lowest, PrecisionClass Precision)
{
    /// <summary>What the code fix does; null if there is none.</summary>
    public string? Fix { get; init; }

    /// <summary>Strict makes it an error.</summary>
    public bool IsHeadline { get; init; }

    /// <summary>Recommended makes it a warning at least.</summary>
    public bool IsRecommended { get; init; } = true;

    public string Id => Descriptor.Id;

    /// <summary>The severity of a finding in a mode, given the one its rule says.</summary>
    public DiagnosticSeverity In(AnalysisMode mode, DiagnosticSeverity own)
    {
        var least = mode switch
        {
            AnalysisMode.Strict => IsHeadline ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
            AnalysisMode.Recommended when IsRecommended => DiagnosticSeverity.Warning,
            _ => own,
        };
        return own > least ? own : least;
    }
}

/// <summary>All rules. Whoever adds one adds its row here, and the tables, presets and tests follow.</summary>
internal static class RuleCatalogue
{
    public static readonly IReadOnlyList<CatalogueRow> Rows =
    [
        new(Descriptors.UnusableConfiguration, DiagnosticSeverity.Warning, PrecisionClass.Certain),
        new(Descriptors.StatusSentToMain, DiagnosticSeverity.Warning, PrecisionClass.High) { IsHeadline = true, Fix = "the status call; two calls where more was changed" },
        new(Descriptors.WholeObjectForMetadata, DiagnosticSeverity.Info, PrecisionClass.Policy) { IsHeadline = true, Fix = "merge patch; JSON patch for finalizers and owner references" },
        new(Descriptors.FreshObjectReplaces, DiagnosticSeverity.Warning, PrecisionClass.High),
        new(Descriptors.StatusStripped, DiagnosticSeverity.Info, PrecisionClass.High) { IsHeadline = true, Fix = "keep the status, send a merge patch" },
        new(Descriptors.StatusCallDropsChanges, DiagnosticSeverity.Info, PrecisionClass.High) { Fix = "the main call first" },
        new(Descriptors.MainPatchHasStatus, DiagnosticSeverity.Warning, PrecisionClass.Certain) { Fix = "the status call" },
        new(Descriptors.PatchOfWholeObject, DiagnosticSeverity.Warning, PrecisionClass.Likely) { IsRecommended = false },
        new(Descriptors.ApplyWithoutManager, DiagnosticSeverity.Warning, PrecisionClass.Certain) { Fix = "name a field manager; clear managedFields" },
        new(Descriptors.StrategicMergeOfCustomKind, DiagnosticSeverity.Error, PrecisionClass.Certain) { Fix = "merge patch" },
        new(Descriptors.WholeObjectCarriesStatus, DiagnosticSeverity.Info, PrecisionClass.Policy) { IsHeadline = true, Fix = "merge patch" },
        new(Descriptors.VersionReadOnly, DiagnosticSeverity.Warning, PrecisionClass.High),
        new(Descriptors.StartsOnMissingStatus, DiagnosticSeverity.Info, PrecisionClass.Likely) { IsHeadline = true },
        new(Descriptors.StartsOnEmptyMember, DiagnosticSeverity.Info, PrecisionClass.Likely) { IsHeadline = true },
        new(Descriptors.StartsOnAbsentCondition, DiagnosticSeverity.Info, PrecisionClass.Likely) { IsHeadline = true },
        new(Descriptors.StartsInSwitchArm, DiagnosticSeverity.Info, PrecisionClass.Likely) { IsHeadline = true },
        new(Descriptors.FactKeptInStatus, DiagnosticSeverity.Info, PrecisionClass.Likely) { IsRecommended = false },
    ];

    private static readonly ImmutableDictionary<string, CatalogueRow> ById = Rows.ToImmutableDictionary(r => r.Id);

    public static CatalogueRow Of(DiagnosticDescriptor rule) => ById[rule.Id];

    /// <summary>
    /// The preset of a mode. A rule that judges how severe a finding is gets no line that would make all its findings alike, except where
    /// the mode does.
    /// </summary>
    public static string PresetOf(AnalysisMode mode)
    {
        var text = new StringBuilder("# Generated from the catalogue of rules.\nis_global = true\nglobal_level = -100\n");
        foreach (var row in Rows)
        {
            if (LineIn(mode, row) is { } severity)
            {
                text.Append("\ndotnet_diagnostic.").Append(row.Id).Append(".severity = ").Append(severity);
            }
        }

        return text.Append(text[text.Length - 1] == '\n' ? "" : "\n").ToString();
    }

    private static string? LineIn(AnalysisMode mode, CatalogueRow row)
    {
        if (mode == AnalysisMode.None)
        {
            return "none";
        }

        var lowest = row.In(mode, row.Lowest);
        return lowest == row.In(mode, row.Descriptor.DefaultSeverity)
            ? lowest == DiagnosticSeverity.Info ? "suggestion" : lowest.ToString().ToLowerInvariant()
            : null;
    }
}
