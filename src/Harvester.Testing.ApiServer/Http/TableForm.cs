using System.Globalization;
using Harvester.Testing.ApiServer.Http.Tables;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>Objects as rows of a Table, what <c>kubectl get</c> prints (X-6).</summary>
internal sealed class TableForm(string apiVersion) : Negotiation
{
    /// <summary>The API group of Table and PartialObjectMetadata.</summary>
    public const string Group = "meta.k8s.io";

    private static readonly JsonObject NameColumn = Column(
        "Name", "string", "name", "Name must be unique within a namespace.", 0);

    private static readonly JsonObject Age = JsonObject.Of(
        ("name", "Age"), ("type", "date"), ("jsonPath", ".metadata.creationTimestamp"));

    private static readonly IReadOnlyList<JsonObject> ScaleColumns =
    [
        JsonObject.Of(("name", "Desired"), ("type", "integer"), ("description", "Number of desired replicas"), ("jsonPath", ".spec.replicas")),
        JsonObject.Of(("name", "Available"), ("type", "integer"), ("description", "Number of actual replicas"), ("jsonPath", ".status.replicas")),
        Age,
    ];

    public static JsonObject ListMetadata(ListResult result)
    {
        var metadata = new JsonObject.Builder { ["resourceVersion"] = RequestContext.Text(result.Revision) };
        if (result.Continue.Length > 0)
        {
            metadata["continue"] = result.Continue;
        }

        if (result.Remaining is { } remaining)
        {
            metadata["remainingItemCount"] = remaining;
        }

        return metadata.Build();
    }

    public override ApiResponse One(RequestContext context, int statusCode, JsonObject value) => ApiResponse.Typed(
        statusCode,
        Table(context, JsonObject.Of(("resourceVersion", value.At("metadata", "resourceVersion"))), [value], withColumns: true));

    public override ApiResponse Many(RequestContext context, ListResult result) => ApiResponse.Typed(
        200,
        Table(context, ListMetadata(result), result.Items.Select(item => Reading.Converted(item, context.Kind)), withColumns: true));

    public override Func<JsonObject, JsonValue>? Event(RequestContext context)
    {
        // Only the first event carries the columns.
        var first = true;
        return value =>
        {
            var table = Table(
                context, JsonObject.Of(("resourceVersion", value.At("metadata", "resourceVersion"))), [value], first);
            first = false;
            return table;
        };
    }

    private JsonObject Table(RequestContext context, JsonObject metadata, IEnumerable<JsonObject> values, bool withColumns)
    {
        if (context.Subresource == "scale")
        {
            return ScaleTable(context, metadata, values);
        }

        if (!context.Kind.IsCustom)
        {
            return BuiltInTable(context, metadata, values, withColumns);
        }

        var columns = context.Subresource == "scale" ? ScaleColumns : context.Kind.PrinterColumns.Count > 0 ? context.Kind.PrinterColumns : [Age];
        var paths = columns.Select(column => PrinterPath.Parse(column.Find("jsonPath")?.AsString ?? "")).ToList();
        var include = Included(context);
        var rows = values.Select(value => (JsonValue)JsonObject.Of(
            ("cells", JsonArray.Of(
                [ObjectMetadata.Name(value), .. columns.Select((column, i) => Cell(column, paths[i], value, context.Server.Now))])),
            ("object", Shown(value, include))));
        return JsonObject.Of(
            ("kind", "Table"),
            ("apiVersion", apiVersion),
            ("metadata", metadata),
            ("columnDefinitions", withColumns
                ? JsonArray.Of([NameColumn, .. columns.Select(column => (JsonValue)Column(
                    column.Find("name")?.AsString ?? "",
                    column.Find("type")?.AsString ?? "string",
                    column.Find("format")?.AsString ?? "",
                    column.Find("description")?.AsString
                        ?? $"Custom resource definition column (in JSONPath format): {column.Find("jsonPath")?.AsString}",
                    column.Find("priority")?.AsInteger ?? 0))])
                : JsonValue.Null),
            ("rows", JsonArray.Of(rows)));
    }

    private JsonObject BuiltInTable(RequestContext context, JsonObject metadata, IEnumerable<JsonObject> values, bool withColumns)
    {
        var printer = BuiltInTables.Of(context.Kind);
        var include = Included(context);
        var now = context.Server.Now;
        return JsonObject.Of(
            ("kind", "Table"),
            ("apiVersion", apiVersion),
            ("metadata", metadata),
            ("columnDefinitions", withColumns
                ? JsonArray.Of(printer.Columns.Select(column => (JsonValue)column.ToJson()))
                : JsonValue.Null),
            ("rows", JsonArray.Of(values.Select(value => (JsonValue)JsonObject.Of(
                ("cells", printer.Cells(value, now)),
                ("conditions", printer.Conditions(value, now)),
                ("object", Shown(include == "Metadata" ? printer.Metadata(value) : value, include)))))));
    }

    private JsonObject ScaleTable(RequestContext context, JsonObject metadata, IEnumerable<JsonObject> values)
    {
        var include = Included(context);
        return JsonObject.Of(
            ("kind", "Table"),
            ("apiVersion", apiVersion),
            ("metadata", metadata),
            ("columnDefinitions", JsonArray.Of(
                NameColumn,
                Column("Desired", "integer", "", "The number of replicas the object should have.", 0),
                Column("Available", "integer", "", "The number of replicas the object has.", 0),
                Column("Age", "date", "", "The time since the object was made.", 0))),
            ("rows", JsonArray.Of(values.Select(value => (JsonValue)JsonObject.Of(
                ("cells", JsonArray.Of(
                    ObjectMetadata.Name(value),
                    value.At("spec", "replicas") ?? 0,
                    value.At("status", "replicas") ?? 0,
                    AgeOf(value.At("metadata", "creationTimestamp")?.AsString ?? "", context.Server.Now))),
                ("object", Shown(value, include)))))));
    }

    private static string Included(RequestContext context)
    {
        var include = context.Request.Query.Find("includeObject") is { Length: > 0 } asked ? asked : "Metadata";
        return include is "None" or "Object" or "Metadata"
            ? include
            : throw ApiFailure.BadRequest(
                $"Unable to convert to Table as requested: includeObject: Invalid value: \"{include}\": must be 'Metadata', 'Object', 'None', or empty");
    }

    private JsonValue Shown(JsonObject value, string include) => include switch
    {
        "None" => JsonValue.Null,
        "Object" => value,
        _ => MetadataForm.Of(value, apiVersion),
    };

    private static JsonObject Column(string name, string type, string format, string description, long priority) => JsonObject.Of(
        ("name", name),
        ("type", type),
        ("format", format),
        ("description", description),
        ("priority", priority));

    private static JsonValue Cell(JsonObject column, PrinterPath path, JsonObject value, DateTimeOffset now)
    {
        var found = path.Find(value);
        var type = column.Find("type")?.AsString ?? "string";
        if (found.Count == 0)
        {
            return JsonValue.Null;
        }

        var first = found[0];
        return type switch
        {
            "string" => first switch
            {
                JsonString text => text,
                JsonNull => JsonValue.Null,
                _ => first.ToString(),
            },
            "integer" => first switch
            {
                JsonInteger => first,
                JsonFloat number => (long)number.Value,
                _ => JsonValue.Null,
            },
            "number" => first is JsonInteger or JsonFloat ? first : JsonValue.Null,
            "boolean" => first is JsonBoolean ? first : JsonValue.Null,
            "date" => first is JsonString date ? AgeOf(date.Value, now) : JsonValue.Null,
            _ => JsonValue.Null,
        };
    }

    private static string AgeOf(string text, DateTimeOffset now) =>
        text.Contains('T', StringComparison.Ordinal)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Ages.Short(now - time)
            : "<invalid>";
}
