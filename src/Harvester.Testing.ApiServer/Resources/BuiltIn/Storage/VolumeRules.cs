using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Storage;

/// <summary>What volumes and claims have in common.</summary>
internal static class VolumeRules
{
    private static readonly string[] AccessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];

    public static void CheckAccessModes(JsonObject spec, string at, string missing, FieldErrors errors)
    {
        var modes = spec.Find("accessModes") as JsonArray ?? JsonArray.Empty;
        if (modes.Count == 0)
        {
            errors.Required(at + ".accessModes", missing);
        }

        foreach (var mode in modes)
        {
            errors.OneOf(at + ".accessModes", mode.AsString ?? "", AccessModes);
        }

        if (modes.Count > 1 && modes.Any(mode => mode.AsString == "ReadWriteOncePod"))
        {
            errors.Forbidden(at + ".accessModes", "may not use ReadWriteOncePod with other access modes");
        }
    }

    public static void CheckClass(JsonObject spec, string at, FieldErrors errors)
    {
        if (spec.Find("storageClassName")?.AsString is { Length: > 0 } name && ObjectMetadataRules.SubdomainError(name) is { } bad)
        {
            errors.Invalid(at + ".storageClassName", name, bad);
        }
    }

    public static void CheckMode(JsonObject spec, string at, FieldErrors errors)
    {
        if (spec.Find("volumeMode")?.AsString is { } mode)
        {
            errors.OneOf(at + ".volumeMode", mode, "Block", "Filesystem");
        }
    }
}
