using System.Collections.Concurrent;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow;

/// <summary>
/// Where the fields, properties and constructor parameters of a compilation get their values, and where its types are created. Places are
/// kept as syntax: bound bodies of a whole compilation would be too much to hold.
/// </summary>
internal sealed class MemberValues(KubernetesSymbols symbols)
{
    private readonly ConcurrentDictionary<ISymbol, List<(ISymbol Owner, SyntaxNode Syntax)>> places = new(SymbolEqualityComparer.Default);

    /// <summary>Learns from one operation of a body.</summary>
    public void Learn(ISymbol owner, IOperation operation)
    {
        switch (operation)
        {
            case IAssignmentOperation { Target: IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } target } assignment:
                Add(target.Member, owner, assignment.Value);
                break;
            case IObjectCreationOperation { Constructor: { } constructor } creation when IsOwn(constructor.ContainingType):
                Add(constructor.ContainingType, owner, creation);
                foreach (var argument in creation.Arguments)
                {
                    if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter })
                    {
                        Add(parameter, owner, argument.Value);
                    }
                }

                break;
            case IFieldInitializerOperation initializer:
                foreach (var field in initializer.InitializedFields)
                {
                    Add(field, owner, initializer.Value);
                }

                break;
            case IPropertyInitializerOperation initializer:
                foreach (var property in initializer.InitializedProperties)
                {
                    Add(property, owner, initializer.Value);
                }

                break;
        }
    }

    /// <summary>What a member or parameter is given, or the creations of a type, in the order of the sources; each with the body it stands in.</summary>
    public IEnumerable<(ISymbol Owner, IOperation Value)> Of(ISymbol symbol, CancellationToken cancellationToken)
    {
        if (!places.TryGetValue(symbol.OriginalDefinition, out var found))
        {
            yield break;
        }

        foreach (var (owner, syntax) in found.OrderBy(f => f.Syntax.SyntaxTree.FilePath, StringComparer.Ordinal).ThenBy(f => f.Syntax.SpanStart))
        {
            if (symbols.ModelOf(syntax.SyntaxTree).GetOperation(syntax, cancellationToken) is { } value)
            {
                yield return (owner, value);
            }
        }
    }

    private bool IsOwn(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, symbols.Compilation.Assembly);

    private void Add(ISymbol key, ISymbol owner, IOperation value)
    {
        if (IsOwn(key))
        {
            var found = places.GetOrAdd(key.OriginalDefinition, _ => []);
            lock (found)
            {
                found.Add((owner, value.Syntax));
            }
        }
    }
}
