using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>What survives a lost status, and how well. Generations, other members of the status and memory do not count.</summary>
internal static class Guards
{
    // A call of such a name, or a flag of it, is true where there is something.
    private static readonly string[] FoundWords = ["TryGet", "TryFind", "TryRead", "Exists", "Has", "Contains", "Any", "Found", "Success", "IsSuccess", "IsFound"];

    private static readonly string[] LookUpWords =
    [
        "Get", "Find", "List", "Read", "Lookup", "LookUp", "TryGet", "TryFind", "Exists", "Has", "Is", "Check", "Query", "Search", "Fetch", "Load", "Resolve", "Describe", "Contains", "Count", "Any",
    ];

    /// <summary>Annotations, labels, finalizers and owners of an object.</summary>
    public static Meaning? IsDurableMetadata(this KubernetesSymbols symbols, ISymbol member) =>
        symbols.ObjectMeta is { } meta && SymbolEqualityComparer.Default.Equals(member.ContainingType, meta) ? Strength(member.Name) : null;

    /// <summary>The client's own accessors of the same.</summary>
    public static Meaning? IsDurableAccessor(IMethodSymbol method)
    {
        if (!method.IsExtensionMethod || KubernetesSymbols.RootNamespace(method.ContainingType) is not ("k8s" or "KubeOps" or "DotnetKubernetesClient" or "Neon"))
        {
            return null;
        }

        return method.Name switch
        {
            "GetAnnotation" or "Annotations" or "EnsureMetadataAnnotations" => Meaning.Durable(Restarting.Strength.Strong),
            "GetLabel" or "Labels" => Meaning.Durable(Restarting.Strength.Accepted),
            "HasFinalizer" or "Finalizers" => Meaning.Durable(Restarting.Strength.Accepted),
            "GetController" or "IsOwnedBy" or "FindOwnerReference" or "OwnerReferences" or "GetOwnerReference" => Meaning.Durable(Restarting.Strength.Accepted),
            _ => null,
        };
    }

    /// <summary>What an object that was looked up carries is evidence as the object itself is.</summary>
    public static Meaning? OfChild(IOperation? instance, Activation activation) =>
        instance is not null && activation.Read(instance) is { Kind: MeaningKind.Durable } child ? Emptiness.Derived(child) : null;

    /// <summary>When the deletion of the reconciled object was asked for: from then on nothing is started for it.</summary>
    public static bool IsDeletionTime(IMemberReferenceOperation reference, Activation activation) =>
        reference.Member.Name == "DeletionTimestamp"
        && SymbolEqualityComparer.Default.Equals(reference.Member.ContainingType, activation.Reconciliation.Symbols.ObjectMeta)
        && reference.Instance is { } metadata && activation.Behind(metadata) is IMemberReferenceOperation { Instance: { } owner } && activation.Read(owner).Kind == MeaningKind.Reconciled;

    public static bool IsDeletionAccessor(IInvocationOperation call, Activation activation) =>
        call.TargetMethod is { IsExtensionMethod: true, Name: "DeletionTimestamp" } && CallMeaning.Subject(call) is { } owner && activation.Read(owner).Kind == MeaningKind.Reconciled;

    public static bool IsDeclared(IMethodSymbol method) =>
        method.GetAttributes().Concat(method.OriginalDefinition.GetAttributes()).Any(a => a.AttributeClass?.Name is "DurableGuardAttribute" or "DurableGuard");

    /// <summary>Whether a call without a body to look at asks the cluster, a cache of it, or another service for something.</summary>
    public static bool LooksUp(IInvocationOperation call, Activation activation)
    {
        var method = call.TargetMethod;
        if (!StartsLikeLookUp(method.Name) || InMemory(call.Instance?.Type ?? method.ContainingType))
        {
            return false;
        }

        var result = activation.Substitute(CallShape.Payload(method.ReturnType));
        var element = KubernetesSymbols.ElementOfList(result) ?? CallShape.ElementOfSequence(result) ?? result;
        if (activation.Reconciliation.IsReconciled(element))
        {
            return false;
        }

        var symbols = activation.Reconciliation.Symbols;
        return symbols.IsKubernetesObject(element)
            || method.Parameters.Any(p => p.RefKind == RefKind.Out && symbols.IsKubernetesObject(p.Type))
            || (Effects.IsService(call, activation) && CallShape.IsTask(method.ReturnType));
    }

    public static bool StartsLikeLookUp(string name) => Words.BeginsWith(name, LookUpWords);

    public static bool SaysFound(string name) => Words.BeginsWith(name, FoundWords);

    private static bool InMemory(ITypeSymbol? type) => type?.ContainingNamespace?.ToDisplayString() is { } ns
        && (ns.StartsWith("System.Collections", StringComparison.Ordinal) || ns == "System.Linq" || ns.StartsWith("Microsoft.Extensions.Caching", StringComparison.Ordinal));

    private static Meaning? Strength(string member) => member switch
    {
        "Annotations" => Meaning.Durable(Restarting.Strength.Strong),
        "Labels" or "Finalizers" or "OwnerReferences" => Meaning.Durable(Restarting.Strength.Accepted),
        _ => null,
    };
}
