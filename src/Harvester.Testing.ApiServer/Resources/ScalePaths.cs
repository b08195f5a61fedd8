using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Patching.Fields;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>Where objects keep what <c>/scale</c> shows of them.</summary>
internal sealed class ScalePaths
{
    private static readonly ScalePaths BuiltIn = new() { Spec = ["spec", "replicas"], Status = ["status", "replicas"] };

    /// <summary>True when the definition of a custom kind says where.</summary>
    public bool IsCustom { get; private init; }

    /// <summary>The members that lead to the replicas wanted.</summary>
    public required string[] Spec { get; init; }

    /// <summary>The same as the definition has it.</summary>
    public string SpecText => "." + string.Join('.', Spec);

    /// <summary>The members that lead to the replicas there are.</summary>
    public required string[] Status { get; init; }

    private string[]? Selector { get; init; }

    /// <summary>The paths of a kind that has <c>/scale</c>.</summary>
    public static ScalePaths Of(ResourceKind kind) => kind.ScaleVersions?.GetValueOrDefault(kind.ApiVersion) ?? BuiltIn;

    /// <summary>Reads the paths of each version of a definition; null for those without <c>/scale</c>.</summary>
    /// <param name="group">The group of the definition.</param>
    /// <param name="versions">Its versions.</param>
    public static Dictionary<string, ScalePaths?> Read(string group, IEnumerable<JsonObject> versions)
    {
        var paths = new Dictionary<string, ScalePaths?>();
        foreach (var version in versions)
        {
            var scale = version.At("subresources", "scale");
            paths[$"{group}/{version.Find("name")?.AsString}"] = scale is not JsonObject
                ? null
                : new ScalePaths
                {
                    IsCustom = true,
                    Spec = Split(scale["specReplicasPath"]) ?? [],
                    Status = Split(scale["statusReplicasPath"]) ?? [],
                    Selector = Split(scale["labelSelectorPath"]),
                };
        }

        return paths;
    }

    /// <summary>True for a version the kind has.</summary>
    public static bool IsKnown(ResourceKind kind, string apiVersion) =>
        kind.ScaleVersions is { } versions ? versions.ContainsKey(apiVersion) : kind.FieldTypes?.Find(apiVersion) is not null;

    /// <summary>The path elements of the replicas in a version; null when it is unknown or has no <c>/scale</c>.</summary>
    public static string[]? ElementsOf(ResourceKind kind, string apiVersion)
    {
        var paths = kind.ScaleVersions is { } versions
            ? versions.GetValueOrDefault(apiVersion)
            : IsKnown(kind, apiVersion) ? BuiltIn : null;
        return paths?.Spec.Select(PathElement.Field).ToArray();
    }

    /// <summary>The replicas wanted, or null.</summary>
    public long? ReplicasOf(JsonObject value) => value.At(Spec)?.AsInteger;

    /// <summary>The replicas there are, or null.</summary>
    public long? StatusReplicasOf(JsonObject value) => value.At(Status)?.AsInteger;

    /// <summary>The selector of the replicas as text, or null.</summary>
    public string? SelectorOf(JsonObject value) => IsCustom
        ? Selector is null ? null : value.At(Selector)?.AsString
        : SelectorText.Of(value.At("spec", "selector"));

    private static string[]? Split(JsonValue? path) =>
        path?.AsString is { Length: > 0 } text ? text.TrimStart('.').Split('.') : null;
}
