using System.Text.RegularExpressions;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.BuiltIn;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>What metadata must satisfy, when an object is made and when it is changed.</summary>
internal static partial class ObjectMetadataRules
{
    private const int AnnotationLimit = 256 * 1024;

    private const string SubdomainText =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and "
        + "end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
        + @"'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string LabelText =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an "
        + "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private const string QualifiedText =
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
        + "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
        + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private const string LabelValueText =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and "
        + "end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is "
        + "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    /// <summary>Errors of any object about to be stored (C-9, C-21).</summary>
    public static void Validate(JsonObject value, ResourceKind kind, List<Cause> causes)
    {
        var metadata = (JsonObject)value.Find("metadata")!;
        var name = ObjectMetadata.Name(value);
        if (metadata.Find("generateName")?.AsString is { } prefix && NameError(prefix.TrimEnd('-', '.') + "a", kind) is { } bad)
        {
            causes.Add(Invalid("metadata.generateName", prefix, bad));
        }

        if (name.Length == 0)
        {
            causes.Add(new Cause("FieldValueRequired", "Required value: name or generateName is required", "metadata.name"));
        }
        else if (NameError(name, kind) is { } wrong)
        {
            causes.Add(Invalid("metadata.name", name, wrong));
        }

        Labels(metadata.Find("labels") as JsonObject, "metadata.labels", causes);
        Annotations(metadata.Find("annotations") as JsonObject, causes);
        Finalizers(value, kind, causes);
        Owners(metadata.Find("ownerReferences") as JsonArray, causes);
    }

    /// <summary>Errors of a change (U-11, U-13).</summary>
    public static void ValidateUpdate(JsonObject value, JsonObject old, List<Cause> causes)
    {
        if (ObjectMetadata.IsBeingDeleted(old))
        {
            var added = ObjectMetadata.Finalizers(value).Except(ObjectMetadata.Finalizers(old)).ToList();
            if (added.Count > 0)
            {
                var list = string.Join(", ", added.Select(item => $"\"{item}\""));
                causes.Add(new Cause(
                    "FieldValueForbidden",
                    "Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{" + list + "}",
                    "metadata.finalizers"));
            }
        }

        foreach (var name in (ReadOnlySpan<string>)["uid", "deletionTimestamp", "deletionGracePeriodSeconds"])
        {
            var now = value.At("metadata", name);
            if (!Equals(now, old.At("metadata", name)))
            {
                causes.Add(new Cause("FieldValueInvalid", $"Invalid value: {now}: field is immutable", "metadata." + name));
            }
        }
    }

    /// <summary>Warnings for finalizers without a domain that are new in this write, and for owners given twice (C-19).</summary>
    public static JsonObject Tidy(JsonObject value, JsonObject? old, ResourceKind kind, List<string> warnings)
    {
        if (kind.IsCustom)
        {
            var known = old is null ? [] : ObjectMetadata.Finalizers(old).ToHashSet();
            foreach (var finalizer in ObjectMetadata.Finalizers(value))
            {
                if (!finalizer.Contains('/', StringComparison.Ordinal) && !IsStandardFinalizer(finalizer) && !known.Contains(finalizer))
                {
                    warnings.Add($"metadata.finalizers: \"{finalizer}\": prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers");
                }
            }
        }

        if (value.At("metadata", "ownerReferences") is not JsonArray { Count: > 1 } owners)
        {
            return value;
        }

        var distinct = owners.Distinct().ToList();
        if (distinct.Count == owners.Count)
        {
            return value;
        }

        warnings.Add(".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: "
            + string.Join(", ", owners.GroupBy(owner => owner).Where(group => group.Count() > 1).Select(group => group.Key["uid"]?.AsString)));
        return ObjectMetadata.WithMeta(value, "ownerReferences", JsonArray.Of(distinct));
    }

    /// <summary>What is first wrong with a qualified name such as a label's key, or null.</summary>
    public static string? QualifiedNameError(string name) => QualifiedNameErrors(name) is [var first, ..] ? first : null;

    /// <summary>Everything that is wrong with a qualified name.</summary>
    public static IReadOnlyList<string> QualifiedNameErrors(string name)
    {
        List<string>? errors = null;
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            var prefix = name[..slash];
            if (name.IndexOf('/', slash + 1) >= 0)
            {
                return ["a qualified name " + QualifiedText["name part ".Length..^1]
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName'))"];
            }

            if (prefix.Length == 0)
            {
                (errors ??= []).Add("prefix part must be non-empty");
            }
            else
            {
                if (prefix.Length > 253)
                {
                    (errors ??= []).Add("prefix part must be no more than 253 bytes");
                }

                if (!Subdomain().IsMatch(prefix))
                {
                    (errors ??= []).Add("prefix part " + SubdomainText);
                }
            }
        }

        var part = name[(slash + 1)..];
        if (part.Length is 0 or > 63)
        {
            (errors ??= []).Add(part.Length == 0 ? "name part must be non-empty" : "name part must be no more than 63 bytes");
        }

        if (!QualifiedPart().IsMatch(part))
        {
            (errors ??= []).Add(QualifiedText);
        }

        return errors ?? (IReadOnlyList<string>)[];
    }

    /// <summary>What is wrong with a label's value, or null.</summary>
    public static string? LabelValueError(string value) =>
        value.Length > 63 ? "must be no more than 63 bytes" : LabelValue().IsMatch(value) ? null : LabelValueText;

    /// <summary>What is wrong with a DNS subdomain, or null.</summary>
    public static string? SubdomainError(string name) =>
        name.Length > 253 ? "must be no more than 253 characters" : Subdomain().IsMatch(name) ? null : SubdomainText;

    /// <summary>What is wrong with a DNS label, or null.</summary>
    public static string? LabelError(string name)
    {
        if (name.Length > 63)
        {
            return "must be no more than 63 characters";
        }

        // A valid subdomain that is no label has dots.
        return Label().IsMatch(name) ? null : Subdomain().IsMatch(name) ? "must not contain dots" : LabelText;
    }

    private static bool IsStandardFinalizer(string name) => name is "orphan" or "foregroundDeletion" or "kubernetes";

    private static string? NameError(string name, ResourceKind kind)
    {
        if (kind.Strategy.Names == NameForm.PathSegment)
        {
            return name is "." or ".." ? $"may not be '{name}'" : name.Contains('/', StringComparison.Ordinal) ? "may not contain '/'" : null;
        }

        if (kind.IsCustom && name.Length > 253)
        {
            return "must be no more than 253 bytes";
        }

        return kind.Strategy.Names == NameForm.Label ? LabelError(name) : SubdomainError(name);
    }

    private static void Labels(JsonObject? labels, string path, List<Cause> causes)
    {
        if (labels is null)
        {
            return;
        }

        foreach (var (key, value) in labels)
        {
            foreach (var bad in QualifiedNameErrors(key))
            {
                causes.Add(Invalid(path, key, bad));
            }

            if (LabelValueError(value.AsString ?? "") is { } wrong)
            {
                causes.Add(Invalid(path, value.AsString ?? "", wrong));
            }
        }
    }

    private static void Annotations(JsonObject? annotations, List<Cause> causes)
    {
        if (annotations is null)
        {
            return;
        }

        var size = 0L;
        foreach (var (key, value) in annotations)
        {
            foreach (var bad in QualifiedNameErrors(key.ToLowerInvariant()))
            {
                causes.Add(Invalid("metadata.annotations", key, bad));
            }

            size += System.Text.Encoding.UTF8.GetByteCount(key) + System.Text.Encoding.UTF8.GetByteCount(value.AsString ?? "");
        }

        if (size > AnnotationLimit)
        {
            causes.Add(new Cause("FieldValueTooLong", $"Too long: may not be more than {AnnotationLimit} bytes", "metadata.annotations"));
        }
    }

    private static void Finalizers(JsonObject value, ResourceKind kind, List<Cause> causes)
    {
        var finalizers = ObjectMetadata.Finalizers(value).ToList();
        for (var i = 0; i < finalizers.Count; i++)
        {
            var finalizer = finalizers[i];
            foreach (var bad in QualifiedNameErrors(finalizer))
            {
                causes.Add(Invalid("metadata.finalizers", finalizer, bad));
            }

            if (QualifiedNameErrors(finalizer).Count == 0 && !kind.IsCustom && !finalizer.Contains('/', StringComparison.Ordinal) && !IsStandardFinalizer(finalizer)
                     && kind.Group != "apiextensions.k8s.io")
            {
                causes.Add(Invalid(
                    FieldErrors.Item("metadata.finalizers", i),
                    finalizer,
                    "name is neither a standard finalizer name nor is it fully qualified"));
            }
        }

        if (finalizers.Contains("orphan") && finalizers.Contains("foregroundDeletion"))
        {
            causes.Add(Invalid(
                "metadata.finalizers",
                JsonArray.Of(finalizers.Select(item => (JsonValue)item)).ToString(),
                "finalizer orphan and foregroundDeletion cannot be both set",
                quoted: false));
        }
    }

    private static void Owners(JsonArray? owners, List<Cause> causes)
    {
        if (owners is null)
        {
            return;
        }

        var controllers = new List<string>();
        for (var i = 0; i < owners.Count; i++)
        {
            var owner = owners[i];
            var field = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"metadata.ownerReferences[{i}]");
            foreach (var (name, text) in new[]
                     {
                         ("apiVersion", "must not be empty"),
                         ("kind", "must not be empty"),
                         ("name", "must not be empty"),
                         ("uid", "must not be empty"),
                     })
            {
                if (owner[name]?.AsString is null or { Length: 0 })
                {
                    causes.Add(new Cause("FieldValueRequired", "Required value: " + text, $"{field}.{name}"));
                }
            }

            if (owner["kind"]?.AsString == "Event" && owner["apiVersion"]?.AsString is ("v1" or "events.k8s.io/v1"))
            {
                causes.Add(Invalid(field, owner.ToString(), "/v1, Kind=Event is disallowed from being an owner", quoted: false));
            }

            if (owner["controller"]?.AsBoolean == true)
            {
                controllers.Add(owner["name"]?.AsString ?? "");
            }
        }

        if (controllers.Count > 1)
        {
            causes.Add(Invalid(
                "metadata.ownerReferences",
                owners.ToString(),
                $"Only one reference can have Controller set to true. Found \"true\" in references for {controllers[0]} and {controllers[1]}",
                quoted: false));
        }
    }

    private static Cause Invalid(string field, string value, string why, bool quoted = true) =>
        new("FieldValueInvalid", quoted ? $"Invalid value: \"{value}\": {why}" : $"Invalid value: {value}: {why}", field);

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Label();

    [GeneratedRegex(@"\A([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z")]
    private static partial Regex QualifiedPart();

    [GeneratedRegex(@"\A(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?\z")]
    private static partial Regex LabelValue();
}
