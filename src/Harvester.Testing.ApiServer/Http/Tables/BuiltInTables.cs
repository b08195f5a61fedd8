using System.Collections.Frozen;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Http.Tables;

/// <summary>The printers of the built-in kinds, by plural and group; kinds without one show name and creation.</summary>
internal static class BuiltInTables
{
    private static readonly TablePrinter Default = new(
        "Name, Created At:date",
        row => [row.Name, row.Text("metadata", "creationTimestamp")]);

    private static readonly FrozenDictionary<string, TablePrinter> Printers =
        new[] { WorkloadTables.Printers, CoreTables.Printers, NetworkTables.Printers, StorageTables.Printers, PolicyTables.Printers, ExtensionTables.Printers }
            .SelectMany(family => family)
            .ToFrozenDictionary(printer => printer.Key, printer => printer.Value);

    /// <summary>How a built-in kind is printed.</summary>
    public static TablePrinter Of(ResourceKind kind) =>
        Printers.GetValueOrDefault(kind.Group.Length == 0 ? kind.Plural : $"{kind.Plural}.{kind.Group}", Default);
}
