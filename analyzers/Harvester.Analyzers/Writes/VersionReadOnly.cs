using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Flow.Objects;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Writes;

/// <summary>
/// HARV1011. The object sent has the resource version of another one that was read for nothing else. The version then only says that the
/// object exists: whatever others stored meanwhile is overwritten, and no conflict can tell.
/// </summary>
internal static class VersionReadOnly
{
    public static Verdict? Judge(JudgedWrite write)
    {
        foreach (var sent in write.Sent)
        {
            var version = write.Call.IsUpsert && sent.Now.Is(Origin.Fresh) && !sent.Now.Is(Origin.Read)
                ? "whatever resource version the server has"
                : IsReadForVersionOnly(sent) ? "the resource version of an object read only for that" : null;
            if (version is null || Severity(write, sent.Now) is not { } severity)
            {
                continue;
            }

            return new Verdict(Descriptors.VersionReadOnly, severity, write.CallName, write.Subject, version);
        }

        return null;
    }

    private static bool IsReadForVersionOnly(SentObject sent) =>
        sent.Now.VersionOf >= 0
        && sent.VersionSource is { } source
        && source.Is(Origin.ApiRead | Origin.ListItem)
        && !source.Has(Touched.Consulted | Touched.Escaped)
        && !sent.Now.Is(Origin.Copy);

    /// <summary>
    /// What a controller alone builds whole, without a status that could be lost, converges whoever wins; and where the server keeps the
    /// status, so does a freshly built child.
    /// </summary>
    private static DiagnosticSeverity? Severity(JudgedWrite write, Facts sent)
    {
        var built = sent.Is(Origin.Fresh) && !sent.Is(Origin.Read);
        var knowsKind = sent.Type is INamedTypeSymbol { TypeKind: not (TypeKind.Interface or TypeKind.Error) };
        if (!built || !(knowsKind || write.Call.IsUpsert))
        {
            return DiagnosticSeverity.Warning;
        }

        return KubernetesSymbols.HasStatus(sent.Type) && write.Status != StatusSubresource.Present ? DiagnosticSeverity.Warning : null;
    }
}
