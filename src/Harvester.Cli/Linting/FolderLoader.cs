using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Harvester.Cli.Linting;

/// <summary>Loads every C# file below a folder as one loose compilation, with the configuration files that lie there.</summary>
internal static class FolderLoader
{
    private const string Table = "harvester.analyzers.txt";

    /// <summary>Loads the folder.</summary>
    /// <exception cref="MisuseException">There is no C# file below it.</exception>
    public static LintSubject Load(string folder, IReadOnlyList<string> references)
    {
        var files = SourceFile.Below(folder);
        if (files.Count == 0)
        {
            throw new MisuseException($"lint: no .cs file below '{folder}'");
        }

        var tables = Directory.EnumerateFiles(folder, Table, SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => (AdditionalText)new TextFile(path, File.ReadAllText(path)));
        return new LintSubject(
            Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar)),
            LooseCompilation.Create("Linted", files, references),
            [.. tables],
            [.. Configs(folder)],
            []);
    }

    // The folder's own files and those of the folders above, up to the one that says it is the root.
    private static IEnumerable<ConfigFile> Configs(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, ".editorconfig", SearchOption.AllDirectories)
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
