using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Flow.Objects;

/// <summary>What the type parameters of a body stand for where a call enters it: its method's, and those of the classes around it.</summary>
internal sealed class TypeArguments
{
    private readonly Dictionary<ITypeParameterSymbol, ITypeSymbol> known = new(SymbolEqualityComparer.Default);

    /// <param name="called">The method as the call names it.</param>
    /// <param name="entered">The method whose body runs: the same, or what implements it.</param>
    /// <param name="caller">The body that makes the call, whose own type parameters may be known.</param>
    public TypeArguments(IMethodSymbol called, IMethodSymbol entered, Frame caller)
    {
        // Spelled as a collection expression it would copy a span, and the package would need System.Memory.
        var named = called.ReducedFrom is { } reduced ? reduced.Construct(called.TypeArguments.ToArray()) : called;
        for (var i = 0; i < entered.TypeParameters.Length && i < named.TypeArguments.Length; i++)
        {
            Add(entered.TypeParameters[i], named.TypeArguments[i], caller);
        }

        var declared = entered.ContainingType;
        if (SymbolEqualityComparer.Default.Equals(named.ContainingType?.OriginalDefinition, declared?.OriginalDefinition))
        {
            for (var (open, closed) = (declared, named.ContainingType); open is not null && closed is not null; (open, closed) = (open.ContainingType, closed.ContainingType))
            {
                Match(open.TypeParameters, closed, caller);
            }
        }
        else if (declared is not null && named.ContainingType is { } abstraction)
        {
            var implemented = declared.AllInterfaces.Concat(BasesOf(declared)).FirstOrDefault(t => SymbolEqualityComparer.Default.Equals(t.OriginalDefinition, abstraction.OriginalDefinition));
            for (var i = 0; i < (implemented?.TypeArguments.Length ?? 0); i++)
            {
                if (implemented!.TypeArguments[i] is ITypeParameterSymbol parameter)
                {
                    Add(parameter, abstraction.TypeArguments[i], caller);
                }
            }
        }
    }

    public ITypeSymbol? Of(ITypeParameterSymbol parameter) => known.TryGetValue(parameter, out var type) ? type : null;

    private static IEnumerable<INamedTypeSymbol> BasesOf(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    private void Match(IReadOnlyList<ITypeParameterSymbol> parameters, INamedTypeSymbol closed, Frame caller)
    {
        for (var i = 0; i < parameters.Count && i < closed.TypeArguments.Length; i++)
        {
            Add(parameters[i], closed.TypeArguments[i], caller);
        }
    }

    private void Add(ITypeParameterSymbol parameter, ITypeSymbol argument, Frame caller)
    {
        var type = caller.TypeIn(argument);
        if (type is not null && !SymbolEqualityComparer.Default.Equals(type, parameter))
        {
            known[parameter] = type;
        }
    }
}
