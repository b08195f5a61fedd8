using System.Diagnostics;

namespace Harvester.Tests;

/// <summary>
/// The clone the tests were built from, linked into every test project. It is found from where the tests run: the paths a
/// deterministic build compiles in are not those of this machine.
/// </summary>
internal static class RepositoryRoot
{
    public static string Folder { get; } = Find();

    public static string At(params string[] parts) => Path.Combine([Folder, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Harvester.Analyzers.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new UnreachableException("The tests do not run inside the clone.");
    }
}
