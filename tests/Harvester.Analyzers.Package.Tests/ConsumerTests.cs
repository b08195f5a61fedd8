using System.Text.RegularExpressions;

namespace Harvester.Analyzers.Package.Tests;

/// <summary>A project that takes the package from a feed gets its findings; one that references that project does not.</summary>
public sealed partial class ConsumerTests(PackedPackage package)
{
    private const string Source = """
        using k8s;
        using k8s.Models;

        namespace NAME;

        public class Scaler(IKubernetes client)
        {
            public async Task ScaleAsync(string name, string ns, int replicas)
            {
                var deployment = await client.AppsV1.ReadNamespacedDeploymentAsync(name, ns);
                deployment.Status.ReadyReplicas = replicas;
                await client.AppsV1.ReplaceNamespacedDeploymentAsync(deployment, name, ns);
            }
        }
        """;

    [Fact]
    public async Task Findings_come_with_the_package_and_go_no_further()
    {
        var folder = Prepare("<HarvesterAnalysisMode></HarvesterAnalysisMode>");
        var (code, output) = await BuildAsync(folder, "Second");
        Assert.True(code == 0, output);
        Assert.Equal(["First.cs: warning HARV1001"], Findings(output));
    }

    [Fact]
    public async Task The_mode_is_one_property()
    {
        var folder = Prepare("<HarvesterAnalysisMode>Strict</HarvesterAnalysisMode>");
        var (code, output) = await BuildAsync(folder, "First");
        Assert.True(code == 1, output);
        Assert.Equal(["First.cs: error HARV1001"], Findings(output));

        (code, output) = await BuildAsync(folder, "First", "-p:HarvesterAnalysisMode=None");
        Assert.True(code == 0, output);
        Assert.Empty(Findings(output));
    }

    [Fact]
    public async Task What_editorconfig_says_counts_before_the_mode()
    {
        var folder = Prepare("<HarvesterAnalysisMode>strict</HarvesterAnalysisMode>");
        await File.WriteAllTextAsync(Path.Combine(folder, "First", ".editorconfig"), "root = true\n[*.cs]\ndotnet_diagnostic.HARV1001.severity = warning\nharvester_analyzers.guards = weak\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "First", "harvester.analyzers.txt"), "write nothing\n", TestContext.Current.CancellationToken);
        var (code, output) = await BuildAsync(folder, "First");
        Assert.True(code == 0, output);
        Assert.Equal(["CSC: warning HARV0001", "First.cs: warning HARV1001", "harvester.analyzers.txt: warning HARV0001"], Findings(output));
    }

    private static string Prepare(PackedPackage package, string mode)
    {
        var folder = Directory.CreateDirectory(Path.Combine(package.Folder, Guid.NewGuid().ToString("N"))).FullName;
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "Directory.Packages.props"), "<Project />");
        var client = $"""<PackageReference Include="KubernetesClient" Version="{Dotnet.Told("ClientVersion")}" /><PackageReference Include="YamlDotNet" Version="{Dotnet.Told("YamlVersion")}" />""";
        Write("First", $"""<PackageReference Include="Harvester.Analyzers" Version="{package.Version}" PrivateAssets="all" />{client}""", mode + """
            </PropertyGroup><ItemGroup><AdditionalFiles Include="harvester.analyzers.txt" Condition="Exists('harvester.analyzers.txt')" /></ItemGroup><PropertyGroup>
            """);
        Write("Second", client + """<ProjectReference Include="../First/First.csproj" />""", "");
        return folder;

        void Write(string name, string references, string properties)
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            File.WriteAllText(Path.Combine(folder, name, name + ".cs"), Source.Replace("NAME", name, StringComparison.Ordinal));
            File.WriteAllText(Path.Combine(folder, name, name + ".csproj"), $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <ImplicitUsings>enable</ImplicitUsings>
                    <Nullable>enable</Nullable>
                    <RestoreSources>{package.Feed}</RestoreSources>
                    <RestoreFallbackFolders>{Dotnet.Told("PackageFolder")}</RestoreFallbackFolders>
                    <RestorePackagesPath>{folder}/packages</RestorePackagesPath>
                    {properties}
                  </PropertyGroup>
                  <ItemGroup>{references}</ItemGroup>
                </Project>
                """);
        }
    }

    private string Prepare(string mode) => Prepare(package, mode);

    private static Task<(int ExitCode, string Output)> BuildAsync(string folder, string project, params string[] more) => Dotnet.RunAsync(
        Path.Combine(folder, project),
        ["build", "-nologo", "-v", "quiet", "-tl:off", "-p:UseSharedCompilation=false", "-p:NuGetAudit=false", "-p:RunAnalyzersDuringBuild=true", .. more]);

    /// <summary>File, severity and id of each finding, once.</summary>
    private static IEnumerable<string> Findings(string output) => Finding().Matches(output)
        .Select(m => $"{(m.Groups["file"].Success ? Path.GetFileName(m.Groups["file"].Value) : "CSC")}: {m.Groups["severity"].Value} {m.Groups["id"].Value}")
        .Distinct()
        .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^(?:\s*CSC|(?<file>[^(\r\n]+)\([0-9,]+\))\s*: (?<severity>warning|error) (?<id>HARV\d+|AD0001)", RegexOptions.Multiline)]
    private static partial Regex Finding();
}
