using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Writes;

/// <summary>What a rule says about a write.</summary>
internal sealed record Verdict(DiagnosticDescriptor Rule, DiagnosticSeverity Severity, params string[] Arguments)
{
    /// <summary>The finding, at the name of the method that is called.</summary>
    public Diagnostic At(IInvocationOperation site, AnalysisMode mode) => Diagnostic.Create(
        Rule,
        NameOf(site),
        mode.Raise(Rule, Severity),
        additionalLocations: null,
        properties: null,
        [.. Arguments]);

    private static Location NameOf(IInvocationOperation invocation) =>
        invocation.Syntax is InvocationExpressionSyntax syntax
            ? syntax.Expression switch
            {
                MemberAccessExpressionSyntax access => access.Name.Identifier.GetLocation(),
                MemberBindingExpressionSyntax binding => binding.Name.Identifier.GetLocation(),
                SimpleNameSyntax name => name.Identifier.GetLocation(),
                _ => syntax.GetLocation(),
            }
            : invocation.Syntax.GetLocation();
}
