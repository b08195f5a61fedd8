using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>What the environment of a container must satisfy.</summary>
internal static class EnvironmentValidation
{
    private static readonly string[] FieldPaths =
    [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
        "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
    ];

    // Labels the conversion knows, though a variable cannot have them.
    private static readonly string[] OtherPaths =
        ["metadata.annotations", "metadata.labels", "status.phase", "spec.restartPolicy", "spec.schedulerName", "spec.hostNetwork"];

    private static readonly string[] Sources = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"];

    private static readonly string[] Resources =
    [
        "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory",
    ];

    /// <summary>Checks the variables of a container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="field">Its path.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void Check(JsonObject container, string field, FieldErrors errors)
    {
        var i = 0;
        foreach (var variable in container.Items("env"))
        {
            var at = FieldErrors.Item(field + ".env", i++);
            var name = variable.Find("name")?.AsString ?? "";
            if (name.Length == 0)
            {
                errors.Required(at + ".name");
            }
            else if (name.Contains('=', StringComparison.Ordinal) || name.Any(c => c is < ' ' or > '~'))
            {
                errors.Invalid(at + ".name", name, "a valid environment variable name must consist only of printable ASCII characters other than '='");
            }

            if (variable.Find("valueFrom") is JsonObject source)
            {
                Source(source, variable.Find("value")?.AsString ?? "", at + ".valueFrom", errors);
            }
        }

        i = 0;
        foreach (var source in container.Items("envFrom"))
        {
            var at = FieldErrors.Item(field + ".envFrom", i++);
            var given = (ReadOnlySpan<string>)["configMapRef", "secretRef"];
            var count = 0;
            foreach (var name in given)
            {
                if (source.Find(name) is not JsonObject reference)
                {
                    continue;
                }

                count++;
                if (reference.Find("name")?.AsString is null or { Length: 0 })
                {
                    errors.Required($"{at}.{name}.name");
                }
            }

            if (count == 0)
            {
                errors.Invalid(at, "", "must specify one of: `configMapRef` or `secretRef`");
            }
            else if (count > 1)
            {
                errors.Invalid(at, "", "may not have more than one field specified at a time");
            }
        }
    }

    /// <summary>Checks a reference to one of the pod's fields.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="field">Its path.</param>
    /// <param name="inVolume">True in a volume, where whole labels and annotations can be had.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void FieldRef(JsonObject reference, string field, bool inVolume, FieldErrors errors)
    {
        var path = reference.Find("fieldPath")?.AsString ?? "";
        if (path.Length == 0)
        {
            errors.Required(field + ".fieldPath");
            return;
        }

        var subscript = path.IndexOf("['", StringComparison.Ordinal);
        if (subscript > 0 && path.EndsWith("']", StringComparison.Ordinal))
        {
            var key = path[(subscript + 2)..^2];
            var list = path[..subscript];
            if (list is not ("metadata.labels" or "metadata.annotations"))
            {
                errors.Invalid(field + ".fieldPath", path, "does not support subscript");
            }
            else if (ObjectMetadataRules.QualifiedNameError(list.EndsWith("annotations", StringComparison.Ordinal) ? key.ToLowerInvariant() : key) is { } wrong)
            {
                errors.Invalid(field, key, wrong);
            }

            return;
        }

        string[] allowed = inVolume
            ? ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"]
            : FieldPaths;
        if (allowed.Contains(path))
        {
            return;
        }

        if (FieldPaths.Contains(path) || OtherPaths.Contains(path))
        {
            errors.NotSupported(field + ".fieldPath", path, [.. allowed.Order(StringComparer.Ordinal)]);
        }
        else
        {
            errors.Invalid(field + ".fieldPath", path, $"error converting fieldPath: field label not supported: {path}");
        }
    }

    /// <summary>Checks a reference to a container's resource.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="field">Its path.</param>
    /// <param name="inVolume">True in a volume, which does not belong to a container.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void ResourceRef(JsonObject reference, string field, bool inVolume, FieldErrors errors)
    {
        if (inVolume && reference.Find("containerName")?.AsString is null or { Length: 0 })
        {
            errors.Required(field + ".containerName");
        }

        if (reference.Find("resource")?.AsString is not { Length: > 0 } resource)
        {
            errors.Required(field + ".resource");
        }
        else if (!resource.Contains("hugepages-", StringComparison.Ordinal))
        {
            errors.OneOf(field + ".resource", resource, Resources);
        }
    }

    private static void Source(JsonObject source, string value, string field, FieldErrors errors)
    {
        var count = 0;
        foreach (var name in Sources)
        {
            if (source.Find(name) is not JsonObject reference)
            {
                continue;
            }

            count++;
            var at = $"{field}.{name}";
            switch (name)
            {
                case "fieldRef":
                    FieldRef(reference, at, inVolume: false, errors);
                    break;
                case "resourceFieldRef":
                    ResourceRef(reference, at, inVolume: false, errors);
                    break;
                case "configMapKeyRef" or "secretKeyRef":
                    Key(reference, at, errors);
                    break;
                default:
                    break;
            }
        }

        if (count == 0)
        {
            errors.Invalid(field, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
        }
        else if (value.Length > 0)
        {
            errors.Invalid(field, "", "may not be specified when `value` is not empty");
        }
        else if (count > 1)
        {
            errors.Invalid(field, "", "may not have more than one field specified at a time");
        }
    }

    private static void Key(JsonObject reference, string field, FieldErrors errors)
    {
        if (reference.Find("name")?.AsString is null or { Length: 0 })
        {
            errors.Required(field + ".name");
        }

        var key = reference.Find("key")?.AsString ?? "";
        if (key.Length == 0)
        {
            errors.Required(field + ".key");
        }
        else if (ValueForms.ConfigKeyError(key) is { } wrong)
        {
            errors.Invalid(field + ".key", key, wrong);
        }
    }
}
