using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Http.Tables;

/// <summary>A column of a built-in kind's Table. Those with priority 1 are only shown by <c>kubectl get -o wide</c>.</summary>
internal sealed record TableColumn(string Name, string Type, string Format, string Description, long Priority)
{
    /// <summary>
    /// Reads a column from a short form: the name, then <c>:integer</c>, <c>:boolean</c> or <c>:date</c> unless it is text,
    /// then <c>*</c> for one of wide tables.
    /// </summary>
    public static TableColumn Parse(string text)
    {
        var wide = text.EndsWith('*');
        var parts = text.TrimEnd('*').Split(':');
        var name = parts[0];
        return new TableColumn(
            name,
            parts.Length > 1 ? parts[1] : "string",
            name == "Name" ? "name" : "",
            name switch
            {
                "Name" => "The object's name, unique within its namespace.",
                "Age" or "Created At" => "When the object was created.",
                _ => $"{name} of the object.",
            },
            wide ? 1 : 0);
    }

    public JsonObject ToJson() => JsonObject.Of(
        ("name", Name),
        ("type", Type),
        ("format", Format),
        ("description", Description),
        ("priority", Priority));
}
