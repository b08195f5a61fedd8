using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Flow.Objects;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Writes;

/// <summary>
/// HARV1007. A merge patch is made of a whole object that was read: it sends every field back as it was then, resourceVersion and
/// managedFields too, and replaces lists whole. It is a PUT in disguise.
/// </summary>
internal static class PatchOfWholeObject
{
    public static Verdict? Judge(JudgedPatch patch, Write write)
    {
        if (patch.Body.Kind is not (PatchBody.Merge or PatchBody.StrategicMerge) || write.ThroughWrapper)
        {
            return null;
        }

        foreach (var sent in write.Objects)
        {
            if (sent.Now.Is(Origin.Read) && IsTheObject(patch, sent.Now) && sent.Now.Type?.Name != "V1Scale")
            {
                var text = patch.Body.Given.Syntax.ToString();
                var subject = text.Length <= 40 && !text.Contains('\n') ? text : sent.Now.Type?.Name ?? "an object";
                return new Verdict(Descriptors.PatchOfWholeObject, DiagnosticSeverity.Warning, patch.CallName, subject);
            }
        }

        return null;
    }

    /// <summary>The typed object, or the very text of one: a text made of two documents is a difference.</summary>
    private static bool IsTheObject(JudgedPatch patch, Facts sent) =>
        !sent.IsJson || (sent.Type is not null && SymbolEqualityComparer.Default.Equals(patch.Body.Content.Type, sent.Type));
}
