using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Http.Tables;

/// <summary>How the objects of one built-in kind become rows of a Table (section 9 of the built-in kinds' semantics).</summary>
internal sealed class TablePrinter
{
    private readonly Func<TableRow, IEnumerable<JsonValue>> _cells;
    private readonly Func<TableRow, JsonArray?> _conditions;
    private readonly string? _hiddenAnnotation;

    public TablePrinter(
        string columns,
        Func<TableRow, IEnumerable<JsonValue>> cells,
        Func<TableRow, JsonArray?>? conditions = null,
        string? hiddenAnnotation = null)
    {
        _hiddenAnnotation = hiddenAnnotation;
        Columns = [.. columns.Split(',', StringSplitOptions.TrimEntries).Select(TableColumn.Parse)];
        _cells = cells;
        _conditions = conditions ?? (_ => null);
    }

    public IReadOnlyList<TableColumn> Columns { get; }

    public JsonArray Cells(JsonObject value, DateTimeOffset now) => JsonArray.Of(_cells(new TableRow(value, now)));

    /// <summary>What the row says about the object as a whole, such as that a pod has finished; null when nothing.</summary>
    public JsonArray? Conditions(JsonObject value, DateTimeOffset now) => _conditions(new TableRow(value, now));

    /// <summary>The metadata that goes with a row: what a version makes up for its readers is not in it.</summary>
    public JsonObject Metadata(JsonObject value)
    {
        if (_hiddenAnnotation is null || value.At("metadata", "annotations", _hiddenAnnotation) is null)
        {
            return value;
        }

        var annotations = ((JsonObject)value.At("metadata", "annotations")!).Without(_hiddenAnnotation);
        return ObjectMetadata.WithMeta(value, "annotations", annotations.Count == 0 ? null : annotations);
    }
}
