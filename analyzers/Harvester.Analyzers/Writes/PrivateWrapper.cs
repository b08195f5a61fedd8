using Harvester.Analyzers.Flow;
using Harvester.Analyzers.Flow.Objects;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.Writes;

/// <summary>
/// A PUT in a private method that sends its parameter as it is: all calls of the method are known. Where every one of them brings an
/// object of which only the metadata was changed, the PUT itself is the one HARV1002 speaks about: it can become a patch.
/// </summary>
internal static class PrivateWrapper
{
    private const int MaxCallers = 16;

    public static Verdict? Judge(
        Write write,
        IMethodSymbol? method,
        MethodBodies bodies,
        Func<Write, IMethodSymbol?, IReadOnlyList<Write>, ClientModel.KubernetesSymbols, CancellationToken, Verdict?> judge,
        CancellationToken cancellationToken)
    {
        Verdict? found = null;
        foreach (var (through, by, writes) in CallsOf(write, method, bodies, cancellationToken))
        {
            var verdict = through is null ? null : judge(through, by, writes, bodies.Symbols, cancellationToken);
            if (verdict is null || verdict.Rule.Id != Descriptors.WholeObjectForMetadata.Id)
            {
                return null;
            }

            found ??= verdict;
        }

        return found;
    }

    /// <summary>No call of the method brings what was read from the server: what it sends was made by its callers, or created by them.</summary>
    public static bool SendsOnlyWhatWasMade(Write write, IMethodSymbol? method, MethodBodies bodies, CancellationToken cancellationToken)
    {
        var calls = CallsOf(write, method, bodies, cancellationToken).ToList();
        return calls.Count > 0 && calls.All(c => c.Through is { Objects.IsEmpty: false } through && through.Objects.All(o => o.AtEntry is { } facts && !facts.Is(Origin.Read)));
    }

    /// <summary>The write as each call of the method makes it; nothing where the calls are not all known.</summary>
    private static IEnumerable<(Write? Through, IMethodSymbol Caller, IReadOnlyList<Write> Writes)> CallsOf(Write write, IMethodSymbol? method, MethodBodies bodies, CancellationToken cancellationToken)
    {
        if (method is not { DeclaredAccessibility: Accessibility.Private, MethodKind: MethodKind.Ordinary }
            || write.ThroughWrapper || !write.Call.IsMainPut || write.Objects.IsEmpty || !write.Objects.All(o => IsParameterAsItIs(o.Now))
            || bodies.CallsOf(method, cancellationToken) is not { Count: > 0 and <= MaxCallers } calls)
        {
            yield break;
        }

        foreach (var caller in calls.GroupBy(c => c.Caller, SymbolEqualityComparer.Default))
        {
            var by = (IMethodSymbol)caller.Key!;
            var writes = bodies.GraphOf(by, cancellationToken) is { } graph ? MethodFlow.WritesOf(graph, by, bodies, cancellationToken) ?? [] : [];
            foreach (var (_, site) in caller)
            {
                yield return (writes.FirstOrDefault(w => w.Site.Syntax == site && w.Call.Operation.Syntax == write.Call.Operation.Syntax), by, writes);
            }
        }
    }

    private static bool IsParameterAsItIs(Facts sent) =>
        sent.IsAsHandedIn && sent.Type is not ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method };
}
