using System.Reflection;

namespace Harvester.Cli.Linting;

/// <summary>One C# file to look at, under the path a reader knows it by.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    private const string Prefix = "source/";

    // A link may lead back to a folder above it.
    private static readonly EnumerationOptions Here = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>The historical controller's sources. They travel inside the tool, so that an installed tool has them too.</summary>
    public static IReadOnlyList<SourceFile> HistoricalController()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new SourceFile(name[Prefix.Length..].Replace('\\', '/'), Read(assembly, name)))];
    }

    /// <summary>Every C# file below a folder; what a build puts there and what tools keep in folders of their own is left out.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="unread">Hears of the files that cannot be read.</param>
    public static IReadOnlyList<SourceFile> Below(string folder, Action<string>? unread = null)
    {
        if (!Directory.Exists(folder))
        {
            throw new MisuseException($"lint: folder '{folder}' does not exist");
        }

        var files = new List<SourceFile>();
        foreach (var file in FilesBelow(folder, "*.cs"))
        {
            try
            {
                files.Add(new SourceFile(file, File.ReadAllText(file)));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                unread?.Invoke($"{file} cannot be read: {failure.Message}");
            }
        }

        return files;
    }

    /// <summary>The files below a folder that a person keeps there, in order.</summary>
    public static IEnumerable<string> FilesBelow(string folder, string pattern) =>
        Walk(folder, pattern).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Walk(string folder, string pattern)
    {
        foreach (var file in Directory.EnumerateFiles(folder, pattern, Here))
        {
            yield return file;
        }

        foreach (var below in Directory.EnumerateDirectories(folder, "*", Here))
        {
            if (System.IO.Path.GetFileName(below) is not ("bin" or "obj" or "node_modules" or ['.', ..]))
            {
                foreach (var file in Walk(below, pattern))
                {
                    yield return file;
                }
            }
        }
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
