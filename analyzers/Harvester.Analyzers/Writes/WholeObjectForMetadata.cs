using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Flow.Objects;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Writes;

/// <summary>
/// HARV1002. An object read from the server is sent back whole, and on every path nothing but its metadata was changed. What others
/// stored meanwhile, what this type does not know, and the status of a kind without a status subresource go the way of this copy.
/// </summary>
internal static class WholeObjectForMetadata
{
    public static Verdict? Judge(JudgedWrite write)
    {
        if (!write.Objects.Any(o => (o.Unsent & Touched.Metadata) != 0) || !write.Objects.All(o => IsReadWithOnlyMetadataChanged(o) && HasPartsToLose(o)))
        {
            return null;
        }

        var sent = write.Objects[0];
        var carriesStatus = KubernetesSymbols.HasStatus(sent.Type) && write.Status != StatusSubresource.Present;
        var severity = carriesStatus || IsReconciled(write, sent) ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info;
        return new Verdict(Descriptors.WholeObjectForMetadata, severity, write.CallName, write.Subject, write.PatchName);
    }

    private static bool IsReadWithOnlyMetadataChanged(Facts sent) =>
        sent.Is(Origin.Read)
        && !sent.Is(Origin.Fresh | Origin.Created | Origin.Unknown)
        && (sent.Unsent & ~Touched.Metadata) == 0
        && !sent.Has(Touched.StatusNulled | Touched.Escaped);

    /// <summary>A kind of plain data, without specification and status, has nothing that another writer would keep there.</summary>
    private static bool HasPartsToLose(Facts sent) =>
        sent.IsJson || sent.Type is not INamedTypeSymbol { TypeKind: not TypeKind.Interface } || KubernetesSymbols.HasStatus(sent.Type) || KubernetesSymbols.HasSpec(sent.Type);

    /// <summary>The object a reconciler was called for belongs to its user: others write it all the time.</summary>
    private static bool IsReconciled(JudgedWrite write, Facts sent) =>
        sent.Is(Origin.Parameter) && write.StandsInReconciler;
}
