using System.Collections.Immutable;
using Harvester.Analyzers.Flow.Objects;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Writes;

/// <summary>What a rule says about a write.</summary>
internal sealed record Verdict(DiagnosticDescriptor Rule, DiagnosticSeverity Severity, params string[] Arguments)
{
    /// <summary>What was changed of the object that is sent, for the fixes.</summary>
    public Touched Touched { get; init; }

    /// <summary>Which of its findings a rule has, where it has several kinds.</summary>
    public string? About { get; init; }

    /// <summary>The finding, at the name of the method that is called.</summary>
    public Diagnostic At(IOperation site, AnalysisMode mode) => Diagnostic.Create(
        Rule,
        NameOf(site),
        mode.Raise(Rule, Severity),
        additionalLocations: null,
        properties: ImmutableDictionary<string, string?>.Empty.Add("touched", Touched.ToString().Replace(" ", "")).Add("about", About),
        [.. Arguments]);

    private static Location NameOf(IOperation call) =>
        call.Syntax is InvocationExpressionSyntax syntax
            ? syntax.Expression switch
            {
                MemberAccessExpressionSyntax access => access.Name.Identifier.GetLocation(),
                MemberBindingExpressionSyntax binding => binding.Name.Identifier.GetLocation(),
                SimpleNameSyntax name => name.Identifier.GetLocation(),
                _ => syntax.GetLocation(),
            }
            : call.Syntax.GetLocation();
}
