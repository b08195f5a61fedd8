using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.Flow;

/// <summary>Where the compilation calls what, by name: one pass over its syntax, and only for who asks.</summary>
internal sealed class CalledNames
{
    // A name that many types have is bound so often at most: who is not found among these counts as not called.
    private const int MaxBound = 64;

    private readonly MethodBodies bodies;
    private readonly Dictionary<string, List<SimpleNameSyntax>> calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<IMethodSymbol, bool> answers = new(SymbolEqualityComparer.Default);

    public CalledNames(MethodBodies bodies)
    {
        this.bodies = bodies;
        foreach (var tree in bodies.Symbols.Compilation.SyntaxTrees)
        {
            foreach (var call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (NameOf(call.Expression) is { } name)
                {
                    if (!calls.TryGetValue(name.Identifier.ValueText, out var known))
                    {
                        calls.Add(name.Identifier.ValueText, known = []);
                    }

                    known.Add(name);
                }
            }
        }
    }

    /// <summary>Whether any of the calls runs the method: names it, or what only it implements.</summary>
    public bool Any(IMethodSymbol method, CancellationToken cancellationToken) =>
        answers.GetOrAdd(method.OriginalDefinition, m => calls.TryGetValue(NameOf(m), out var known) && known.Take(MaxBound).Any(name => Means(name, m, cancellationToken)));

    private static string NameOf(IMethodSymbol method) => method.ExplicitInterfaceImplementations.FirstOrDefault()?.Name ?? method.Name;

    private static SimpleNameSyntax? NameOf(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };

    private bool Means(SimpleNameSyntax name, IMethodSymbol method, CancellationToken cancellationToken)
    {
        var info = bodies.Symbols.ModelOf(name.SyntaxTree).GetSymbolInfo(name, cancellationToken);
        return (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is IMethodSymbol called && SymbolEqualityComparer.Default.Equals(bodies.TargetOf(called), method);
    }
}
