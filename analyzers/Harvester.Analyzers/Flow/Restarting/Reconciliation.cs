using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>One kind's reconciliation: which objects it is about, and the methods it runs, each read once for the arguments it gets.</summary>
internal sealed class Reconciliation(MethodBodies bodies, MemberValues values, ITypeSymbol kind, CancellationToken cancellation)
{
    /// <summary>How deep calls are followed.</summary>
    public const int Depth = 4;

    private readonly Dictionary<string, Activation?> activations = new(StringComparer.Ordinal);
    private readonly Dictionary<ISymbol, int> numbers = new(SymbolEqualityComparer.Default);
    private readonly string? plural = PluralOf(kind);

    public KubernetesSymbols Symbols => bodies.Symbols;

    /// <summary>The method whose body a call runs; null if the compilation has none.</summary>
    public IMethodSymbol? BodyOf(IMethodSymbol called) => bodies.BodyOf(called, cancellation);

    /// <summary>The constant a member starts with; null if it does not.</summary>
    public object? InitialConstantOf(ISymbol member) => bodies.InitialConstantOf(member, cancellation);

    /// <summary>What a member or parameter is given, each with the body it stands in.</summary>
    public IReadOnlyList<(ISymbol Owner, IOperation Value)> ValuesOf(ISymbol symbol) => [.. values.Of(symbol, cancellation)];

    /// <summary>Creations of a type, each with the body it stands in.</summary>
    public IEnumerable<(ISymbol Owner, IObjectCreationOperation Creation)> CreationsOf(ITypeSymbol type)
    {
        foreach (var (owner, value) in values.Of(type, cancellation))
        {
            if (value is IObjectCreationOperation creation)
            {
                yield return (owner, creation);
            }
        }
    }

    public ITypeSymbol Kind => kind;

    public CancellationToken Cancellation => cancellation;

    /// <summary>How many values are being read to read the one asked for.</summary>
    public int Nesting { get; set; }

    /// <summary>Status members that get a constant while they are missing, by name.</summary>
    public Dictionary<string, List<Stand>> Stands { get; init; } = new(StringComparer.Ordinal);

    public ITypeSymbol? StatusType { get; } = KubernetesSymbols.StatusMember(kind)?.Type.WithNullableAnnotation(NullableAnnotation.None);

    public bool IsReconciled(ITypeSymbol? type) => type is not null && SymbolEqualityComparer.Default.Equals(type, kind);

    /// <summary>A call that knows its object by plural only: is it of the reconciled kind? Null if the plural is not known.</summary>
    public bool? IsReconciledPlural(IOperation? pluralArgument) =>
        pluralArgument?.ConstantValue is { HasValue: true, Value: string text } && plural is not null ? text == plural : null;

    public Activation? ActivationOf(IMethodSymbol called, Activation? caller, IReadOnlyDictionary<IParameterSymbol, Meaning> arguments, Meaning self)
    {
        cancellation.ThrowIfCancellationRequested();
        if ((caller?.Depth ?? -1) >= Depth || BodyOf(called) is not { } body)
        {
            return null;
        }

        if (!numbers.TryGetValue(body, out var number))
        {
            numbers[body] = number = numbers.Count;
        }

        var types = TypeArguments(called, body, caller);
        var key = number + "|" + self.Key + "|" + string.Join("|", body.Parameters.Select(p => arguments.TryGetValue(p, out var value) ? value.Key : "-"))
            + "|" + string.Join("|", types.Values.Select(t => t.ToDisplayString()));
        if (!activations.TryGetValue(key, out var activation))
        {
            activations[key] = null;
            activations[key] = activation = bodies.GraphOf(body, cancellation) is { } graph
                ? new Activation(this, body, graph, parent: null, (caller?.Depth ?? -1) + 1) { Key = key, Arguments = arguments, Self = self, Types = types }
                : null;
        }

        return activation;
    }

    /// <summary>The method as such, without a caller.</summary>
    public Activation? ActivationOf(IMethodSymbol method) => ActivationOf(method, caller: null, new Dictionary<IParameterSymbol, Meaning>(SymbolEqualityComparer.Default), Meaning.Unknown);

    /// <summary>What runs to give a field or property its first value.</summary>
    public Activation? ActivationOfInitializer(ISymbol member)
    {
        var key = "=" + member.ToDisplayString();
        if (!activations.TryGetValue(key, out var activation))
        {
            activations[key] = activation = bodies.InitializerGraphOf(member, cancellation) is { } graph && member.ContainingType.StaticConstructors.Concat(member.ContainingType.InstanceConstructors).FirstOrDefault() is { } method
                ? new Activation(this, method, graph, parent: null, depth: 0) { Key = key }
                : null;
        }

        return activation;
    }

    private static Dictionary<ITypeParameterSymbol, ITypeSymbol> TypeArguments(IMethodSymbol called, IMethodSymbol body, Activation? caller)
    {
        var types = new Dictionary<ITypeParameterSymbol, ITypeSymbol>(SymbolEqualityComparer.Default);
        if (called.TypeArguments.Length == body.TypeParameters.Length)
        {
            for (var i = 0; i < body.TypeParameters.Length; i++)
            {
                types[body.TypeParameters[i]] = Substitute(called.TypeArguments[i], caller);
            }
        }

        if (called.ContainingType is { } type && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, body.ContainingType?.OriginalDefinition))
        {
            for (var i = 0; i < type.TypeArguments.Length; i++)
            {
                types[type.OriginalDefinition.TypeParameters[i]] = Substitute(type.TypeArguments[i], caller);
            }
        }

        return types;
    }

    private static ITypeSymbol Substitute(ITypeSymbol type, Activation? caller) => caller?.Substitute(type) ?? type;

    private static string? PluralOf(ITypeSymbol kind)
    {
        foreach (var attribute in kind.GetAttributes().Where(a => a.AttributeClass?.Name == "KubernetesEntityAttribute"))
        {
            foreach (var argument in attribute.NamedArguments.Where(a => a.Key == "PluralName"))
            {
                return argument.Value.Value as string;
            }
        }

        return null;
    }
}
