using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Flow.Objects;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Writes;

/// <summary>
/// HARV1001. The status of an object that exists was changed on some path, and the object goes to the main resource. With a status
/// subresource the server drops the change. A status call that follows sends it after all, and where the kind is known to have no
/// status subresource there is no other way.
/// </summary>
internal static class StatusSentToMain
{
    public static Verdict? Judge(JudgedWrite write)
    {
        if (write.Status == StatusSubresource.Absent || write.StatusIsSentLater)
        {
            return null;
        }

        foreach (var sent in write.Objects)
        {
            if ((sent.Unsent & Touched.Status) == 0 || sent.Has(Touched.StatusNulled | Touched.HandedOut) || !sent.Is(Origin.Read | Origin.Created)
                || !(sent.IsJson || KubernetesSymbols.MayHaveStatus(sent.Type)))
            {
                continue;
            }

            var consequence = write.Status == StatusSubresource.Present
                ? "the server ignores it there"
                : "depending on the CRD the server ignores it, or overwrites the stored status with it";
            return new Verdict(Descriptors.StatusSentToMain, DiagnosticSeverity.Warning, write.CallName, write.Subject, consequence, $"call {write.StatusCallName} instead") { Touched = sent.May };
        }

        return null;
    }
}
