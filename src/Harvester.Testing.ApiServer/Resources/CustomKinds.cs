using System.Runtime.CompilerServices;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.Definitions;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>
/// The kinds that custom resource definitions make. They are a view of the stored definitions, so a fork, a change or a
/// deletion of a definition needs no registration of any sort; each stored definition is read once.
/// </summary>
internal static class CustomKinds
{
    public static readonly GroupResource Definitions = new("apiextensions.k8s.io", "customresourcedefinitions");

    private static readonly ConditionalWeakTable<JsonObject, ResourceKind[]> Read = [];

    private static readonly ConditionalWeakTable<JsonObject, KindSchema> Schemas = [];

    /// <summary>The kind served at a path, or null.</summary>
    public static ResourceKind? Find(ObjectState state, string group, string version, string plural)
    {
        if (group.Length == 0 || state.Find(Definitions, null, $"{plural}.{group}") is not { } definition)
        {
            return null;
        }

        foreach (var kind in Of(definition.Object))
        {
            if (kind.Version == version)
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>The definition that makes a kind, or null for a built-in one.</summary>
    public static StoredRevision? DefinitionOf(ResourceKind kind, ObjectState state) =>
        kind.IsCustom ? state.Find(Definitions, null, $"{kind.Plural}.{kind.Group}") : null;

    /// <summary>Every kind served, by name of the definition and in its order of versions.</summary>
    public static IEnumerable<ResourceKind> All(ObjectState state) =>
        state.Of(Definitions).Values.SelectMany(definition => Of(definition.Object));

    /// <summary>The kinds of a definition, one for each version served; none before it is established.</summary>
    public static ResourceKind[] Of(JsonObject definition) => Read.GetValue(definition, ReadKinds);

    private static ResourceKind[] ReadKinds(JsonObject definition)
    {
        if (!DefinitionStatus.IsEstablished(definition))
        {
            return [];
        }

        var spec = definition.Find("spec");
        var names = definition.At("status", "acceptedNames") ?? spec?["names"];
        var group = spec?["group"]?.AsString ?? "";
        var plural = names?["plural"]?.AsString ?? "";
        var kindName = names?["kind"]?.AsString ?? "";
        var versions = (spec?["versions"] as JsonArray ?? JsonArray.Empty).OfType<JsonObject>().ToList();
        var storage = versions.Find(version => version.Find("storage")?.AsBoolean == true)?.Find("name")?.AsString ?? "";
        var fieldTypes = new CustomFieldTypes(group, versions);
        var schemas = versions
            .Where(version => version.At("schema", "openAPIV3Schema") is JsonObject)
            .DistinctBy(version => version.Find("name")?.AsString)
            .ToDictionary(version => version.Find("name")?.AsString ?? "", version => SchemaOf((JsonObject)version.At("schema", "openAPIV3Schema")!));
        var scaleVersions = ScalePaths.Read(group, versions);
        var kinds = new List<ResourceKind>();
        foreach (var version in versions)
        {
            if (version.Find("served")?.AsBoolean != true)
            {
                continue;
            }

            var name = version.Find("name")?.AsString ?? "";
            kinds.Add(new ResourceKind
            {
                Group = group,
                Version = name,
                Plural = plural,
                Kind = kindName,
                ListKind = names?["listKind"]?.AsString ?? kindName + "List",
                Singular = names?["singular"]?.AsString ?? kindName.ToLowerInvariant(),
                ShortNames = Texts(names?["shortNames"]),
                Categories = Texts(names?["categories"]),
                Namespaced = spec?["scope"]?.AsString == "Namespaced",
                HasStatus = version.At("subresources", "status") is JsonObject,
                HasScale = version.At("subresources", "scale") is JsonObject,
                IsCustom = true,
                Subresources = Below(kindName, version),
                Strategy = new CustomKindStrategy($"{plural}.{group}", version.At("subresources", "scale") as JsonObject),
                StorageVersion = storage,
                FieldTypes = fieldTypes,
                ScaleVersions = scaleVersions,
                Schema = schemas.GetValueOrDefault(name),
                StorageSchema = schemas.GetValueOrDefault(storage),
                VersionSchemas = schemas,
                PrinterColumns = [.. (version.Find("additionalPrinterColumns") as JsonArray ?? JsonArray.Empty).OfType<JsonObject>()],
                SelectableFields = [.. (version.Find("selectableFields") as JsonArray ?? JsonArray.Empty)
                    .Select(field => (field["jsonPath"]?.AsString ?? "").TrimStart('.'))],
                DeprecationWarning = version.Find("deprecated")?.AsBoolean == true
                    ? version.Find("deprecationWarning")?.AsString ?? Deprecation(group, kindName, name, versions)
                    : null,
            });
        }

        return [.. kinds];
    }

    /// <summary>
    /// The schema of a version. Schemas outlive the definitions' revisions: a change of a definition's status leaves the
    /// schema the same instance, and so do servers that were given the same text.
    /// </summary>
    public static KindSchema SchemaOf(JsonObject schema) => Schemas.GetValue(schema, KindSchema.Of);

    private static SubresourceEntry[] Below(string kind, JsonObject version) =>
    [
        .. version.At("subresources", "status") is JsonObject ? [SubresourceEntry.Status(kind)] : (SubresourceEntry[])[],
        .. version.At("subresources", "scale") is JsonObject ? [SubresourceEntry.Scale] : (SubresourceEntry[])[],
    ];

    // the newest version that is served and newer is recommended.
    private static string Deprecation(string group, string kind, string version, List<JsonObject> versions)
    {
        var newer = versions
            .Where(other => other.Find("served")?.AsBoolean == true && other.Find("deprecated")?.AsBoolean != true)
            .Select(other => other.Find("name")?.AsString ?? "")
            .Where(name => VersionOrder.Instance.Compare(version, name) < 0)
            .OrderDescending(VersionOrder.Instance)
            .FirstOrDefault();
        var text = $"{group}/{version} {kind} is deprecated";
        return newer is null ? text : $"{text}; use {group}/{newer} {kind}";
    }

    private static string[] Texts(JsonValue? list) =>
        [.. (list as JsonArray ?? JsonArray.Empty).Select(item => item.AsString ?? "")];
}
