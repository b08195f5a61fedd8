using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.ClientModel;

/// <summary>What a project says about its own code, which no signature tells: its write helpers, guards, reconcilers and kinds.</summary>
internal sealed class ProjectDeclarations
{
    public static readonly ProjectDeclarations None = new();

    private readonly Dictionary<string, CallKind> calls = new(StringComparer.Ordinal);
    private readonly HashSet<string> guards = new(StringComparer.Ordinal);
    private readonly HashSet<string> reconcilers = new(StringComparer.Ordinal);
    private readonly HashSet<(string Group, string Kind)> kindsWithStatus = [];

    /// <summary>Test assemblies are analysed like any other.</summary>
    public bool AnalyzeTests { get; set; }

    /// <summary>Only strong guards count, whatever the mode.</summary>
    public bool StrongGuardsOnly { get; set; }

    /// <summary>What is assumed of a custom kind of which nothing is known.</summary>
    public StatusSubresource UnknownKinds { get; set; } = StatusSubresource.Unknown;

    public void AddCall(string id, CallKind kind) => calls[WithoutArity(id)] = kind;

    public void AddGuard(string id) => guards.Add(WithoutArity(id));

    public void AddReconciler(string id) => reconcilers.Add(WithoutArity(id));

    public void AddKindWithStatus(string group, string kind) => kindsWithStatus.Add((group, kind));

    /// <summary>What a method is declared to do; null if nothing is declared.</summary>
    public CallKind? KindOf(IMethodSymbol method) =>
        calls.Count > 0 && Ids(method).Select(id => calls.TryGetValue(id, out var kind) ? kind : (CallKind?)null).FirstOrDefault(k => k is not null) is { } found ? found : null;

    /// <summary>Whether a call of the method tells a new object from one that lost its status.</summary>
    public bool IsGuard(IMethodSymbol method) => guards.Count > 0 && Ids(method).Any(guards.Contains);

    /// <summary>Whether a method, or whatever implements a type, reconciles.</summary>
    public bool IsReconciler(ISymbol symbol) =>
        reconcilers.Count > 0 && (symbol is IMethodSymbol method
            ? Ids(method).Any(reconcilers.Contains)
            : symbol.OriginalDefinition.GetDocumentationCommentId() is { } id && reconcilers.Contains(id));

    /// <summary>Whether a kind is declared to have <c>/status</c>.</summary>
    public bool HasStatus(ITypeSymbol type) =>
        kindsWithStatus.Count > 0 && type.GetAttributes().Any(a =>
            a.AttributeClass?.Name == "KubernetesEntityAttribute" && kindsWithStatus.Contains((Named(a, "Group"), Named(a, "Kind"))));

    /// <summary>An id may name all overloads, and may leave out how many type parameters there are.</summary>
    public static IEnumerable<string> Ids(IMethodSymbol method)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
        {
            if ((current.ReducedFrom ?? current).OriginalDefinition.GetDocumentationCommentId() is { } id)
            {
                var full = WithoutArity(id);
                yield return full;
                if (full.IndexOf('(') is >= 0 and var parenthesis)
                {
                    yield return full.Substring(0, parenthesis);
                }
            }
        }
    }

    /// <summary><c>M:N.T.Save``1(``0)</c> is the same method as <c>M:N.T.Save(``0)</c>: its parameters say that it is generic.</summary>
    public static string WithoutArity(string id)
    {
        var end = id.IndexOf('(');
        end = end < 0 ? id.Length : end;
        var arity = id.LastIndexOf("``", end - 1, StringComparison.Ordinal);
        return arity < 0 ? id : id.Remove(arity, end - arity);
    }

    private static string Named(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value.Value as string ?? "";
}
