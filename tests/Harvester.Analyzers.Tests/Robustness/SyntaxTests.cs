using System.Text;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Tests.Robustness;

/// <summary>Every kind of file and syntax there is, each around the same damage, which must be found where it binds.</summary>
public class SyntaxTests
{
    private const string Types = """
        using k8s;
        using k8s.Models;

        public class WidgetStatus { public string? Phase { get; set; } }

        public class Widget : IKubernetesObject<V1ObjectMeta>, IStatus<WidgetStatus>
        {
            public string ApiVersion { get; set; } = "";
            public string Kind { get; set; } = "";
            public V1ObjectMeta Metadata { get; set; } = new();
            public WidgetStatus Status { get; set; } = new();
        }

        """;

    // In each of them an object is read, a label is set, and the whole object is sent back.
    public static TheoryData<string, string> Shapes() => new()
    {
        { "top-level statements", """
            using k8s;
            var client = new GenericClient(new KubernetesClientConfiguration(), "example.io", "v1", "widgets");
            var widget = await client.ReadNamespacedAsync<Widget>("ns", "w");
            widget.Metadata.Labels["a"] = "b";
            await client.ReplaceNamespacedAsync(widget, "ns", "w");
            """ },
        { "partial class in two declarations", """
            using k8s;
            public static partial class P { public static async Task A(GenericClient c) { var w = await c.ReadNamespacedAsync<Widget>("n", "w"); Mark(w); await c.ReplaceNamespacedAsync(w, "n", "w"); } }
            public static partial class P { static void Mark(Widget w) => w.Metadata.Labels["a"] = "b"; }
            """ },
        { "conditional compilation", """
            #define MARK
            using k8s;
            public static class P
            {
                public static async Task A(GenericClient c)
                {
                    var w = await c.ReadNamespacedAsync<Widget>("n", "w");
            #if MARK
                    w.Metadata.Labels["a"] = "b";
            #else
                    this is no code
            #endif
                    await c.ReplaceNamespacedAsync(w, "n", "w");
                }
            }
            """ },
        { "record with a primary constructor", """
            using k8s;
            public sealed record P(GenericClient Client)
            {
                public async Task A() { var w = await Client.ReadNamespacedAsync<Widget>("n", "w"); w.Metadata.Labels["a"] = "b"; await Client.ReplaceNamespacedAsync(w, "n", "w"); }
            }
            """ },
        { "file-scoped type in a file-scoped namespace", """
            namespace Files;
            using k8s;
            file static class P
            {
                public static async Task A(GenericClient c) { var w = await c.ReadNamespacedAsync<Widget>("n", "w"); w.Metadata.Labels["a"] = "b"; await c.ReplaceNamespacedAsync(w, "n", "w"); }
            }
            """ },
        { "unsafe code and goto", """
            using k8s;
            public static class P
            {
                public static unsafe int Sum(int* values, int count) { var sum = 0; again: if (count-- > 0) { sum += *values++; goto again; } return sum; }
                public static async Task A(GenericClient c) { var w = await c.ReadNamespacedAsync<Widget>("n", "w"); w.Metadata.Labels["a"] = "b"; await c.ReplaceNamespacedAsync(w, "n", "w"); }
            }
            """ },
        { "extension block", """
            using k8s;
            public static class Extensions
            {
                extension(GenericClient client)
                {
                    public async Task MarkAsync() { var w = await client.ReadNamespacedAsync<Widget>("n", "w"); w.Metadata.Labels["a"] = "b"; await client.ReplaceNamespacedAsync(w, "n", "w"); }
                }
            }
            """ },
        { "field keyword and null-conditional assignment", """
            using k8s;
            public class P
            {
                public string Name { get => field ?? ""; set => field = value.Trim(); }
                public async Task A(GenericClient c) { var w = await c.ReadNamespacedAsync<Widget>("n", "w"); w?.Metadata?.Labels["a"] = "b"; await c.ReplaceNamespacedAsync(w!, "n", "w"); }
            }
            """ },
        { "collection expression and list pattern", """
            using k8s;
            public static class P
            {
                public static async Task A(GenericClient c)
                {
                    string[] names = ["w"];
                    if (names is [var name, ..]) { var w = await c.ReadNamespacedAsync<Widget>("n", name); w.Metadata.Finalizers = [.. w.Metadata.Finalizers ?? [], "example.io/f"]; await c.ReplaceNamespacedAsync(w, "n", name); }
                }
            }
            """ },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task The_damage_is_found_in_every_kind_of_file(string what, string source)
    {
        var findings = await RuleRun.FindingsAsync(RuleRun.Compile(("Types.cs", Types), ("Shape.cs", source)));
        Assert.True(findings.Any(f => f.StartsWith("Shape.cs", StringComparison.Ordinal) && f.Contains("HARV1002", StringComparison.Ordinal)), what + "\n" + string.Join('\n', findings));
    }

    [Fact]
    public async Task A_script_is_looked_at_without_failure()
    {
        const string Script = """
            using k8s;
            using k8s.Models;
            var client = new Kubernetes(new KubernetesClientConfiguration());
            var pod = await client.CoreV1.ReadNamespacedPodAsync("p", "n");
            pod.Metadata.Labels["a"] = "b";
            await client.CoreV1.ReplaceNamespacedPodAsync(pod, "p", "n");
            """;
        await RuleRun.FindingsAsync(RuleRun.Compile(SourceCodeKind.Script, [("Script.csx", Script)]));
    }

    [Fact]
    public async Task A_method_of_two_thousand_lines_is_looked_at_to_its_end()
    {
        var source = new StringBuilder("using k8s;\npublic static class P { public static async Task A(GenericClient c) { var w = await c.ReadNamespacedAsync<Widget>(\"n\", \"w\");\n");
        for (var i = 0; i < 500; i++)
        {
            source.Append($"if (w.Metadata.Generation > {i})\n{{\n    w.Metadata.Labels[\"l{i}\"] = \"v\";\n}}\n");
        }

        source.Append("await c.ReplaceNamespacedAsync(w, \"n\", \"w\"); } }");
        var findings = await RuleRun.FindingsAsync(RuleRun.Compile(("Types.cs", Types), ("Long.cs", source.ToString())));
        Assert.Contains(findings, f => f.Contains("HARV1002", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Expressions_nested_a_thousand_deep_do_not_end_the_compiler()
    {
        var sum = string.Join(" + ", Enumerable.Repeat("(w.Status.Phase ?? \"\")", 1000));
        var source = $$"""
            using k8s;
            public static class P { public static async Task A(GenericClient c) { var w = await c.ReadNamespacedAsync<Widget>("n", "w"); w.Metadata.Labels["a"] = {{sum}}; await c.ReplaceNamespacedAsync(w, "n", "w"); } }
            """;
        await RuleRun.FindingsAsync(RuleRun.Compile(("Types.cs", Types), ("Deep.cs", source)));
    }

    [Fact]
    public async Task Nothing_is_said_without_the_client()
    {
        var findings = await RuleRun.FindingsAsync(RuleRun.Compile(("Own.cs", """
            public interface IKubernetesClient { Task UpdateAsync(object entity); }
            public static class P { public static async Task A(IKubernetesClient c, dynamic w) { w.Metadata.Labels["a"] = "b"; await c.UpdateAsync(w); } }
            """)));
        Assert.Empty(findings);
    }
}
