using System.Collections.Concurrent;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow;

/// <summary>
/// The bodies of one compilation, whichever pass asks: each control flow graph is built once. What the driver did not hand over yet is
/// bound from its syntax.
/// </summary>
internal sealed class MethodBodies
{
    private readonly ConcurrentDictionary<ISymbol, ControlFlowGraph?> graphs = new(SymbolEqualityComparer.Default);

    private readonly Lazy<Implementations> implementations;

    private readonly Lazy<CalledNames> called;

    public MethodBodies(KubernetesSymbols symbols)
    {
        Symbols = symbols;
        implementations = new(() => new Implementations(symbols));
        called = new(() => new CalledNames(this));
    }

    public KubernetesSymbols Symbols { get; }

    /// <summary>Takes over a graph that was built already.</summary>
    public void Keep(IMethodSymbol method, ControlFlowGraph graph) => graphs.TryAdd(Definition(method), graph);

    /// <summary>Null where the compilation has no body for the method.</summary>
    public ControlFlowGraph? GraphOf(IMethodSymbol method, CancellationToken cancellationToken)
    {
        var target = TargetOf(method);
        if (graphs.TryGetValue(target, out var known))
        {
            return known;
        }

        var graph = target.IsAbstract || target.IsExtern || target.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction
            ? null
            : GraphOf(RootOf(target, cancellationToken), cancellationToken);
        return graphs.GetOrAdd(target, graph);
    }

    /// <summary>What runs to give a field or property its first value; null if nothing does.</summary>
    public ControlFlowGraph? InitializerGraphOf(ISymbol member, CancellationToken cancellationToken) =>
        graphs.GetOrAdd(member.OriginalDefinition, m => GraphOf(InitializerOf(m, cancellationToken), cancellationToken));

    /// <summary>The constant a field or property starts with, if it does.</summary>
    public object? InitialConstantOf(ISymbol member, CancellationToken cancellationToken) =>
        InitializerOf(member, cancellationToken)?.Value.ConstantValue is { HasValue: true, Value: { } constant } ? constant : null;

    /// <summary>The method whose body a call runs: its own, or that of the only implementation of what it names.</summary>
    public IMethodSymbol TargetOf(IMethodSymbol method)
    {
        var definition = Definition(method);
        return definition.IsAbstract && definition.ContainingType is { } declaring ? implementations.Value.OnlyOne(definition, declaring) ?? definition : definition;
    }

    /// <summary>The same, if the compilation has its body.</summary>
    public IMethodSymbol? BodyOf(IMethodSymbol method, CancellationToken cancellationToken) =>
        GraphOf(method, cancellationToken) is null ? null : TargetOf(method);

    /// <summary>The calls of a private method, which stand in its own type; a use of it as a delegate is a call nobody sees, and then there are none.</summary>
    public IReadOnlyList<(IMethodSymbol Caller, InvocationExpressionSyntax Call)> CallsOf(IMethodSymbol method, CancellationToken cancellationToken)
    {
        var found = new List<(IMethodSymbol, InvocationExpressionSyntax)>();
        foreach (var reference in method.ContainingType.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax(cancellationToken);
            var model = Symbols.ModelOf(declaration.SyntaxTree);
            foreach (var name in declaration.DescendantNodes().OfType<SimpleNameSyntax>().Where(n => n.Identifier.ValueText == method.Name))
            {
                var expression = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? (ExpressionSyntax)access : name;
                if (!SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellationToken).Symbol?.OriginalDefinition, method.OriginalDefinition))
                {
                    continue;
                }

                if (expression.Parent is not InvocationExpressionSyntax call || Owner(call, model, cancellationToken) is not { } caller)
                {
                    return [];
                }

                found.Add((caller, call));
            }
        }

        return found;
    }

    /// <summary>Whether the compilation calls a method so that it is known to be run: itself, or as the only implementation of what is called.</summary>
    public bool IsCalled(IMethodSymbol method, CancellationToken cancellationToken) => called.Value.Any(method, cancellationToken);

    /// <summary>The body of a method as the compiler bound it; null if the compilation has none.</summary>
    public IOperation? RootOf(IMethodSymbol method, CancellationToken cancellationToken)
    {
        foreach (var reference in Definition(method).DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(cancellationToken);
            if (Symbols.Compilation.ContainsSyntaxTree(syntax.SyntaxTree)
                && Symbols.ModelOf(syntax.SyntaxTree).GetOperation(syntax, cancellationToken) is { Parent: null } root
                && root is IMethodBodyBaseOperation { BlockBody: not null } or IMethodBodyBaseOperation { ExpressionBody: not null } or IBlockOperation)
            {
                return root;
            }
        }

        return null;
    }

    private static IMethodSymbol Definition(IMethodSymbol method)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return definition.PartialImplementationPart ?? definition;
    }

    private static IMethodSymbol? Owner(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        node.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>() is { } declaration ? model.GetDeclaredSymbol(declaration, cancellationToken) as IMethodSymbol : null;

    private static ControlFlowGraph? GraphOf(IOperation? root, CancellationToken cancellationToken) => root switch
    {
        IMethodBodyOperation body => ControlFlowGraph.Create(body, cancellationToken),
        IConstructorBodyOperation body => ControlFlowGraph.Create(body, cancellationToken),
        IBlockOperation body => ControlFlowGraph.Create(body, cancellationToken),
        IFieldInitializerOperation field => ControlFlowGraph.Create(field, cancellationToken),
        IPropertyInitializerOperation property => ControlFlowGraph.Create(property, cancellationToken),
        _ => null,
    };

    private ISymbolInitializerOperation? InitializerOf(ISymbol member, CancellationToken cancellationToken)
    {
        foreach (var reference in member.OriginalDefinition.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(cancellationToken);
            var value = syntax switch
            {
                VariableDeclaratorSyntax field => field.Initializer,
                PropertyDeclarationSyntax property => property.Initializer,
                _ => null,
            };
            if (value is not null && Symbols.Compilation.ContainsSyntaxTree(syntax.SyntaxTree))
            {
                return Symbols.ModelOf(syntax.SyntaxTree).GetOperation(value, cancellationToken) as ISymbolInitializerOperation;
            }
        }

        return null;
    }
}
