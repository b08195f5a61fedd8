using System.Collections.Concurrent;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow;

/// <summary>The control flow graphs of the methods of one compilation, each built once.</summary>
internal sealed class FlowSource(KubernetesSymbols symbols)
{
    private readonly ConcurrentDictionary<IMethodSymbol, ControlFlowGraph?> graphs = new(SymbolEqualityComparer.Default);

    private readonly Lazy<Implementations> implementations = new(() => new Implementations(symbols));

    public KubernetesSymbols Symbols { get; } = symbols;

    /// <summary>Null where the compilation has no body for the method.</summary>
    public ControlFlowGraph? GraphOf(IMethodSymbol method, CancellationToken cancellationToken)
    {
        var definition = TargetOf(method);
        if (graphs.TryGetValue(definition, out var known))
        {
            return known;
        }

        var graph = Build(definition, cancellationToken);
        return graphs.GetOrAdd(definition, graph);
    }

    /// <summary>The method whose body a call runs: its own, or that of the only implementation of what it names.</summary>
    public IMethodSymbol TargetOf(IMethodSymbol method)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        definition = definition.PartialImplementationPart ?? definition;
        return definition.IsAbstract && definition.ContainingType is { } declaring ? implementations.Value.OnlyOne(definition, declaring) ?? definition : definition;
    }

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

    private static IMethodSymbol? Owner(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        node.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>() is { } declaration ? model.GetDeclaredSymbol(declaration, cancellationToken) as IMethodSymbol : null;

    private ControlFlowGraph? Build(IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (method.IsAbstract || method.IsExtern || method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction)
        {
            return null;
        }

        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(cancellationToken);
            if (!Symbols.Compilation.ContainsSyntaxTree(syntax.SyntaxTree))
            {
                continue;
            }

            switch (Symbols.ModelOf(syntax.SyntaxTree).GetOperation(syntax, cancellationToken))
            {
                case IMethodBodyOperation body when body.BlockBody is not null || body.ExpressionBody is not null:
                    return ControlFlowGraph.Create(body, cancellationToken);
                case IConstructorBodyOperation body when body.BlockBody is not null || body.ExpressionBody is not null:
                    return ControlFlowGraph.Create(body, cancellationToken);
                case IBlockOperation { Parent: null } body:
                    return ControlFlowGraph.Create(body, cancellationToken);
            }
        }

        return null;
    }
}
