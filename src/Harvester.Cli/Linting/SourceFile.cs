using System.Reflection;

namespace Harvester.Cli.Linting;

/// <summary>One C# file to look at, under the path a reader knows it by.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    private const string Prefix = "source/";

    /// <summary>The historical controller's sources. They travel inside the tool, so that an installed tool has them too.</summary>
    public static IReadOnlyList<SourceFile> HistoricalController()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new SourceFile(name[Prefix.Length..].Replace('\\', '/'), Read(assembly, name)))];
    }

    /// <summary>Every C# file below a folder, build output aside.</summary>
    public static IReadOnlyList<SourceFile> Below(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new MisuseException($"lint: folder '{folder}' does not exist");
        }

        return [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => (File: file, Relative: System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/')))
            .Where(found => !found.Relative.Split('/').Any(part => part is "bin" or "obj"))
            .OrderBy(found => found.Relative, StringComparer.Ordinal)
            .Select(found => new SourceFile(System.IO.Path.Combine(folder, found.Relative), File.ReadAllText(found.File)))];
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
