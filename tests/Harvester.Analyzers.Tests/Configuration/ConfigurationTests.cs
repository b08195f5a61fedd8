using Harvester.Analyzers.Configuration;
using Harvester.Analyzers.Reconcile;
using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Harvester.Analyzers.Tests.Configuration;

/// <summary>Options, tables and attributes: what they do, and HARV0001 for those that cannot be used.</summary>
public class ConfigurationTests
{
    private const string Write = """
        class C
        {
            async System.Threading.Tasks.Task M(GenericClient c, Widget w)
            {
                w.Spec.Replicas = 3;
                await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n");
            }
        }
        """;

    private static string At(string severity) => Write.Replace("HARV1010", "HARV1010-" + severity, StringComparison.Ordinal);

    private static Task Verify<TAnalyzer>(string markup, string? mode = null, string? editorConfig = null, string? table = null, params DiagnosticResult[] also)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var parsed = Markup.Parse(markup);
        var test = new CSharpAnalyzerTest<TAnalyzer, DefaultVerifier> { TestCode = parsed.Source };
        SnippetSetup.Prepare(test, mode ?? "");
        test.TestState.Sources.Add(("Usings.cs", SnippetSetup.Usings));
        if (editorConfig is not null)
        {
            test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\n" + editorConfig));
        }

        if (table is not null)
        {
            test.TestState.AdditionalFiles.Add(("/0/harvester.analyzers.txt", table));
        }

        test.TestState.ExpectedDiagnostics.AddRange(SnippetSetup.Results(parsed, SnippetSetup.MainFile, new TAnalyzer().SupportedDiagnostics));
        test.TestState.ExpectedDiagnostics.AddRange(also);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static DiagnosticResult Told(string message, int line = 0, int length = 0)
    {
        var result = new DiagnosticResult("HARV0001", DiagnosticSeverity.Warning).WithMessage(message);
        return line == 0 ? result : result.WithSpan("/0/harvester.analyzers.txt", line, 1, line, length + 1);
    }

    [Theory]
    [InlineData("Strict", null, "error")]
    [InlineData("", "harvester_analyzers.mode = strict", "error")]
    [InlineData("", "harvester_analyzers.mode = Recommended", "warning")]
    [InlineData("Default", "harvester_analyzers.mode = strict", "warning")]
    [InlineData("nonsense", "harvester_analyzers.mode = strict", "error")]
    public Task The_property_before_the_option(string mode, string? option, string severity) =>
        Verify<WriteAnalyzer>(At(severity), mode, option);

    [Fact]
    public Task None_silences() => Verify<WriteAnalyzer>(Write.Replace("{|HARV1010:", "").Replace("|}", ""), "None");

    [Fact]
    public Task A_known_subresource_makes_a_note() => Verify<WriteAnalyzer>(At("info"), editorConfig: "harvester_analyzers.status_subresource = present");

    [Fact]
    public Task A_kind_with_status_in_the_table() => Verify<WriteAnalyzer>(At("info"), table: "# kinds\nhas-status example.io/Widget  # ours\n");

    [Fact]
    public Task A_bad_mode_is_told() => Verify<ConfigurationAnalyzer>(
        "class C;", "nonsense", null, null, Told("HarvesterAnalysisMode = 'nonsense' is not one of None, Default, Recommended or Strict"));

    [Fact]
    public Task Bad_options_are_told() => Verify<ConfigurationAnalyzer>(
        "class C;",
        null,
        "harvester_analyzers.guards = weak\nharvester_analyzers.colour = red\nharvester_analyzers.mode = 7\n",
        null,
        Told("harvester_analyzers.guards = 'weak' is not accepted or strong"),
        Told("harvester_analyzers.mode = '7' is not None, Default, Recommended or Strict"),
        Told("harvester_analyzers.colour = 'red': there is no such option; known are harvester_analyzers.analyze_tests, harvester_analyzers.guards, harvester_analyzers.mode, harvester_analyzers.status_subresource"));

    [Fact]
    public Task Bad_lines_are_told_where_they_stand() => Verify<ConfigurationAnalyzer>(
        "class Helpers { public void Save() { } }",
        null,
        null,
        "# all wrong\nwrites M:Helpers.Save\nwrite\nwrite Helpers.Save\nwrite M:Helpers.Send\nread M:Helpers.Save(\nhas-status Widget\nreconciler X\nwrite M:Helpers.Save and more\n\nwrite M:Elsewhere.Save\nwrite M:Helpers.Save\n",
        Told("'writes M:Helpers.Save' does not begin with write, status-write, read, guard, has-status or reconciler", 2, 21),
        Told("'write' is not one word and one name: an id has no blanks in it", 3, 5),
        Told("'write Helpers.Save' does not name a method ('M:Namespace.Type.Method(Parameters)')", 4, 18),
        Told("'write M:Helpers.Send' names a method that Helpers does not have", 5, 20),
        Told("'read M:Helpers.Save(' is not a documentation comment id", 6, 20),
        Told("'has-status Widget' does not name a group and a kind, as in 'has-status example.io/Widget'", 7, 17),
        Told("'reconciler X' does not name a type ('T:...') or a method ('M:...')", 8, 12),
        Told("'write M:Helpers.Save and more' is not one word and one name: an id has no blanks in it", 9, 29));

    [Fact]
    public Task Nothing_is_told_in_mode_none() => Verify<ConfigurationAnalyzer>("class C;", "None", "harvester_analyzers.guards = weak\n");

    [Theory]
    [InlineData("write M:Store.Save(``0)")]
    [InlineData("write M:Store.Save``1(``0)")]
    [InlineData("write M:Store.Save")]
    public Task A_declared_write_is_a_put(string entry) => Verify<WriteAnalyzer>(
        """
        abstract class Store { public abstract Task Save<T>(T x); public abstract Task<Widget> Find(string name); }

        class C
        {
            async Task M(Store store)
            {
                var w = await store.Find("n");
                w.Status.Phase = "Done";
                await store.{|HARV1001:Save|}(w);
            }
        }
        """,
        table: entry + "\nread M:Store.Find(System.String)\n");

    [Fact]
    public Task Without_the_entries_it_is_not() => Verify<WriteAnalyzer>(
        """
        abstract class Store { public abstract Task Save<T>(T x); public abstract Task<Widget> Find(string name); }

        class C
        {
            async Task M(Store store)
            {
                var w = await store.Find("n");
                w.Status.Phase = "Done";
                await store.Save(w);
            }
        }
        """);

    [Fact]
    public Task A_declared_status_write_sends_the_status() => Verify<WriteAnalyzer>(
        """
        interface IStatus { Task Send(Widget x); }

        class C
        {
            async Task M(GenericClient c, IStatus s, Widget w)
            {
                w.Spec.Replicas = 1;
                w.Status.Phase = "Done";
                await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n");
                await s.Send(w);
            }
        }
        """,
        table: "status-write M:IStatus.Send(Example.Widget)\n");

    private const string Restart = """
        class C(IKubernetes c, Records records)
        {
            public async Task Handle(Widget w)
            {
                if ({|HARV2001:w.Status is null|} && !records.Knows(w.Uid()))
                {
                    await c.BatchV1.CreateNamespacedJobAsync(new V1Job { Metadata = new() { Name = w.Name() } }, "ns");
                }
            }
        }

        interface IWork { Task Handle(Widget w); }
        class Work(C inner) : IWork { public Task Handle(Widget w) => inner.Handle(w); }
        abstract class Records { public abstract bool Knows(string uid); }
        """;

    [Fact]
    public Task A_declared_reconciler_is_followed() => Verify<RestartAnalyzer>(Restart, table: "reconciler T:IWork\n");

    [Fact]
    public Task A_declared_guard_counts() => Verify<RestartAnalyzer>(
        Restart.Replace("{|HARV2001:", "").Replace("|}", ""), table: "reconciler T:IWork\nguard M:Records.Knows(System.String)\n");
}
