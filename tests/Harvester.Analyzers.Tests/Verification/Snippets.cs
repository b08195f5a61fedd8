using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Harvester.Analyzers.Tests.Verification;

/// <summary>Runs one analyzer over a snippet that compiles against the official client.</summary>
internal static class Snippets<TAnalyzer>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    /// <summary>Exactly the marked findings, and no compiler error.</summary>
    public static Task Verify(string markup, string mode = "Default", params string[] otherSources) =>
        Run(markup, mode, CompilerDiagnostics.Errors, SnippetSetup.EachSnippet, otherSources);

    /// <summary>The same, and that a pragma silences each finding and generated code has none.</summary>
    public static Task VerifyThoroughly(string markup) => Run(markup, "Default", CompilerDiagnostics.Errors, TestBehaviors.None, []);

    /// <summary>Exactly the marked findings in code that does not compile.</summary>
    public static Task VerifyUnbound(string markup, params string[] otherSources) =>
        Run(markup, "Default", CompilerDiagnostics.None, SnippetSetup.EachSnippet, otherSources);

    private static Task Run(string markup, string mode, CompilerDiagnostics compiler, TestBehaviors behaviors, string[] otherSources)
    {
        var parsed = Markup.Parse(markup);
        var test = new CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>();
        SnippetSetup.Prepare(test, mode);
        test.TestBehaviors = behaviors;
        test.CompilerDiagnostics = compiler;
        test.TestCode = parsed.Source;
        test.TestState.Sources.Add(("Usings.cs", SnippetSetup.Usings));
        foreach (var (other, i) in otherSources.Select((s, i) => (s, i)))
        {
            test.TestState.Sources.Add(($"Other{i}.cs", other));
        }

        test.TestState.ExpectedDiagnostics.AddRange(SnippetSetup.Results(parsed, SnippetSetup.MainFile, new TAnalyzer().SupportedDiagnostics));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}

/// <summary>What analyzer and code fix tests have in common.</summary>
internal static class SnippetSetup
{
    public const string MainFile = "/0/Test0.cs";

    /// <summary>A custom kind as users write it, in every snippet.</summary>
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Net;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using System.Text.Json;
        global using System.Text.Json.Nodes;
        global using k8s;
        global using k8s.Autorest;
        global using k8s.Models;
        global using Example;

        namespace Example
        {
            [KubernetesEntity(Group = "example.io", ApiVersion = "v1", Kind = "Widget", PluralName = "widgets")]
            public class Widget : IKubernetesObject<V1ObjectMeta>, ISpec<WidgetSpec>, IStatus<WidgetStatus>
            {
                public string ApiVersion { get; set; } = "example.io/v1";
                public string Kind { get; set; } = "Widget";
                public V1ObjectMeta Metadata { get; set; } = new();
                public WidgetSpec Spec { get; set; } = new();
                public WidgetStatus Status { get; set; }
            }

            public class WidgetSpec { public int Replicas { get; set; } public string Image { get; set; } }

            public enum WidgetState { Unknown, Running, Done }

            public class WidgetStatus
            {
                public string Phase { get; set; }
                public string SpecHash { get; set; }
                public WidgetState State { get; set; }
                public bool Started { get; set; }
                public long? ObservedGeneration { get; set; }
                public List<V1Condition> Conditions { get; set; }
            }
        }
        """;

    /// <summary>That findings can be suppressed, and are none in generated code, is the same for all: it is shown once for each analyzer.</summary>
    public const TestBehaviors EachSnippet = TestBehaviors.SkipSuppressionCheck | TestBehaviors.SkipGeneratedCodeCheck;

    private static readonly ReferenceAssemblies Net100 = new("net10.0");

    public static readonly ImmutableArray<MetadataReference> References =
        [.. global::Basic.Reference.Assemblies.Net100.References.All, MetadataReference.CreateFromFile(typeof(k8s.Kubernetes).Assembly.Location)];

    public static void Prepare(AnalyzerTest<DefaultVerifier> test, string mode)
    {
        test.ReferenceAssemblies = Net100;
        test.TestState.AdditionalReferences.AddRange(References);
        test.CompilerDiagnostics = CompilerDiagnostics.Errors;
        test.TestBehaviors = EachSnippet;
        test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", $"is_global = true\nbuild_property.HarvesterAnalysisMode = {mode}\n"));
    }

    public static void Prepare(ProjectState project, string mode)
    {
        project.ReferenceAssemblies = Net100;
        project.AdditionalReferences.AddRange(References);
        project.AnalyzerConfigFiles.Add(($"/{project.Name}/.globalconfig", $"is_global = true\nbuild_property.HarvesterAnalysisMode = {mode}\n"));
    }

    public static IEnumerable<DiagnosticResult> Results(Markup markup, string file, ImmutableArray<DiagnosticDescriptor> supported)
    {
        foreach (var expected in markup.Expectations)
        {
            var severity = expected.Severity ?? supported.First(d => d.Id == expected.Id).DefaultSeverity;
            var (line, column) = Position(markup.Source, expected.Start);
            var (endLine, endColumn) = Position(markup.Source, expected.End);
            yield return new DiagnosticResult(expected.Id, severity)
                .WithSpan(file, line, column, endLine, endColumn)
                .WithOptions(DiagnosticOptions.IgnoreAdditionalLocations);
        }
    }

    private static (int Line, int Column) Position(string text, int at)
    {
        var line = 1;
        var start = 0;
        for (var i = 0; i < at; i++)
        {
            if (text[i] == '\n')
            {
                line++;
                start = i + 1;
            }
        }

        return (line, at - start + 1);
    }
}
