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
    /// <param name="others">Other files with their findings, and what the fix makes of them: it is applied to all at once too.</param>
    public static Task Verify(string markup, string? after, string? options = null, params (string Before, string After)[] others)
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
        foreach (var ((otherBefore, otherAfter), i) in others.Select((o, i) => (o, i)))
        {
            var name = $"Other{i}.cs";
            Add(test.TestState, name, otherBefore, supported);
            Add(test.FixedState, name, otherAfter, supported);
        }

        if (options is not null)
        {
            test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\n" + options + "\n"));
        }

        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static void Add(SolutionState state, string name, string markup, System.Collections.Immutable.ImmutableArray<Microsoft.CodeAnalysis.DiagnosticDescriptor> supported)
    {
        var parsed = Markup.Parse(markup);
        state.Sources.Add((name, parsed.Source));
        state.ExpectedDiagnostics.AddRange(SnippetSetup.Results(parsed, name, supported));
    }
}
