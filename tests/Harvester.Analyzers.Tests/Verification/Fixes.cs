using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Harvester.Analyzers.Tests.Verification;

/// <summary>
/// Applies a code fix to a snippet, one finding at a time and all at once in the document, the project and the solution; both sides compile.
/// </summary>
internal static class Fixes<TAnalyzer, TFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    /// <param name="markup">The snippet with its findings.</param>
    /// <param name="after">The same after the fix, with the findings that stay; null if no fix is offered.</param>
    /// <param name="others">Other files with their findings, and what the fix makes of them; a second project has them too.</param>
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
            Add(test.TestState, test.TestState, name, otherBefore, supported);
            Add(test.FixedState, test.FixedState, name, otherAfter, supported);
        }

        if (options is not null)
        {
            test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\n" + options + "\n"));
        }

        if (others.Length > 0)
        {
            AddSecondProject(test.TestState, [.. others.Select(o => o.Before)], options, supported);
            AddSecondProject(test.FixedState, [.. others.Select(o => o.After.Replace("TestProject", "Second", StringComparison.Ordinal))], options, supported);
        }

        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static void AddSecondProject(SolutionState state, IReadOnlyList<string> sources, string? options, ImmutableArray<DiagnosticDescriptor> supported)
    {
        var project = state.AdditionalProjects["Second"];
        SnippetSetup.Prepare(project, "Default");
        if (options is not null)
        {
            project.AnalyzerConfigFiles.Add(("/Second/.editorconfig", "root = true\n[*.cs]\n" + options + "\n"));
        }

        project.Sources.Add(("/Second/Usings.cs", SnippetSetup.Usings));
        foreach (var (source, i) in sources.Select((s, i) => (s, i)))
        {
            Add(state, project, $"/Second/Other{i}.cs", source, supported);
        }
    }

    private static void Add(SolutionState state, ProjectState project, string name, string markup, ImmutableArray<DiagnosticDescriptor> supported)
    {
        var parsed = Markup.Parse(markup);
        project.Sources.Add((name, parsed.Source));
        state.ExpectedDiagnostics.AddRange(SnippetSetup.Results(parsed, name, supported));
    }
}
