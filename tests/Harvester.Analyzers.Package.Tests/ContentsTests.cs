using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;

namespace Harvester.Analyzers.Package.Tests;

/// <summary>What is in the package, and what is not.</summary>
public class ContentsTests(PackedPackage package)
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static TheoryData<string> Assemblies => ["Harvester.Analyzers.dll", "Harvester.Analyzers.CodeFixes.dll"];

    [Fact]
    public void The_files_are_exactly_these() => Assert.Equal(
        [
            "Harvester.Analyzers.nuspec",
            "README.md",
            "analyzers/dotnet/cs/Harvester.Analyzers.CodeFixes.dll",
            "analyzers/dotnet/cs/Harvester.Analyzers.dll",
            "build/Harvester.Analyzers.props",
            "buildTransitive/Harvester.Analyzers.props",
            "config/default.globalconfig",
            "config/none.globalconfig",
            "config/recommended.globalconfig",
            "config/strict.globalconfig",
            "icon.png",
        ],
        Directory.EnumerateFiles(package.Contents, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(package.Contents, f).Replace('\\', '/'))
            .Where(f => f != "[Content_Types].xml" && !f.StartsWith("_rels/", StringComparison.Ordinal) && !f.StartsWith("package/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void It_is_a_development_dependency_without_dependencies()
    {
        var metadata = XDocument.Load(Path.Combine(package.Contents, "Harvester.Analyzers.nuspec")).Root!.Elements().Single();
        string? Value(string name) => metadata.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;
        Assert.Equal("true", Value("developmentDependency"));
        Assert.Null(Value("dependencies"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.Equal("README.md", Value("readme"));
        var repository = metadata.Elements().Single(e => e.Name.LocalName == "repository");
        Assert.Equal("https://github.com/harvester-analyzers/harvester-analyzers", repository.Attribute("url")?.Value);
        Assert.Matches("^[0-9a-f]{40}$", repository.Attribute("commit")?.Value);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_needs_nothing_but_an_old_compiler(string name)
    {
        using var file = OpenAssembly(name);
        var reader = file.GetMetadataReader();
        foreach (var reference in reader.AssemblyReferences.Select(reader.GetAssemblyReference))
        {
            var referenced = reader.GetString(reference.Name);
            if (referenced.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
            {
                Assert.True(reference.Version <= new Version(4, 8, 0, 0), $"{referenced} {reference.Version}");
            }
            else
            {
                // What the compiler itself brings, and the other assembly of the package.
                Assert.Contains(referenced, new[] { "netstandard", "System.Collections.Immutable", "System.Composition.AttributedModel", "Harvester.Analyzers" });
            }
        }
    }

    [Fact]
    public void The_rules_know_no_workspaces()
    {
        using var file = OpenAssembly("Harvester.Analyzers.dll");
        var reader = file.GetMetadataReader();
        Assert.DoesNotContain(reader.AssemblyReferences, r => reader.GetString(reader.GetAssemblyReference(r).Name).Contains("Workspaces", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_has_the_version_of_the_package(string name)
    {
        using var file = OpenAssembly(name);
        var numbers = package.Version.Split('-')[0];
        Assert.Equal(numbers + ".0", file.GetMetadataReader().GetAssemblyDefinition().Version.ToString());
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_is_deterministic_and_says_where_its_sources_are(string name)
    {
        using var file = OpenAssembly(name);
        var entries = file.ReadDebugDirectory();
        Assert.Contains(entries, e => e.Type == DebugDirectoryEntryType.Reproducible);
        using var symbols = file.ReadEmbeddedPortablePdbDebugDirectoryData(entries.Single(e => e.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
        var reader = symbols.GetMetadataReader();
        var link = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation).Single(i => reader.GetGuid(i.Kind) == SourceLink);
        Assert.Contains("https://raw.githubusercontent.com/harvester-analyzers/harvester-analyzers/", Encoding.UTF8.GetString(reader.GetBlobBytes(link.Value)));
    }

    [Fact]
    public void Both_folders_have_the_same_props() => Assert.Equal(
        File.ReadAllText(Path.Combine(package.Contents, "build", "Harvester.Analyzers.props")),
        File.ReadAllText(Path.Combine(package.Contents, "buildTransitive", "Harvester.Analyzers.props")));

    [Fact]
    public void A_preset_gives_way_to_what_its_user_says() => Assert.All(
        Directory.EnumerateFiles(Path.Combine(package.Contents, "config")),
        file => Assert.Contains("is_global = true\nglobal_level = -100\n", File.ReadAllText(file).ReplaceLineEndings("\n"), StringComparison.Ordinal));

    private PEReader OpenAssembly(string name) => new(File.OpenRead(Path.Combine(package.Contents, "analyzers", "dotnet", "cs", name)));
}
