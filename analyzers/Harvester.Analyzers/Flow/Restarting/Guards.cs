using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>What survives a lost status, and how well. Generations, other members of the status and memory do not count.</summary>
internal static class Guards
{
    private static readonly string[] LookUpWords =
    [
        "Get", "Find", "List", "Read", "Lookup", "LookUp", "TryGet", "TryFind", "Exists", "Has", "Is", "Check", "Query", "Search", "Fetch", "Load", "Resolve", "Describe", "Contains", "Count", "Any",
    ];

    /// <summary>Annotations, labels, finalizers and owners of an object.</summary>
    public static Value? IsDurableMetadata(this KubernetesSymbols symbols, ISymbol member) =>
        symbols.ObjectMeta is { } meta && SymbolEqualityComparer.Default.Equals(member.ContainingType, meta) ? Strength(member.Name) : null;

    /// <summary>The client's own accessors of the same.</summary>
    public static Value? IsDurableAccessor(IMethodSymbol method)
    {
        if (!method.IsExtensionMethod || Root(method.ContainingType) is not ("k8s" or "KubeOps" or "DotnetKubernetesClient" or "Neon"))
        {
            return null;
        }

        return method.Name switch
        {
            "GetAnnotation" or "Annotations" or "EnsureMetadataAnnotations" => Value.Durable(Restarting.Strength.Strong),
            "GetLabel" or "Labels" => Value.Durable(Restarting.Strength.Accepted),
            "HasFinalizer" or "Finalizers" => Value.Durable(Restarting.Strength.Accepted),
            "GetController" or "IsOwnedBy" or "FindOwnerReference" or "OwnerReferences" or "GetOwnerReference" => Value.Durable(Restarting.Strength.Accepted),
            _ => null,
        };
    }

    public static bool IsDeclared(IMethodSymbol method) =>
        method.GetAttributes().Concat(method.OriginalDefinition.GetAttributes()).Any(a => a.AttributeClass?.Name is "DurableGuardAttribute" or "DurableGuard");

    /// <summary>Whether a call without a body to look at asks the cluster, a cache of it, or another service for something.</summary>
    public static bool LooksUp(IInvocationOperation call, Frame frame)
    {
        var method = call.TargetMethod;
        if (!StartsLikeLookUp(method.Name) || InMemory(call.Instance?.Type ?? method.ContainingType))
        {
            return false;
        }

        var result = frame.Substitute(CallShape.Payload(method.ReturnType));
        var element = KubernetesSymbols.ElementOfList(result) ?? CallShape.ElementOfSequence(result) ?? result;
        if (frame.Reconciliation.IsReconciled(element))
        {
            return false;
        }

        var symbols = frame.Reconciliation.Symbols;
        return symbols.IsKubernetesObject(element)
            || method.Parameters.Any(p => p.RefKind == RefKind.Out && symbols.IsKubernetesObject(p.Type))
            || (Effects.IsService(call, frame) && IsTask(method.ReturnType));
    }

    public static bool StartsLikeLookUp(string name) =>
        LookUpWords.Any(word => name.StartsWith(word, StringComparison.Ordinal) && (name.Length == word.Length || !char.IsLower(name[word.Length])));

    internal static bool IsTask(ITypeSymbol type) => type.Name is "Task" or "ValueTask" or "IAsyncEnumerable";

    internal static string Root(ITypeSymbol? type)
    {
        var name = "";
        for (var ns = type?.ContainingNamespace; ns is { IsGlobalNamespace: false }; ns = ns.ContainingNamespace)
        {
            name = ns.Name;
        }

        return name;
    }

    private static bool InMemory(ITypeSymbol? type) => type?.ContainingNamespace?.ToDisplayString() is { } ns
        && (ns.StartsWith("System.Collections", StringComparison.Ordinal) || ns == "System.Linq" || ns.StartsWith("Microsoft.Extensions.Caching", StringComparison.Ordinal));

    private static Value? Strength(string member) => member switch
    {
        "Annotations" => Value.Durable(Restarting.Strength.Strong),
        "Labels" or "Finalizers" or "OwnerReferences" => Value.Durable(Restarting.Strength.Accepted),
        _ => null,
    };
}
