using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Storage;

/// <summary>The difference of two claims as kube-apiserver shows it: line by line, in the order and the names of its types.</summary>
internal static class ClaimSpecText
{
    private const int Context = 3;

    /// <summary>The changed lines, with some around them.</summary>
    /// <param name="old">The spec as it should be.</param>
    /// <param name="changed">The spec as it was sent.</param>
    public static string Difference(JsonObject old, JsonObject changed) => LineDifference.Of(Lines(old), Lines(changed), Context);

    private static List<string> Lines(JsonObject spec)
    {
        var lines = new List<string> { "{" };
        List(lines, "AccessModes", spec.Find("accessModes") as JsonArray, last: false);
        Member(lines, "Selector", spec.Find("selector"));
        lines.Add(" \"Resources\": {");
        Amounts(lines, "Limits", spec.At("resources", "limits") as JsonObject, last: false);
        Amounts(lines, "Requests", spec.At("resources", "requests") as JsonObject, last: true);
        lines.Add(" },");
        Member(lines, "VolumeName", spec.Find("volumeName") ?? "");
        Member(lines, "StorageClassName", spec.Find("storageClassName"));
        Member(lines, "VolumeMode", spec.Find("volumeMode"));
        Member(lines, "DataSource", spec.Find("dataSource"));
        Member(lines, "DataSourceRef", spec.Find("dataSourceRef"));
        Member(lines, "VolumeAttributesClassName", spec.Find("volumeAttributesClassName"), last: true);
        lines.Add("}");
        return lines;
    }

    private static void Member(List<string> lines, string name, JsonValue? value, bool last = false) =>
        lines.Add($" \"{name}\": {GoText.OfValue(value ?? JsonValue.Null)}{(last ? "" : ",")}");

    private static void List(List<string> lines, string name, JsonArray? items, bool last)
    {
        if (items is null)
        {
            Member(lines, name, null, last);
            return;
        }

        lines.Add($" \"{name}\": [");
        for (var i = 0; i < items.Count; i++)
        {
            lines.Add($"  {GoText.OfValue(items[i])}{(i + 1 < items.Count ? "," : "")}");
        }

        lines.Add(last ? " ]" : " ],");
    }

    private static void Amounts(List<string> lines, string name, JsonObject? amounts, bool last)
    {
        var end = last ? "" : ",";
        if (amounts is null)
        {
            lines.Add($"  \"{name}\": null{end}");
            return;
        }

        lines.Add($"  \"{name}\": {{");
        var i = 0;
        foreach (var (resource, amount) in amounts)
        {
            lines.Add($"   \"{resource}\": {GoText.OfValue(amount)}{(++i < amounts.Count ? "," : "")}");
        }

        lines.Add($"  }}{end}");
    }
}
