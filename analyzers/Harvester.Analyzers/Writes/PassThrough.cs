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

    /// <summary>Whether what stands between a call and the PUT leaves the object as it is.</summary>
    public static bool Leaves(Facts atCall, Facts whenSent) => (atCall.May & Changed) == (whenSent.May & Changed);
}
