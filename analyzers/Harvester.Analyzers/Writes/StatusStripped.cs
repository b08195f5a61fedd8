using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Flow.Objects;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Writes;

/// <summary>
/// HARV1004. The status an object was read with is removed (set to null, or taken out of its JSON) and the object is sent whole. Where
/// the kind has no status subresource the server removes the stored status.
/// </summary>
internal static class StatusStripped
{
    public static Verdict? Judge(JudgedWrite write)
    {
        foreach (var sent in write.Objects)
        {
            if (!sent.Has(Touched.StatusNulled) || !sent.Is(Origin.Read))
            {
                continue;
            }

            // A status that nobody could have read cannot be lost.
            if (!sent.IsJson && !KubernetesSymbols.MayHaveStatus(sent.Type))
            {
                continue;
            }

            var (severity, consequence) = write.Status switch
            {
                StatusSubresource.Present => (DiagnosticSeverity.Info, "the server keeps the status of this kind, so removing it has no effect"),
                StatusSubresource.Absent => (DiagnosticSeverity.Warning, "the server removes the stored status"),
                _ => (DiagnosticSeverity.Warning, "unless the kind has a status subresource the server removes the stored status, and controllers take the object for new"),
            };
            return new Verdict(Descriptors.StatusStripped, severity, write.CallName, write.Subject, consequence);
        }

        return null;
    }
}
