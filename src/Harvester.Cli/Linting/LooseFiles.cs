using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Cli.Linting;

/// <summary>
/// The files of a folder that may hold many projects. They bind best all together; where two projects declare a type of the same name,
/// neither would.
/// </summary>
internal sealed class LooseFiles
{
    private static readonly string[] WebUsings =
    [
        "System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    ];

    private static readonly string[] WorkerUsings =
    [
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    ];

    // Each of them binds the whole of what is shared again.
    private const int MostCompilations = 32;

    private readonly List<Part> projects;
    private readonly Dictionary<SourceFile, List<string>> typesOf;

    /// <summary>Sorts the files by the projects they lie in.</summary>
    public LooseFiles(string folder, IReadOnlyList<SourceFile> files)
    {
        var projectFiles = SourceFile.FilesBelow(folder, "*.csproj").ToList();
        var folders = projectFiles.Select(path => Path.GetDirectoryName(path)! + Path.DirectorySeparatorChar).Distinct().OrderByDescending(path => path.Length).ToList();
        var declared = files.ToDictionary(file => file, file => TypesOf(file).ToList());
        projects =
        [
            .. files
                .GroupBy(file => folders.Find(path => file.Path.StartsWith(path, StringComparison.Ordinal)) ?? "")
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .SelectMany(group => Apart([.. group], declared))
                .Select(group => new Part(group, group.SelectMany(file => declared[file]).Select(type => type.Name).ToHashSet(StringComparer.Ordinal))),
        ];
        typesOf = declared.ToDictionary(pair => pair.Key, pair => pair.Value.Select(type => type.Name).ToList());
        Usings = [.. projectFiles.Concat(SourceFile.FilesBelow(folder, "Directory.Build.props")).SelectMany(UsingsOf).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>What the projects import everywhere, besides the usings that every project may have.</summary>
    public IReadOnlyList<string> Usings { get; }

    /// <summary>The compilations, and of each the files it is there for; null for all.</summary>
    public IEnumerable<(IReadOnlyList<SourceFile> Files, IReadOnlySet<string>? Only)> Compilations()
    {
        var contested = projects.SelectMany(p => p.Types).GroupBy(type => type).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        if (contested.Count == 0 || projects.Count(p => p.Types.Overlaps(contested)) > MostCompilations)
        {
            yield return ([.. projects.SelectMany(p => p.Files)], null);
            yield break;
        }

        var alone = projects.Where(p => p.Types.Overlaps(contested)).ToList();
        var shared = projects.Except(alone).SelectMany(p => p.Files).ToList();
        if (shared.Count > 0)
        {
            yield return (Together(shared, []), Names(shared));
        }

        foreach (var project in alone)
        {
            yield return (Together([.. project.Files, .. shared], project.Types), Names(project.Files));
        }

        // The projects in turn, each file of which declares nothing that is there already.
        List<SourceFile> Together(List<SourceFile> first, IEnumerable<string> declared)
        {
            var types = declared.ToHashSet(StringComparer.Ordinal);
            var all = first.ToList();
            foreach (var file in alone.SelectMany(p => p.Files).Except(first))
            {
                var its = typesOf[file];
                if (its.Count > 0 && !types.Overlaps(its))
                {
                    types.UnionWith(its);
                    all.Add(file);
                }
            }

            return all;
        }

        static HashSet<string> Names(List<SourceFile> files) => files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A file of one project that declares what another of it declares was not meant to be compiled with that: it stands alone.</summary>
    private static IEnumerable<List<SourceFile>> Apart(List<SourceFile> files, Dictionary<SourceFile, List<(string Name, bool IsPartial)>> declared)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var together = new List<SourceFile>();
        foreach (var file in files)
        {
            if (declared[file].Exists(type => !type.IsPartial && seen.Contains(type.Name)))
            {
                yield return [file];
            }
            else
            {
                together.Add(file);
                seen.UnionWith(declared[file].Where(type => !type.IsPartial).Select(type => type.Name));
            }
        }

        yield return together;
    }

    private static IEnumerable<(string Name, bool IsPartial)> TypesOf(SourceFile file)
    {
        var root = CSharpSyntaxTree.ParseText(file.Text, LooseCompilation.Parse).GetRoot();
        foreach (var type in root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<MemberDeclarationSyntax>())
        {
            var (name, arity) = type switch
            {
                TypeDeclarationSyntax declared => (declared.Identifier.ValueText, declared.TypeParameterList?.Parameters.Count ?? 0),
                EnumDeclarationSyntax declared => (declared.Identifier.ValueText, 0),
                DelegateDeclarationSyntax declared => (declared.Identifier.ValueText, declared.TypeParameterList?.Parameters.Count ?? 0),
                _ => ("", 0),
            };
            if (name.Length > 0 && !type.Modifiers.Any(SyntaxKind.FileKeyword))
            {
                yield return (string.Join('.', type.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Select(n => n.Name.ToString()).Reverse().Append(name)) + "`" + arity, type.Modifiers.Any(SyntaxKind.PartialKeyword));
            }
        }
    }

    private static IEnumerable<string> UsingsOf(string project)
    {
        XElement? root;
        try
        {
            root = XDocument.Load(project).Root;
        }
        catch (Exception failure) when (failure is XmlException or IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        foreach (var name in root?.Attribute("Sdk")?.Value switch
        {
            "Microsoft.NET.Sdk.Web" => WebUsings,
            "Microsoft.NET.Sdk.Worker" => WorkerUsings,
            _ => [],
        })
        {
            yield return name;
        }

        foreach (var item in root?.Descendants().Where(e => e.Name.LocalName == "Using") ?? [])
        {
            if (item.Attribute("Include")?.Value is { Length: > 0 } name && !name.Contains('$', StringComparison.Ordinal))
            {
                var alias = item.Attribute("Alias")?.Value;
                yield return (item.Attribute("Static")?.Value is "true" or "True" ? "static " : "") + (alias is null ? "" : alias + " = ") + name;
            }
        }
    }

    private sealed record Part(List<SourceFile> Files, HashSet<string> Types);
}
