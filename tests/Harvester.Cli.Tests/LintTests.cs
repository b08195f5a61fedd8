using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Harvester.Cli.Tests;

/// <summary><c>harvester lint</c> over folders and projects.</summary>
public sealed class LintTests : IDisposable
{
    private const string LosesStatus = """
        using k8s;
        using k8s.Models;

        public static class Replicas
        {
            public static async Task StripAsync(IKubernetes client, string name)
            {
                var body = await client.AppsV1.ReadNamespacedDeploymentAsync(name, "default");
                body.Spec.Replicas = 3;
                await client.AppsV1.ReplaceNamespacedDeploymentAsync(body, name, "default");
            }
        }
        """;

    private const string LabelOnly = """
        using k8s;
        using k8s.Models;

        public class V1Widget : IKubernetesObject<V1ObjectMeta>
        {
            public string ApiVersion { get; set; } = "";
            public string Kind { get; set; } = "";
            public V1ObjectMeta Metadata { get; set; } = new();
            public WidgetStatus Status { get; set; } = new();
        }

        public class WidgetStatus
        {
            public string Phase { get; set; } = "";
        }

        public static class Labels
        {
            public static async Task MarkAsync(GenericClient client, string name)
            {
                var widget = await client.ReadNamespacedAsync<V1Widget>("default", name);
                widget.Metadata.Labels["read"] = "true";
                await client.ReplaceNamespacedAsync(widget, "default", name);
            }
        }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("lint-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_folder_with_a_finding_exits_with_1_and_tells_where()
    {
        Write("Labels.cs", LabelOnly);

        var run = await Tool.RunAsync("lint", folder);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Labels.cs:23:", run.Output, StringComparison.Ordinal);
        Assert.Contains("HARV1002", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 finding in 1 file", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clean_folder_exits_with_0()
    {
        Write("Nothing.cs", "public class Nothing;");
        var run = await Tool.RunAsync("lint", folder);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Code_that_does_not_bind_is_said_and_exits_with_3()
    {
        Write("Broken.cs", "public class Broken { Missing field; }");
        var run = await Tool.RunAsync("lint", folder);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("not whole", run.Output, StringComparison.Ordinal);
        Assert.Contains("Missing", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_count_more_than_what_could_not_be_looked_at()
    {
        Write("Labels.cs", LabelOnly);
        Write("Broken.cs", "public class Broken { Missing field; }");
        Assert.Equal(1, (await Tool.RunAsync("lint", folder)).ExitCode);
    }

    [Fact]
    public async Task Severity_decides_what_is_shown_and_counts()
    {
        Write("Replicas.cs", LosesStatus);

        var warnings = await Tool.RunAsync("lint", folder);
        var notes = await Tool.RunAsync("lint", folder, "--severity", "info");

        Assert.Equal(0, warnings.ExitCode);
        Assert.Contains("1 of less severity", warnings.Output, StringComparison.Ordinal);
        Assert.Equal(1, notes.ExitCode);
        Assert.Contains("HARV1010", notes.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mode_decides_how_much_is_said()
    {
        Write("Replicas.cs", LosesStatus);

        Assert.Equal(0, (await Tool.RunAsync("lint", folder, "--mode", "none", "--severity", "info")).ExitCode);
        Assert.Equal(1, (await Tool.RunAsync("lint", folder, "--mode", "strict", "--severity", "error")).ExitCode);
    }

    [Fact]
    public async Task An_editorconfig_in_the_folder_is_heard()
    {
        Write("Labels.cs", LabelOnly);
        Write(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.HARV1002.severity = none\n");
        Assert.Equal(0, (await Tool.RunAsync("lint", folder, "--severity", "info")).ExitCode);
    }

    [Fact]
    public async Task Json_lists_the_findings_that_count()
    {
        Write("Labels.cs", LabelOnly);

        var run = await Tool.RunAsync("lint", folder, "--format", "json");

        using var document = JsonDocument.Parse(run.Output);
        var finding = Assert.Single(document.RootElement.GetProperty("findings").EnumerateArray());
        Assert.Equal("HARV1002", finding.GetProperty("id").GetString());
        Assert.Equal(23, finding.GetProperty("line").GetInt32());
        Assert.True(document.RootElement.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task Sarif_holds_every_finding_and_the_catalogue()
    {
        Write("Replicas.cs", LosesStatus);
        var file = Path.Combine(folder, "out.sarif");

        var run = await Tool.RunAsync("lint", folder, "--sarif", file);

        Assert.Equal(0, run.ExitCode);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal("2.1.0", document.RootElement.GetProperty("version").GetString());
        var result = document.RootElement.GetProperty("runs")[0];
        var finding = Assert.Single(result.GetProperty("results").EnumerateArray());
        Assert.Equal("note", finding.GetProperty("level").GetString());
        Assert.Equal("HARV1010", finding.GetProperty("ruleId").GetString());
        var rules = result.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        Assert.Equal("HARV1010", rules[finding.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_project_is_loaded_as_its_build_would()
    {
        var client = typeof(k8s.IKubernetes).Assembly.Location;
        Write("Labels.cs", "#if MARKED\n" + LabelOnly + "\n#endif\n");
        Write("Other.cs", "namespace Ns; public class Other { public List<string> Names { get; } = []; }");
        Write("Widgets.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <DefineConstants>$(DefineConstants);MARKED</DefineConstants>
              </PropertyGroup>
              <ItemGroup><Reference Include="{client}" /></ItemGroup>
            </Project>
            """);
        await Restore("Widgets.csproj");

        var run = await Tool.RunAsync("lint", Path.Combine(folder, "Widgets.csproj"), "--reference", typeof(k8s.Models.V1Pod).Assembly.Location);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Labels.cs:24:", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not whole", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_that_was_not_restored_is_said_to_be_so()
    {
        Write("Nothing.cs", "public class Nothing { System.Missing field; }");
        Write("Nothing.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""");

        var run = await Tool.RunAsync("lint", Path.Combine(folder, "Nothing.csproj"));

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("dotnet restore", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_output_and_folders_of_tools_are_left_out()
    {
        foreach (var below in new[] { "bin/Debug", "src/obj", ".git", "web/node_modules/x" })
        {
            Write(below + "/Labels.cs", LabelOnly);
        }

        Write("src/Nothing.cs", "public class Nothing;");
        var run = await Tool.RunAsync("lint", folder);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("0 findings in 1 file", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Projects_that_declare_the_same_types_are_each_looked_at()
    {
        Write("one/one.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />");
        Write("one/Labels.cs", LabelOnly);
        Write("two/two.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />");
        Write("two/Labels.cs", LabelOnly.Replace("widget.Metadata.Labels[\"read\"] = \"true\"", "widget.Status.Phase = \"x\"", StringComparison.Ordinal));
        Write("three/Labels.cs", LabelOnly.Replace("Labels\n", "Markers\n", StringComparison.Ordinal).Replace("V1Widget", "V1Gadget", StringComparison.Ordinal).Replace("WidgetStatus", "GadgetStatus", StringComparison.Ordinal));

        var run = await Tool.RunAsync("lint", folder);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("one/Labels.cs:23:22 HARV1002", run.Output, StringComparison.Ordinal);
        Assert.Contains("two/Labels.cs:23:22 HARV1001", run.Output, StringComparison.Ordinal);
        Assert.Contains("three/Labels.cs:23:22 HARV1002", run.Output, StringComparison.Ordinal);
        Assert.Contains("3 findings in 3 files", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not whole", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_programs_and_the_newest_language_are_no_obstacle()
    {
        const string program = "using k8s;\nusing k8s.Models;\nvar client = new GenericClient(null!, \"g\", \"v\", \"p\");\nvar w = await client.ReadAsync<V1Node>(\"n\");\nw.SetLabel(\"a\", \"b\");\nawait client.ReplaceAsync(w, \"n\");\n";
        Write("one/Program.cs", program);
        Write("two/Program.cs", program);
        Write("Newest.cs", "#if NET8_0_OR_GREATER\npublic static class Newest { extension(string text) { public int Twice => text.Length * 2; } public static int[] All => [1, 2]; }\n#endif");

        var run = await Tool.RunAsync("lint", folder, "--severity", "info");

        Assert.Contains("one/Program.cs:6:", run.Output, StringComparison.Ordinal);
        Assert.Contains("two/Program.cs:6:", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not whole", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_missing_package_leaves_unbound_hides_nothing_else()
    {
        Write("op.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\"><ItemGroup><Using Include=\"k8s\" /><Using Include=\"Not.There\" /></ItemGroup></Project>");
        Write("Labels.cs", "using Not.There;\n" + LabelOnly
            .Replace("using k8s;\n", "", StringComparison.Ordinal)
            .Replace("GenericClient client, string name", "GenericClient client, IMissing missing, ILogger<V1Widget> log, string name", StringComparison.Ordinal)
            .Replace("widget.Metadata.Labels", "missing.Go(name);\n        log.LogInformation(name);\n        widget.Metadata.Labels", StringComparison.Ordinal));

        var run = await Tool.RunAsync("lint", folder);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("HARV1002", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 compiler errors", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_of_the_users_own_stands_in_the_place_of_ours()
    {
        var old = Path.Combine(folder, "client", "AnOldClient.dll");
        Directory.CreateDirectory(Path.GetDirectoryName(old)!);
        Compile(old, """
            namespace k8s
            {
                public interface IKubernetes { }
                public interface IKubernetesObject { string ApiVersion { get; set; } string Kind { get; set; } }
                public interface IMetadata<T> { T Metadata { get; set; } }
                public interface IKubernetesObject<T> : IKubernetesObject, IMetadata<T> { }
                public static class KubernetesExtensions
                {
                    public static Models.V1Pod ReadNamespacedPod(this IKubernetes operations, string name, string namespaceParameter) => null;
                    public static Models.V1Pod ReplaceNamespacedPod(this IKubernetes operations, Models.V1Pod body, string name, string namespaceParameter) => null;
                    public static Models.V1Pod ReplaceNamespacedPodStatus(this IKubernetes operations, Models.V1Pod body, string name, string namespaceParameter) => null;
                }
            }

            namespace k8s.Models
            {
                public class V1ObjectMeta { public System.Collections.Generic.IDictionary<string, string> Labels { get; set; } }
                public class V1PodStatus { public string Phase { get; set; } }
                public class V1Pod : IKubernetesObject<V1ObjectMeta> { public string ApiVersion { get; set; } public string Kind { get; set; } public V1ObjectMeta Metadata { get; set; } public V1PodStatus Status { get; set; } }
            }
            """);
        Write("Old.cs", "using k8s;\npublic static class Old\n{\n    public static void Mark(IKubernetes client)\n    {\n        var pod = client.ReadNamespacedPod(\"n\", \"ns\");\n        pod.Status.Phase = \"x\";\n        client.ReplaceNamespacedPod(pod, \"n\", \"ns\");\n    }\n}\n");

        var run = await Tool.RunAsync("lint", folder, "--reference", old);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Old.cs:8:16 HARV1001", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not whole", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reference_that_is_no_assembly_is_misuse()
    {
        Write("words.dll", "words");
        (await Tool.RunAsync("lint", folder, "--reference", Path.Combine(folder, "words.dll"))).IsMisuse("words.dll", "no assembly");
    }

    [Fact]
    public async Task What_has_no_place_is_told_without_one()
    {
        Write("Nothing.cs", "public class Nothing { k8s.IKubernetes client = null!; }");
        Write(".editorconfig", "root = true\n[*.cs]\nharvester_analyzers.mode = nonsense\nharvester_analyzers.max_depth = nonsense\n");
        var file = Path.Combine(folder, "out.sarif");

        var run = await Tool.RunAsync("lint", folder, "--sarif", file);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("2 findings", run.Output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        foreach (var result in document.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray())
        {
            Assert.Equal("HARV0001", result.GetProperty("ruleId").GetString());
            Assert.Empty(result.GetProperty("locations").EnumerateArray());
        }
    }

    [Fact]
    public async Task The_work_that_a_test_starts_is_told_with_it()
    {
        Write("Restart.cs", LabelOnly + """

            public class WidgetReconciler(IKubernetes client)
            {
                public async Task ReconcileAsync(V1Widget widget)
                {
                    if (string.IsNullOrEmpty(widget.Status.Phase))
                    {
                        await client.BatchV1.CreateNamespacedJobAsync(new V1Job { Metadata = new() { Name = "j" } }, "default");
                    }
                }
            }
            """);
        var file = Path.Combine(folder, "out.sarif");

        var run = await Tool.RunAsync("lint", folder, "--sarif", file);

        Assert.Contains("  with:  " + Path.Combine(folder, "Restart.cs") + ":32:", run.Output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        var restart = document.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Single(r => r.GetProperty("ruleId").GetString() == "HARV2002");
        var related = restart.GetProperty("relatedLocations")[0];
        Assert.Equal(32, related.GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32());
    }

    [Theory]
    [InlineData("no/such/place", "does not exist")]
    [InlineData("README.md", "README.md")]
    public async Task What_is_no_code_is_misuse(string target, string word)
    {
        Write("README.md", "words");
        (await Tool.RunAsync("lint", Path.Combine(folder, target))).IsMisuse(target, word);
    }

    [Theory]
    [InlineData("--severity", "hint", "warning")]
    [InlineData("--mode", "all", "strict")]
    [InlineData("--format", "xml", "sarif")]
    public async Task A_word_that_is_none_of_an_option_is_misuse(string option, string word, string among) =>
        (await Tool.RunAsync("lint", folder, option, word)).IsMisuse(word, among);

    [Fact]
    public async Task A_broken_project_file_is_misuse()
    {
        Write("Broken.csproj", "<Project");
        (await Tool.RunAsync("lint", Path.Combine(folder, "Broken.csproj"))).IsMisuse("Broken.csproj");
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static void Compile(string path, string source)
    {
        var emitted = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path),
            [CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(path, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
    }

    private async Task Restore(string project)
    {
        var restore = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("dotnet", ["restore", project, "-v", "q"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        })!;
        await restore.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, restore.ExitCode);
    }
}
