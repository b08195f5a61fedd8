using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>What volumes must satisfy.</summary>
internal static class VolumeValidation
{
    private const int HighestMode = 511;

    /// <summary>Checks the volumes of a pod.</summary>
    /// <param name="spec">The pod's spec.</param>
    /// <param name="field">The path of the volumes.</param>
    /// <param name="errors">Receives the errors.</param>
    /// <returns>The names of those that are right, which containers can mount.</returns>
    public static HashSet<string> Check(JsonValue? spec, string field, FieldErrors errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var i = 0;
        foreach (var volume in spec.Items("volumes"))
        {
            var at = FieldErrors.Item(field, i++);
            var before = errors.Count;
            Source(volume, at, errors);
            var name = volume.Find("name")?.AsString ?? "";
            if (name.Length == 0)
            {
                errors.Required(at + ".name");
            }
            else if (ObjectMetadataRules.LabelError(name) is { } wrong)
            {
                errors.Invalid(at + ".name", name, wrong);
            }
            else if (names.Contains(name))
            {
                errors.Duplicate(at + ".name", name);
            }

            if (errors.Count == before)
            {
                names.Add(name);
            }
        }

        return names;
    }

    private static void Source(JsonObject volume, string field, FieldErrors errors)
    {
        var count = 0;
        foreach (var (name, value) in volume)
        {
            if (name == "name" || value is not JsonObject source)
            {
                continue;
            }

            var at = $"{field}.{name}";
            if (count++ > 0)
            {
                errors.Forbidden(at, "may not specify more than 1 volume type");
                continue;
            }

            switch (name)
            {
                case "configMap":
                    Required(source, at, errors, "name");
                    Mode(source, at, errors);
                    Items(source, at, errors);
                    break;
                case "secret":
                    Required(source, at, errors, "secretName");
                    Mode(source, at, errors);
                    Items(source, at, errors);
                    break;
                case "persistentVolumeClaim":
                    Required(source, at, errors, "claimName");
                    break;
                case "hostPath":
                    Required(source, at, errors, "path");
                    PathValidation.CheckNoBackstep(source.Find("path")?.AsString ?? "", at + ".path", errors);
                    if (source.Find("type")?.AsString is { Length: > 0 } type)
                    {
                        errors.OneOf(
                            at + ".type", type, "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket");
                    }

                    break;
                case "nfs":
                    Required(source, at, errors, "server", "path");
                    if (source.Find("path")?.AsString is { Length: > 0 } path && !path.StartsWith('/'))
                    {
                        errors.Invalid(at + ".path", path, "must be an absolute path");
                    }

                    break;
                case "csi":
                    Required(source, at, errors, "driver");
                    break;
                case "emptyDir":
                    if (source.Find("medium")?.AsString is { Length: > 0 } medium && medium is not "Memory"
                        && !medium.StartsWith("HugePages", StringComparison.Ordinal))
                    {
                        errors.NotSupported(at + ".medium", medium, "", "HugePages", "Memory");
                    }

                    if (ValueForms.IsNegative(source.Find("sizeLimit")))
                    {
                        errors.Forbidden(at + ".sizeLimit", "SizeLimit field must be a valid resource quantity");
                    }

                    break;
                case "downwardAPI":
                    Mode(source, at, errors);
                    DownwardItems(source, at, errors);
                    break;
                case "projected":
                    Mode(source, at, errors);
                    Projected(source, at + ".sources", errors);
                    break;
                default:
                    break;
            }
        }

        if (count == 0)
        {
            errors.Required(field, "must specify a volume type");
        }
    }

    private static void Projected(JsonObject source, string field, FieldErrors errors)
    {
        var i = 0;
        foreach (var part in source.Items("sources"))
        {
            var at = FieldErrors.Item(field, i++);
            if (part.Find("configMap") is JsonObject map)
            {
                Required(map, at + ".configMap", errors, "name");
                Items(map, at + ".configMap", errors);
            }

            if (part.Find("secret") is JsonObject secret)
            {
                Required(secret, at + ".secret", errors, "name");
                Items(secret, at + ".secret", errors);
            }

            if (part.Find("downwardAPI") is JsonObject api)
            {
                DownwardItems(api, at + ".downwardAPI", errors);
            }

            if (part.Find("serviceAccountToken") is JsonObject token)
            {
                Required(token, at + ".serviceAccountToken", errors, "path");
                if (token.Find("expirationSeconds")?.AsInteger is < 600 and var seconds)
                {
                    errors.Invalid(at + ".serviceAccountToken.expirationSeconds", seconds, "may not specify a duration less than 10 minutes");
                }
            }

            if (part.Count == 0)
            {
                errors.Required(at, "must specify a projected volume source");
            }
        }
    }

    private static void DownwardItems(JsonObject source, string field, FieldErrors errors)
    {
        var i = 0;
        foreach (var item in source.Items("items"))
        {
            var at = FieldErrors.Item(field + ".items", i++);
            Required(item, at, errors, "path");
            PathValidation.CheckInside(item.Find("path")?.AsString ?? "", at + ".path", errors);
            var fieldRef = item.Find("fieldRef") as JsonObject;
            var resourceRef = item.Find("resourceFieldRef") as JsonObject;
            if (fieldRef is not null)
            {
                EnvironmentValidation.FieldRef(fieldRef, at + ".fieldRef", inVolume: true, errors);
                if (resourceRef is not null)
                {
                    errors.Invalid(at, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
                }
            }
            else if (resourceRef is not null)
            {
                EnvironmentValidation.ResourceRef(resourceRef, at + ".resourceFieldRef", inVolume: true, errors);
            }
            else
            {
                errors.Required(at + ".fieldRef", "one of fieldRef and resourceFieldRef is required");
            }
        }
    }

    private static void Items(JsonObject source, string field, FieldErrors errors)
    {
        var i = 0;
        foreach (var item in source.Items("items"))
        {
            var at = FieldErrors.Item(field + ".items", i++);
            Required(item, at, errors, "key", "path");
            PathValidation.CheckInside(item.Find("path")?.AsString ?? "", at + ".path", errors);
            if (item.Find("mode")?.AsInteger is { } mode && mode is < 0 or > HighestMode)
            {
                errors.Invalid(at + ".mode", mode, "must be a number between 0 and 0777 (octal), both inclusive");
            }
        }
    }

    private static void Mode(JsonObject source, string field, FieldErrors errors)
    {
        if (source.Find("defaultMode")?.AsInteger is { } mode && mode is < 0 or > HighestMode)
        {
            errors.Invalid(field + ".defaultMode", mode, "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }

    private static void Required(JsonObject source, string field, FieldErrors errors, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (source.Find(name)?.AsString is null or { Length: 0 })
            {
                errors.Required($"{field}.{name}");
            }
        }
    }
}
