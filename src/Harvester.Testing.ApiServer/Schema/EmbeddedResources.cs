using System.Text.RegularExpressions;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>
/// Objects inside an object, <c>x-kubernetes-embedded-resource</c> (statement V-10): they need apiVersion and kind, and
/// their metadata is read as metadata.
/// </summary>
internal static partial class EmbeddedResources
{
    private const string LabelNameRule =
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private const string KindRule =
        "may have mixed case, but should otherwise match: a DNS-1035 label must consist of lower case alphanumeric characters or '-', "
        + "start with an alphabetic character, and end with an alphanumeric character "
        + "(e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    /// <summary>Members of ObjectMeta and the Go type of each.</summary>
    private static readonly Dictionary<string, string> MetadataTypes = new(StringComparer.Ordinal)
    {
        ["annotations"] = "map[string]string",
        ["creationTimestamp"] = "time",
        ["deletionGracePeriodSeconds"] = "int64",
        ["deletionTimestamp"] = "time",
        ["finalizers"] = "[]string",
        ["generateName"] = "string",
        ["generation"] = "int64",
        ["labels"] = "map[string]string",
        ["managedFields"] = "list",
        ["name"] = "string",
        ["namespace"] = "string",
        ["ownerReferences"] = "list",
        ["resourceVersion"] = "string",
        ["selfLink"] = "string",
        ["uid"] = "string",
    };

    /// <summary>True for the members every object has, which pruning leaves alone.</summary>
    /// <param name="name">The member's name.</param>
    public static bool IsTypeOrMeta(string name) => name is "apiVersion" or "kind" or "metadata";

    /// <summary>Reads the metadata of all embedded resources as metadata: unknown members go, nulls too.</summary>
    /// <param name="value">The object, or a part of one.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="isResource">True when its own metadata is read, too.</param>
    /// <param name="path">Its path; empty at the top.</param>
    /// <param name="unknownFields">Receives the paths of unknown members, sorted.</param>
    /// <exception cref="SchemaDecodingException">A member has the wrong type.</exception>
    public static JsonValue Coerce(
        JsonValue value, StructuralSchema schema, bool isResource, string path, List<string> unknownFields)
    {
        if (!isResource && !schema.HasEmbeddedResources)
        {
            return value;
        }

        var found = new List<string>();
        var coerced = CoerceParts(value, schema, isResource, path, found);
        found.Sort(StringComparer.Ordinal);
        unknownFields.AddRange(found);
        return coerced;
    }

    /// <summary>Checks all embedded resources.</summary>
    /// <param name="value">The object, or a part of one.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="isResource">True when it is checked itself, too.</param>
    /// <param name="path">Its path; empty at the top.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static void Validate(JsonValue value, StructuralSchema schema, bool isResource, string path, List<FieldError> errors)
    {
        if (!isResource && !schema.HasEmbeddedResources)
        {
            return;
        }

        switch (value)
        {
            case JsonObject members:
                if (isResource)
                {
                    ValidateResource(members, path, errors);
                }

                foreach (var (name, member) in members)
                {
                    if (schema.OfMember(name) is { } declared)
                    {
                        Validate(member, declared, declared.EmbeddedResource, schema.PathOfMember(path, name), errors);
                    }
                }

                break;
            case JsonArray items when schema.Items is { } each:
                for (var i = 0; i < items.Count; i++)
                {
                    Validate(items[i], each, each.EmbeddedResource, $"{path}[{i}]", errors);
                }

                break;
        }
    }

    private static JsonValue CoerceParts(
        JsonValue value, StructuralSchema schema, bool isResource, string path, List<string> found)
    {
        switch (value)
        {
            case JsonObject members:
                if (isResource)
                {
                    foreach (var name in (ReadOnlySpan<string>)["apiVersion", "kind"])
                    {
                        if (members.Find(name) is { } text and not JsonString)
                        {
                            throw new SchemaDecodingException(FieldError.Invalid(Pruning.Join(path, name), text, "must be a string"));
                        }
                    }

                    if (members.Find("metadata") is { } metadata)
                    {
                        members = members.With("metadata", CoerceMetadata(metadata, Pruning.Join(path, "metadata"), found));
                    }
                }

                return !schema.HasEmbeddedResources ? members : Pruning.Members(members, (name, member) =>
                    (isResource && name == "metadata") || schema.OfMember(name) is not { } declared
                        ? member
                        : CoerceParts(member, declared, declared.EmbeddedResource, Pruning.Join(path, name), found));
            case JsonArray items when schema.Items is { HasEmbeddedResources: true } each:
                return Pruning.Items(items, (item, at) => CoerceParts(item, each, each.EmbeddedResource, path + at, found));
            default:
                return value;
        }
    }

    private static JsonObject CoerceMetadata(JsonValue metadata, string path, List<string> found)
    {
        if (metadata is not JsonObject members)
        {
            throw new SchemaDecodingException(FieldError.Invalid(
                path, metadata, $"json: cannot unmarshal {SchemaValidation.JsonTypeOf(metadata)} into Go value of type v1.ObjectMeta"));
        }

        return Pruning.Members(members, (name, value) =>
        {
            if (!MetadataTypes.TryGetValue(name, out var type))
            {
                found.Add(Pruning.Join(path, name));
                return null;
            }

            if (value.IsNull)
            {
                return null;
            }

            var (wrong, expected) = type switch
            {
                "string" => (value is JsonString ? null : value, "string"),
                "int64" => (value is JsonInteger ? null : value, "int64"),
                "time" => (value is JsonString ? null : value, "string"),
                "map[string]string" when value is JsonObject map =>
                    (map.Select(m => m.Value).FirstOrDefault(v => v is not (JsonString or JsonNull)), "string"),
                "[]string" when value is JsonArray list => (list.FirstOrDefault(v => v is not (JsonString or JsonNull)), "string"),
                "list" when value is JsonArray => (null, ""),
                _ => (value, type),
            };
            return wrong is null
                ? value
                : throw new SchemaDecodingException(FieldError.Invalid(
                    path,
                    metadata,
                    $"json: cannot unmarshal {SchemaValidation.JsonTypeOf(wrong)} into Go struct field ObjectMeta.{name} of type {expected}"));
        });
    }

    private static void ValidateResource(JsonObject members, string path, List<FieldError> errors)
    {
        CheckTypeMember(members, "apiVersion", path, errors);
        CheckTypeMember(members, "kind", path, errors);
        foreach (var (key, _) in members.At("metadata", "labels") as JsonObject ?? JsonObject.Empty)
        {
            if (!LabelNamePattern().IsMatch(key[(key.LastIndexOf('/') + 1)..]))
            {
                errors.Add(FieldError.Invalid(Pruning.Join(path, "metadata.labels"), key, LabelNameRule));
            }
        }
    }

    private static void CheckTypeMember(JsonObject members, string name, string path, List<FieldError> errors)
    {
        var field = Pruning.Join(path, name);
        if (members.Find(name) is not { } value)
        {
            errors.Add(FieldError.Required(field));
        }
        else if (value.AsString is not { } text)
        {
            errors.Add(FieldError.Invalid(field, value, "must be a string"));
        }
        else if (text.Length == 0)
        {
            errors.Add(FieldError.Invalid(field, text, "must not be empty"));
        }
        else if (name == "apiVersion" && text.Count(c => c == '/') > 1)
        {
            errors.Add(FieldError.Invalid(field, text, "unexpected GroupVersion string: " + text));
        }
        else if (name == "kind" && (!LabelPattern().IsMatch(text.ToLowerInvariant()) || text.Length > 63))
        {
            errors.Add(FieldError.Invalid(field, text, KindRule));
        }
    }

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.NonBacktracking)]
    private static partial Regex LabelPattern();

    [GeneratedRegex(@"^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z", RegexOptions.NonBacktracking)]
    private static partial Regex LabelNamePattern();
}
