using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Harvester.Cli.Linting;

/// <summary>Loads every C# file below a folder as one loose compilation, with the configuration files that lie there.</summary>
internal static class FolderLoader
{
    private const string Table = "harvester.analyzers.txt";

    // Of several programs in one compilation, of a library that has one, of code for a build that chose other features.
    private static readonly FrozenSet<string> Harmless = FrozenSet.Create("CS8802", "CS8805", "CS8803", "CS5001", "CS0017", "CS7022", "CS1704");

    /// <summary>Loads the folder. Where projects below it declare the same types, each of them is a compilation with what all share.</summary>
    /// <exception cref="MisuseException">There is no C# file below it.</exception>
    public static IReadOnlyList<LintSubject> Load(string folder, IReadOnlyList<string> references)
    {
        var gaps = new List<string>();
        var files = SourceFile.Below(folder, gaps.Add);
        if (files.Count == 0)
        {
            throw new MisuseException($"lint: no .cs file below '{folder}'");
        }

        var name = Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar));
        var loose = new LooseFiles(folder, files);
        ImmutableArray<AdditionalText> tables =
            [.. SourceFile.FilesBelow(folder, Table).Select(path => (AdditionalText)new TextFile(path, File.ReadAllText(path)))];
        var configs = Configs(folder).ToList();
        return
        [
            .. loose.Compilations().Select((part, i) => new LintSubject(
                name,
                LooseCompilation.Create("Linted", part.Files, references, loose.Usings),
                tables,
                configs,
                i == 0 ? gaps : [])
            {
                Only = part.Only,
                Harmless = Harmless,
            }),
        ];
    }

    // The folder's own files and those of the folders above, up to the one that says it is the root.
    private static IEnumerable<ConfigFile> Configs(string folder)
    {
        foreach (var path in SourceFile.FilesBelow(folder, ".editorconfig")
            .Concat(Directory.EnumerateFiles(folder, "*.globalconfig", SearchOption.TopDirectoryOnly))
            .Order(StringComparer.Ordinal))
        {
            yield return new ConfigFile(Path.GetFullPath(path), File.ReadAllText(path));
        }

        for (var above = Directory.GetParent(Path.GetFullPath(folder)); above is not null; above = above.Parent)
        {
            var path = Path.Combine(above.FullName, ".editorconfig");
            if (File.Exists(path))
            {
                yield return new ConfigFile(path, File.ReadAllText(path));
            }
        }
    }
}
