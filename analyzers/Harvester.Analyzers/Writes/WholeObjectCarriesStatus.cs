using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Flow.Objects;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Writes;

/// <summary>
/// HARV1010. An object read from the server is sent back whole with the status it was read with. Where the kind has no status
/// subresource that status replaces the one stored, whatever another writer put there meanwhile.
/// </summary>
internal static class WholeObjectCarriesStatus
{
    public static Verdict? Judge(JudgedWrite write)
    {
        foreach (var (sent, whenSent) in write.Sent.Select(s => (s.Now, s.WhenSent)))
        {
            // A wrapper that changes the object itself sends its own change: that is judged in the wrapper.
            if (write.Write.ThroughWrapper && !sent.Has(Facts.AllParts) && whenSent.Has(Facts.AllParts))
            {
                continue;
            }

            if (!sent.Is(Origin.Read) || sent.Has(Touched.StatusNulled) || !(KubernetesSymbols.HasStatus(sent.Type) || MayHaveChangedStatus(sent, write)))
            {
                continue;
            }

            var (severity, consequence) = write.Status switch
            {
                StatusSubresource.Present => (DiagnosticSeverity.Info, "the server ignores that status, and takes every other field from this older copy"),
                StatusSubresource.Absent => (DiagnosticSeverity.Warning, "the server overwrites the stored status with it"),
                _ => (DiagnosticSeverity.Warning, "unless the kind has a status subresource the server overwrites the stored status with it"),
            };
            return new Verdict(Descriptors.WholeObjectCarriesStatus, severity, write.CallName, write.Subject, consequence, write.PatchName);
        }

        return null;
    }

    /// <summary>A framework hands an object of any kind to its users' code, and sends it back whole after that.</summary>
    private static bool MayHaveChangedStatus(Facts sent, JudgedWrite write) => write.HidesStatus(sent) && sent.Has(Touched.Escaped);
}
