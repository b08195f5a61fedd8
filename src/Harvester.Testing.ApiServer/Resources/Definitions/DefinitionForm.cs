using System.Text;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources.Definitions;

/// <summary>
/// A definition's spec as kube-apiserver holds it while it validates: what is the same in all versions stands once above them,
/// and errors name it there.
/// </summary>
internal sealed class DefinitionForm
{
    private DefinitionForm(JsonObject spec)
    {
        Spec = spec;
        var versions = (spec.Find("versions") as JsonArray ?? JsonArray.Empty).Select(item => item as JsonObject ?? JsonObject.Empty).ToList();
        Validation = Shared(versions, "schema") as JsonObject;
        Subresources = Shared(versions, "subresources") as JsonObject;
        Columns = Shared(versions, "additionalPrinterColumns") as JsonArray ?? JsonArray.Empty;
        SelectableFields = Shared(versions, "selectableFields") as JsonArray ?? JsonArray.Empty;
        foreach (var member in (string[])["schema", "subresources", "additionalPrinterColumns", "selectableFields"])
        {
            if (IsShared(versions, member))
            {
                versions = [.. versions.Select(version => version.Without(member))];
            }
        }

        Versions = versions;
    }

    /// <summary>The spec as given.</summary>
    public JsonObject Spec { get; }

    /// <summary>The versions, each with what is its own alone.</summary>
    public IReadOnlyList<JsonObject> Versions { get; }

    /// <summary>The <c>schema</c> of all versions, or null.</summary>
    public JsonObject? Validation { get; }

    /// <summary>The subresources of all versions, or null.</summary>
    public JsonObject? Subresources { get; }

    /// <summary>The printer columns of all versions.</summary>
    public JsonArray Columns { get; }

    /// <summary>The selectable fields of all versions.</summary>
    public JsonArray SelectableFields { get; }

    /// <summary>The name of the first version, which is also held above them.</summary>
    public string Version => Versions.Count > 0 ? Versions[0].Text("name") : "";

    /// <summary>Every schema, be it shared or of one version.</summary>
    public IEnumerable<JsonObject> Schemas => Versions.Prepend(JsonObject.Of(("schema", Validation)))
        .Select(version => version.At("schema", "openAPIV3Schema")).OfType<JsonObject>();

    /// <summary>Reads the spec of a definition.</summary>
    /// <param name="definition">The definition.</param>
    public static DefinitionForm Of(JsonObject definition) => new(definition.Find("spec") as JsonObject ?? JsonObject.Empty);

    /// <summary>The schema of a version, or null.</summary>
    /// <param name="version">The version's name.</param>
    public JsonObject? SchemaOf(string version) =>
        (Validation ?? Versions.FirstOrDefault(item => item.Text("name") == version)?.Find("schema") as JsonObject)?.Find("openAPIV3Schema") as JsonObject;

    /// <summary>The subresources of a version, or null.</summary>
    /// <param name="version">The version.</param>
    public JsonObject? SubresourcesOf(JsonObject version) => Subresources ?? version.Find("subresources") as JsonObject;

    /// <summary>The versions as errors show them: structs of Go's, with all their members.</summary>
    public string VersionsText()
    {
        var text = new StringBuilder("[");
        foreach (var version in Versions)
        {
            text.Append(text.Length > 1 ? "," : "")
                .Append("{\"Name\":").Append(Shown(version.Text("name")))
                .Append(",\"Served\":").Append(version.Flag("served") ? "true" : "false")
                .Append(",\"Storage\":").Append(version.Flag("storage") ? "true" : "false")
                .Append(",\"Deprecated\":").Append(version.Flag("deprecated") ? "true" : "false")
                .Append(",\"DeprecationWarning\":").Append(Shown(version.Given("deprecationWarning")))
                .Append(",\"Schema\":").Append(Shown(version.Given("schema")))
                .Append(",\"Subresources\":").Append(Shown(version.Given("subresources")))
                .Append(",\"AdditionalPrinterColumns\":").Append(Shown(version.Given("additionalPrinterColumns")))
                .Append(",\"SelectableFields\":").Append(Shown(version.Given("selectableFields")))
                .Append('}');
        }

        return text.Append(']').ToString();
    }

    private static string Shown(JsonValue? value) => GoText.OfValue(value ?? JsonValue.Null);

    private static bool IsShared(List<JsonObject> versions, string member) => versions.Count > 0
        && versions.TrueForAll(version => Equals(Normal(version.Find(member)), Normal(versions[0].Find(member))));

    private static JsonValue? Shared(List<JsonObject> versions, string member) =>
        IsShared(versions, member) ? Normal(versions[0].Find(member)) : null;

    private static JsonValue? Normal(JsonValue? value) => value is null or JsonNull or JsonArray { Count: 0 } ? null : value;
}
