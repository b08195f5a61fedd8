using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Flow.Objects;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Writes;

/// <summary>
/// HARV1005. An object goes to <c>/status</c> with a changed spec, or a custom resource with changed metadata, and no write of the main
/// resource takes them. The server ignores them without an error.
/// </summary>
internal static class StatusCallDropsChanges
{
    public static Verdict? Judge(JudgedWrite write)
    {
        foreach (var sent in write.Sent)
        {
            if (!sent.Now.Is(Origin.Read | Origin.Created) || sent.Now.Has(Touched.Escaped) || write.MainFollows(sent))
            {
                continue;
            }

            var builtIn = KubernetesSymbols.IsBuiltIn(sent.Now.Type);
            if ((sent.Now.Unsent & Touched.Spec) != 0)
            {
                return Verdict((sent.Now.Unsent & Touched.Metadata) != 0 ? "spec and metadata" : "spec", DiagnosticSeverity.Warning);
            }

            if ((sent.Now.Unsent & Touched.Metadata) != 0)
            {
                return Verdict("metadata", builtIn ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning);
            }
        }

        return null;

        Verdict Verdict(string parts, DiagnosticSeverity severity) =>
            new(Descriptors.StatusCallDropsChanges, severity, write.CallName, write.Subject, parts, write.MainCallName);
    }
}
