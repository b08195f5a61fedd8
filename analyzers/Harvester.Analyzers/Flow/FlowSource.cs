using System.Collections.Concurrent;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow;

/// <summary>The control flow graphs of the methods of one compilation, each built once.</summary>
internal sealed class FlowSource(KubernetesSymbols symbols)
{
    private readonly ConcurrentDictionary<IMethodSymbol, ControlFlowGraph?> graphs = new(SymbolEqualityComparer.Default);

    public KubernetesSymbols Symbols { get; } = symbols;

    /// <summary>Null where the compilation has no body for the method.</summary>
    public ControlFlowGraph? GraphOf(IMethodSymbol method, CancellationToken cancellationToken)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        definition = definition.PartialImplementationPart ?? definition;
        if (graphs.TryGetValue(definition, out var known))
        {
            return known;
        }

        var graph = Build(definition, cancellationToken);
        return graphs.GetOrAdd(definition, graph);
    }

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

            switch (Symbols.Compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax, cancellationToken))
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
