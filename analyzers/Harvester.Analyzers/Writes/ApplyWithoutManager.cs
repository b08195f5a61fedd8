using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Flow.Objects;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Writes;

/// <summary>
/// HARV1008. Server-side apply has to say who applies: without a field manager the server answers 422. And it takes no managedFields:
/// an object that was read has them.
/// </summary>
internal static class ApplyWithoutManager
{
    public static Verdict? Judge(JudgedPatch patch)
    {
        if (patch.Body.Kind != PatchBody.Apply)
        {
            return null;
        }

        if (patch.Call.Method.Parameters.All(p => p.Name != "fieldManager"))
        {
            return Refused("applies, and cannot say who does: it has no field manager, and the server answers 422; use the typed client, or a merge patch");
        }

        return patch.Call.FieldManagerArgument is null or { IsDefault: true }
            || patch.Call.FieldManagerArgument.Value.ConstantValue is { HasValue: true, Value: null or "" }
            ? Refused("applies without a field manager: the server answers 422; name one with fieldManager")
            : null;

        Verdict Refused(string why) => new(Descriptors.ApplyWithoutManager, DiagnosticSeverity.Error, patch.CallName, why) { About = "fieldManager" };
    }

    /// <summary>
    /// An apply that does not force stops at the first field another manager owns. Whether it should is the author's choice: only Strict asks.
    /// </summary>
    public static Verdict? JudgeForce(JudgedPatch patch) =>
        patch.Body.Kind == PatchBody.Apply
        && patch.Call.ForceArgument is { IsDefault: true }
            ? new Verdict(
                Descriptors.ApplyWithoutManager,
                DiagnosticSeverity.Info,
                patch.CallName,
                "applies without saying whether to force: where another manager owns one of the fields the server answers 409 and changes nothing; pass force, true for a controller that owns what it applies")
            { About = "force" }
            : null;

    /// <summary>What is applied was read from the server, and its managed fields were not removed.</summary>
    public static Verdict? Judge(JudgedPatch patch, Write write) =>
        patch.Body.Kind == PatchBody.Apply
        && write.Objects.Any(o => o.Now.Is(Origin.ApiRead | Origin.ListItem | Origin.WatchItem) && !o.Now.IsJson && !o.Now.Has(Touched.ManagedFieldsCleared | Touched.Escaped))
            ? new Verdict(
                Descriptors.ApplyWithoutManager,
                DiagnosticSeverity.Warning,
                write.SiteMethod.Name,
                "applies an object that was read, with its managedFields: the server answers 400; set Metadata.ManagedFields to null, or apply only what is yours")
            { About = "managedFields" }
            : null;
}
