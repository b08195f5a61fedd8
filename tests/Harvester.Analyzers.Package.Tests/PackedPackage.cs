using System.IO.Compression;

[assembly: AssemblyFixture(typeof(Harvester.Analyzers.Package.Tests.PackedPackage))]

namespace Harvester.Analyzers.Package.Tests;

/// <summary>The package, produced once for all tests.</summary>
public sealed class PackedPackage : IAsyncLifetime
{
    /// <summary>A folder for everything the tests make.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("harvester-package").FullName;

    /// <summary>The folder the package stands in: a feed.</summary>
    public string Feed => Path.Combine(Folder, "feed");

    /// <summary>The version in the file's name.</summary>
    public string Version { get; private set; } = "";

    /// <summary>The contents, unpacked.</summary>
    public string Contents => Path.Combine(Folder, "contents");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var (code, output) = await Dotnet.RunAsync(
            RepositoryRoot.At("analyzers", "Harvester.Analyzers.Package"),
            "pack", "--no-build", "--no-restore", "-nologo", "-v", "quiet", "-c", Dotnet.Told("Configuration"), "-o", Feed);
        Assert.True(code == 0, output);
        var file = Assert.Single(Directory.GetFiles(Feed, "*.nupkg"));
        Version = Path.GetFileNameWithoutExtension(file)["Harvester.Analyzers.".Length..];
        await ZipFile.ExtractToDirectoryAsync(file, Contents);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
