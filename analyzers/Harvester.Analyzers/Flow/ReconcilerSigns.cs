using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Flow;

/// <summary>What makes a method a reconciler by itself: its name, a mark, or the framework's type that it implements.</summary>
internal sealed class ReconcilerSigns(KubernetesSymbols symbols)
{
    private static readonly string[] Roles = ["Controller", "Handler", "Operator", "Watcher", "Worker", "Reconcil"];

    private static readonly string[] Removals = ["Delet", "Remov", "Finaliz"];

    public bool IsReconciler(IMethodSymbol method) =>
        !IsRemoval(method.Name)
        && (method.Name.Contains("Reconcile") || Marked(method) || Marked(method.ContainingType) || method.ContainingType.AllInterfaces.Any(Marked) || HandlesItsKind(method))
        && !symbols.IsTestCode(method);

    /// <summary>A framework calls it: it implements or overrides a member of a controller or handler that is generic in the custom kind it takes.</summary>
    private bool HandlesItsKind(IMethodSymbol method)
    {
        if (!CallShape.IsTask(method.ReturnType) || method.Parameters.Select(p => p.Type).FirstOrDefault(symbols.IsCustomKind) is not { } kind || !Implements(method))
        {
            return false;
        }

        var roles = new List<INamedTypeSymbol>(method.ContainingType.AllInterfaces);
        for (var type = method.ContainingType.BaseType; type is not null; type = type.BaseType)
        {
            roles.Add(type);
        }

        return roles.Any(r => Contains(r.Name, Roles) && !IsRemoval(r.Name) && r.TypeArguments.Any(a => SymbolEqualityComparer.Default.Equals(a, kind)));
    }

    private bool Marked(ISymbol symbol) => symbols.Declarations.IsReconciler(symbol) || symbol.GetAttributes().Any(a => a.AttributeClass?.Name is "ReconcilerAttribute" or "Reconciler");

    /// <summary>Whether callers that the compilation does not show may call it.</summary>
    public static bool Implements(IMethodSymbol method) => method.IsOverride || method.ContainingType.AllInterfaces
        .SelectMany(i => i.GetMembers())
        .Any(m => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(m), method));

    /// <summary>What takes an object away does not start its work.</summary>
    public static bool IsRemoval(string name) => Contains(name, Removals);

    public static bool Contains(string name, string[] words) => words.Any(word => name.IndexOf(word, StringComparison.Ordinal) >= 0);
}
