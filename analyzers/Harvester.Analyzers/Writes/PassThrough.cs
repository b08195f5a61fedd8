using Harvester.Analyzers.Flow;
using Harvester.Analyzers.Flow.Objects;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.Writes;

/// <summary>
/// A method that hands its parameter on to a PUT as it is, and that the compilation calls: the PUT is made where it is called, by who
/// read and changed the object.
/// </summary>
internal static class PassThrough
{
    private const Touched Changed = Touched.Metadata | Touched.Spec | Touched.Status | Touched.Other | Touched.StatusNulled;

    public static bool Is(Write write, IMethodSymbol? method, MethodBodies bodies, CancellationToken cancellationToken) =>
        method is { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation }
        && !write.Objects.IsEmpty
        && write.Objects.All(o => IsAsItWasHandedIn(write.ThroughWrapper ? o.AtEntry : o.Now))
        && write.Site.Syntax is InvocationExpressionSyntax call
        && call.ArgumentList.Arguments.Any(a => a.Expression is IdentifierNameSyntax name && method.Parameters.Any(p => p.Name == name.Identifier.ValueText && bodies.Symbols.IsKubernetesObject(p.Type)))
        && bodies.IsCalled(method, cancellationToken);

    private static bool IsAsItWasHandedIn(Facts? facts) => facts is { Origin: Origin.Parameter } && !facts.Has(Changed | Touched.Escaped);

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
