using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Flow.Objects;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Writes;

/// <summary>
/// HARV1003. An object built here, or read from a manifest, replaces the stored one, and on some path no resource version was given to
/// it. Custom resources answer 422; where the server takes it, nothing can stop it from wiping what others set.
/// </summary>
internal static class FreshObjectReplaces
{
    public static Verdict? Judge(JudgedWrite write)
    {
        if (write.Call.IsUpsert || !write.Sent.All(IsFreshWithoutVersion))
        {
            return null;
        }

        var custom = !KubernetesSymbols.IsBuiltIn(write.Objects[0].Type);
        var consequence = custom
            ? "the server answers 422 for a custom resource"
            : "where the server accepts it, every field other writers set is gone";
        return new Verdict(Descriptors.FreshObjectReplaces, DiagnosticSeverity.Warning, write.CallName, write.Subject, consequence);
    }

    private static bool IsFreshWithoutVersion(SentObject sent) =>
        sent.Now.Is(Origin.Fresh)
        && !sent.Now.Is(Origin.Read | Origin.Created | Origin.Unknown)
        && !sent.Now.IsJson
        && !sent.WhenSent.ResourceVersionSet
        && !sent.WhenSent.Has(Touched.Escaped | Touched.VersionIfKnown);
}
