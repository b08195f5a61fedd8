using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Writes;

/// <summary>HARV1009. The server merges strategically only where it has the Go type of the kind; for a custom resource it answers 415.</summary>
internal static class StrategicMergeOfCustomKind
{
    public static Verdict? Judge(JudgedPatch patch) =>
        patch.Body.Kind == PatchBody.StrategicMerge && IsCustom(patch.Call)
            ? new Verdict(Descriptors.StrategicMergeOfCustomKind, DiagnosticSeverity.Error, patch.CallName, patch.Subject)
            : null;

    private static bool IsCustom(ClientCall call) => call.ObjectType switch
    {
        null or ITypeParameterSymbol => call.IsByGroupAndPlural,
        { TypeKind: TypeKind.Interface } => call.IsByGroupAndPlural,
        var type => !KubernetesSymbols.IsBuiltIn(type),
    };
}
