using System.Reflection;

namespace Harvester.Cli.Demo;

/// <summary>The custom resource definitions of the story. They travel inside the tool.</summary>
internal static class StoryDefinitions
{
    private const string Prefix = "crds/";
    private const string UpgradeFile = Prefix + "harvesterhci.io_upgrades.yaml";
    private const string StorageLine = "    storage: true\n";

    /// <summary>All definitions, as YAML.</summary>
    /// <param name="statusSubresource">Turns the status subresource of the upgrade definition on, and nothing else.</param>
    public static IEnumerable<string> All(bool statusSubresource)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var text = reader.ReadToEnd();
            yield return statusSubresource && name == UpgradeFile ? WithStatusSubresource(text) : text;
        }
    }

    private static string WithStatusSubresource(string definition) =>
        definition.Contains(StorageLine, StringComparison.Ordinal)
            ? definition.Replace(StorageLine, StorageLine + "    subresources:\n      status: {}\n", StringComparison.Ordinal)
            : throw new InvalidOperationException("The upgrade definition has no version to put the status subresource into.");
}
