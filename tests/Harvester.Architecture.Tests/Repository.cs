using System.Xml.Linq;

namespace Harvester.Architecture.Tests;

/// <summary>The clone the tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] SkippedFolders = ["bin", "obj", ".git", ".vs", ".idea", "artifacts", "TestResults"];

    public static string Root => RepositoryRoot.Folder;

    public static IEnumerable<string> Files(string pattern = "*") => Below(new DirectoryInfo(Root), pattern);

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ProjectReferences()
    {
        return Files("*.csproj").ToDictionary(
            path => Path.GetFileNameWithoutExtension(path),
            path => (IReadOnlyList<string>)[.. XDocument.Load(path)
                .Descendants("ProjectReference")
                .Where(reference => reference.Attribute("OutputItemType")?.Value != "Analyzer")
                .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
                .Select(include => Path.GetFileNameWithoutExtension(include))]);
    }

    public static string FolderOf(string project) =>
        Path.GetRelativePath(Root, Files(project + ".csproj").Single()).Replace('\\', '/').Split('/')[0];

    private static IEnumerable<string> Below(DirectoryInfo folder, string pattern) =>
        folder.EnumerateFiles(pattern).Select(file => file.FullName)
            .Concat(folder.EnumerateDirectories()
                .Where(child => !SkippedFolders.Contains(child.Name))
                .SelectMany(child => Below(child, pattern)));
}
