using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Harvester.Analyzers.Tests.Verification;

/// <summary>Applies a code fix to a snippet; both sides compile.</summary>
internal static class Fixes<TAnalyzer, TFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    /// <param name="markup">The snippet with its findings.</param>
    /// <param name="after">The same after the fix, with the findings that stay; null if no fix is offered.</param>
    public static Task Verify(string markup, string? after)
    {
        var before = Markup.Parse(markup);
        var fixedMarkup = Markup.Parse(after ?? markup);
        var supported = new TAnalyzer().SupportedDiagnostics;
        var test = new CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>();
        SnippetSetup.Prepare(test, "Default");
        test.TestCode = before.Source;
        test.FixedCode = fixedMarkup.Source;
        test.TestState.Sources.Add(("Usings.cs", SnippetSetup.Usings));
        test.FixedState.Sources.Add(("Usings.cs", SnippetSetup.Usings));
        test.TestState.ExpectedDiagnostics.AddRange(SnippetSetup.Results(before, SnippetSetup.MainFile, supported));
        test.FixedState.ExpectedDiagnostics.AddRange(SnippetSetup.Results(fixedMarkup, SnippetSetup.MainFile, supported));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
