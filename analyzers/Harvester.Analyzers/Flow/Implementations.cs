using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Flow;

/// <summary>Which types of the compilation implement its interfaces and abstract classes; tests and their fakes do not count.</summary>
internal sealed class Implementations
{
    private readonly Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> byDeclaration = new(SymbolEqualityComparer.Default);

    public Implementations(KubernetesSymbols symbols)
    {
        var open = new Stack<INamespaceOrTypeSymbol>([symbols.Compilation.Assembly.GlobalNamespace]);
        while (open.Count > 0)
        {
            foreach (var member in open.Pop().GetMembers().OfType<INamespaceOrTypeSymbol>())
            {
                open.Push(member);
                if (member is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false } type && !symbols.IsTestCode(type))
                {
                    Add(type);
                }
            }
        }
    }

    /// <summary>The only body that a call of an abstract method can run; null if there are several, or none.</summary>
    public IMethodSymbol? OnlyOne(IMethodSymbol method, INamedTypeSymbol declaring)
    {
        if (!byDeclaration.TryGetValue(declaring.OriginalDefinition, out var types) || types.Count != 1)
        {
            return null;
        }

        var type = types[0];
        if (declaring.TypeKind == TypeKind.Interface)
        {
            var constructed = type.AllInterfaces.First(i => SymbolEqualityComparer.Default.Equals(i.OriginalDefinition, declaring.OriginalDefinition));
            var member = constructed.GetMembers(method.Name).FirstOrDefault(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, method));
            return member is null ? null : (type.FindImplementationForInterfaceMember(member) as IMethodSymbol)?.OriginalDefinition;
        }

        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var candidate in current.GetMembers(method.Name).OfType<IMethodSymbol>())
            {
                if (SymbolEqualityComparer.Default.Equals(candidate.OverriddenMethod?.OriginalDefinition, method))
                {
                    return candidate.OriginalDefinition;
                }
            }
        }

        return null;
    }

    private void Add(INamedTypeSymbol type)
    {
        foreach (var declared in type.AllInterfaces)
        {
            AddTo(declared.OriginalDefinition, type);
        }

        for (var current = type.BaseType; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            AddTo(current.OriginalDefinition, type);
        }
    }

    private void AddTo(INamedTypeSymbol declared, INamedTypeSymbol type)
    {
        if (!byDeclaration.TryGetValue(declared, out var known))
        {
            byDeclaration[declared] = known = [];
        }

        known.Add(type);
    }
}
