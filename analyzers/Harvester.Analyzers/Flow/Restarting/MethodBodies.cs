using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>Every body of a compilation, and where its members get their values.</summary>
internal sealed class MethodBodies
{
    private readonly ConcurrentDictionary<ISymbol, IOperation> roots = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, ControlFlowGraph?> graphs = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, IMethodSymbol?> implementations = new(SymbolEqualityComparer.Default);
    private readonly Lazy<Sources> sources;

    public MethodBodies() => sources = new(() => new Sources(InSourceOrder()));

    public void Add(ISymbol owner, IEnumerable<IOperation> blocks)
    {
        foreach (var block in blocks)
        {
            var root = block;
            while (root.Parent is not null)
            {
                root = root.Parent;
            }

            if (root is IMethodBodyBaseOperation or IBlockOperation || owner is IFieldSymbol or IPropertySymbol)
            {
                roots[owner.OriginalDefinition] = root;
            }
        }
    }

    /// <summary>Bodies in the order of the sources, whatever order they were handed over in.</summary>
    public IEnumerable<(ISymbol Owner, IOperation Root)> InSourceOrder() => roots
        .Select(pair => (Owner: pair.Key, Root: pair.Value))
        .OrderBy(pair => pair.Root.Syntax.SyntaxTree.FilePath, StringComparer.Ordinal)
        .ThenBy(pair => pair.Root.Syntax.SpanStart);

    public IOperation? Root(IMethodSymbol method) => roots.TryGetValue(method.OriginalDefinition, out var root) ? root : null;

    public ControlFlowGraph? Graph(IMethodSymbol method) => graphs.GetOrAdd(method, symbol => roots.TryGetValue(symbol, out var root)
        ? root switch
        {
            IMethodBodyOperation body => ControlFlowGraph.Create(body),
            IConstructorBodyOperation body => ControlFlowGraph.Create(body),
            IBlockOperation { Parent: null } body => ControlFlowGraph.Create(body),
            _ => null,
        }
        : null);

    /// <summary>What runs to give a field or property its first value.</summary>
    public ControlFlowGraph? InitializerGraph(ISymbol member) => graphs.GetOrAdd(member.OriginalDefinition, symbol => roots.TryGetValue(symbol, out var root)
        ? root switch
        {
            IFieldInitializerOperation field => ControlFlowGraph.Create(field),
            IPropertyInitializerOperation property => ControlFlowGraph.Create(property),
            _ => null,
        }
        : null);

    /// <summary>The constant a property starts with, if it does.</summary>
    public object? InitialConstant(ISymbol member) => roots.TryGetValue(member.OriginalDefinition, out var root)
        && root is ISymbolInitializerOperation { Value.ConstantValue: { HasValue: true, Value: { } constant } } ? constant : null;

    /// <summary>The body a call runs: its own, or the only implementation of what it names.</summary>
    public IMethodSymbol? Target(IMethodSymbol called)
    {
        var method = (called.ReducedFrom ?? called).OriginalDefinition;
        if (roots.ContainsKey(method))
        {
            return method;
        }

        return method.IsAbstract || method.IsVirtual ? implementations.GetOrAdd(method, Implementation) : null;
    }

    public IReadOnlyList<(ISymbol Owner, IOperation Value)> ValuesOf(ISymbol member) => sources.Value.Of(member.OriginalDefinition);

    /// <summary>Creations of a type, each with the body it stands in.</summary>
    public IReadOnlyList<(ISymbol Owner, IOperation Value)> CreationsOf(ITypeSymbol type) => sources.Value.Creations(type.OriginalDefinition);

    private IMethodSymbol? Implementation(IMethodSymbol method)
    {
        IMethodSymbol? found = null;
        foreach (var candidate in roots.Keys.OfType<IMethodSymbol>().Where(m => m.Name == method.Name || m.ExplicitInterfaceImplementations.Length > 0))
        {
            var fits = method.ContainingType.TypeKind == TypeKind.Interface
                ? candidate.ContainingType.AllInterfaces
                    .Where(i => SymbolEqualityComparer.Default.Equals(i.OriginalDefinition, method.ContainingType))
                    .SelectMany(i => i.GetMembers(method.Name))
                    .Any(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, method)
                        && SymbolEqualityComparer.Default.Equals(candidate.ContainingType.FindImplementationForInterfaceMember(m)?.OriginalDefinition, candidate))
                : SymbolEqualityComparer.Default.Equals(candidate.OverriddenMethod?.OriginalDefinition, method);
            if (fits && found is not null)
            {
                return null;
            }

            found = fits ? candidate : found;
        }

        return found;
    }

    private sealed class Sources
    {
        private readonly Dictionary<ISymbol, List<(ISymbol, IOperation)>> values = new(SymbolEqualityComparer.Default);
        private readonly Dictionary<ISymbol, List<(ISymbol, IOperation)>> creations = new(SymbolEqualityComparer.Default);

        public Sources(IEnumerable<(ISymbol Owner, IOperation Root)> roots)
        {
            foreach (var (owner, root) in roots)
            {
                foreach (var operation in root.DescendantsAndSelf())
                {
                    Visit(owner, operation);
                }
            }
        }

        public IReadOnlyList<(ISymbol, IOperation)> Of(ISymbol member) => values.TryGetValue(member, out var found) ? found : [];

        public IReadOnlyList<(ISymbol, IOperation)> Creations(ISymbol type) => creations.TryGetValue(type, out var found) ? found : [];

        private void Visit(ISymbol owner, IOperation operation)
        {
            switch (operation)
            {
                case IAssignmentOperation { Target: IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } target } assignment:
                    Add(values, target.Member, owner, assignment.Value);
                    break;
                case IObjectCreationOperation { Constructor: { } constructor } creation when constructor.DeclaringSyntaxReferences.Length > 0 || constructor.ContainingType.DeclaringSyntaxReferences.Length > 0:
                    Add(creations, constructor.ContainingType, owner, creation);
                    foreach (var argument in creation.Arguments.Where(a => a.Parameter is not null))
                    {
                        Add(values, argument.Parameter!, owner, argument.Value);
                    }

                    break;
                case IFieldInitializerOperation initializer:
                    initializer.InitializedFields.ToList().ForEach(f => Add(values, f, owner, initializer.Value));
                    break;
                case IPropertyInitializerOperation initializer:
                    initializer.InitializedProperties.ToList().ForEach(p => Add(values, p, owner, initializer.Value));
                    break;
            }
        }

        private static void Add(Dictionary<ISymbol, List<(ISymbol, IOperation)>> map, ISymbol key, ISymbol owner, IOperation value)
        {
            if (!map.TryGetValue(key.OriginalDefinition, out var found))
            {
                map[key.OriginalDefinition] = found = [];
            }

            found.Add((owner, value));
        }
    }
}
