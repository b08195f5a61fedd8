using Harvester.Analyzers.Flow;
using Harvester.Analyzers.Flow.Objects;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.Writes;

/// <summary>
/// A method that hands its parameter on to a PUT as it is: the PUT is made where it is called, by who read and changed the object. So it is
/// with one that does nothing else, or that a request calls: nothing says that the object was read from the server.
/// </summary>
internal static class PassThrough
{
    public static bool Is(Write write, IMethodSymbol? method, MethodBodies bodies, CancellationToken cancellationToken) =>
        method is { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation }
        && !write.Objects.IsEmpty
        && write.Objects.All(o => (write.ThroughWrapper ? o.AtEntry : o.Now) is { IsAsHandedIn: true } facts && !facts.Has(Touched.Escaped))
        && write.Site.Syntax is InvocationExpressionSyntax call
        && call.ArgumentList.Arguments.Any(a => a.Expression is IdentifierNameSyntax name && method.Parameters.Any(p => p.Name == name.Identifier.ValueText && bodies.Symbols.IsKubernetesObject(p.Type)))
        && ((IsAllThereIs(call) && !method.IsOverride && !new ReconcilerSigns(bodies.Symbols).IsReconciler(method)) || TakesRequests(method) || bodies.IsCalled(method, cancellationToken));

    /// <summary>The method has no other statement, so nothing in it reads or changes the object.</summary>
    private static bool IsAllThereIs(InvocationExpressionSyntax call)
    {
        SyntaxNode node = call;
        while (node.Parent is AwaitExpressionSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            node = node.Parent;
        }

        return node.Parent is ArrowExpressionClauseSyntax
            || (node.Parent is ReturnStatementSyntax or ExpressionStatementSyntax && node.Parent.Parent is BlockSyntax { Statements.Count: 1, Parent: MethodDeclarationSyntax });
    }

    /// <summary>An action of a web API: what it is given came with a request. By simple names, for the framework may not bind.</summary>
    private static bool TakesRequests(IMethodSymbol method) =>
        method.GetAttributes().Concat(method.Parameters.SelectMany(p => p.GetAttributes())).Any(a => a.AttributeClass?.Name is { } name
            && (name.StartsWith("Http", StringComparison.Ordinal) || name.StartsWith("From", StringComparison.Ordinal) || name is "Route" or "RouteAttribute"));

    /// <summary>
    /// Whether a write through a wrapper that knows the kind is judged inside it: there the object is not what was handed in, or no
    /// longer as it was.
    /// </summary>
    public static bool IsJudgedInside(Write write, MethodBodies bodies, CancellationToken cancellationToken)
    {
        if (!write.ThroughWrapper || !ClientModel.KubernetesSymbols.HasStatus(write.Call.ObjectType))
        {
            return false;
        }

        var frame = write.Path[write.Path.Length - 1].Frame;
        while (frame is { Method.MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction, Parent: { } parent })
        {
            frame = parent;
        }

        var inside = MethodFlow.WritesOf(frame.Graph, frame.Method, bodies, cancellationToken) ?? [];
        return !inside.Any(w => w.Call.Operation.Syntax == write.Call.Operation.Syntax && Is(w, frame.Method, bodies, cancellationToken));
    }
}
