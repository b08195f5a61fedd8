using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>
/// The metadata every object has, read strictly as kube-apiserver decodes its ObjectMeta type: wrong types are refused
/// (C-16), unknown members vanish, and what Go would leave out when empty is left out.
/// </summary>
internal static class ObjectMetadata
{
    /// <summary>Brings metadata into the form it is stored in.</summary>
    /// <param name="value">The object.</param>
    /// <param name="kind">Its kind, for error texts.</param>
    /// <param name="unknownFields">Receives the paths of members that vanish.</param>
    /// <exception cref="ApiFailure">A member has the wrong type.</exception>
    public static JsonObject Coerce(JsonObject value, ResourceKind kind, List<string> unknownFields)
    {
        var present = value.Find("metadata");
        if (present is null or JsonNull)
        {
            return value.With("metadata", JsonObject.Empty);
        }

        if (present is not JsonObject metadata)
        {
            throw Mismatch(kind, present, "value", "v1.ObjectMeta");
        }

        var result = new JsonObject.Builder();
        foreach (var (name, member) in metadata)
        {
            var coerced = name switch
            {
                "name" or "generateName" or "namespace" or "uid" or "resourceVersion" => Text(kind, name, member),
                "generation" or "deletionGracePeriodSeconds" => Integer(kind, name, member),
                "creationTimestamp" or "deletionTimestamp" => Time(kind, member),
                "labels" or "annotations" => TextMap(kind, name, member),
                "finalizers" => TextList(kind, name, member),
                "ownerReferences" => OwnerReferences(kind, member, unknownFields),

                "managedFields" => ManagedFields(kind, member, unknownFields),

                // Gone for good.
                "selfLink" => null,
                _ => Unknown("metadata." + name, unknownFields),
            };
            result[name] = coerced;
        }

        return value.With("metadata", result.Build());
    }

    public static string Name(JsonObject value) => value.At("metadata", "name")?.AsString ?? "";

    public static string Uid(JsonObject value) => value.At("metadata", "uid")?.AsString ?? "";

    public static IEnumerable<string> Finalizers(JsonObject value) =>
        (value.At("metadata", "finalizers") as JsonArray)?.Select(item => item.AsString ?? "") ?? [];

    public static bool HasFinalizers(JsonObject value) => value.At("metadata", "finalizers") is JsonArray { Count: > 0 };

    public static bool IsBeingDeleted(JsonObject value) => value.At("metadata", "deletionTimestamp") is JsonString;

    public static JsonObject WithMeta(JsonObject value, string name, JsonValue? member) =>
        value.WithAt(["metadata", name], member);

    /// <summary>Whole seconds in UTC, as the server writes times (C-4).</summary>
    public static string Timestamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static JsonValue? Unknown(string path, List<string> unknownFields)
    {
        unknownFields.Add(path);
        return null;
    }

    private static JsonValue? Text(ResourceKind kind, string name, JsonValue member) => member switch
    {
        JsonString { Value.Length: 0 } or JsonNull => null,
        JsonString text => text,
        _ => throw Mismatch(kind, member, $"Go struct field ObjectMeta.{name}", "string"),
    };

    private static JsonInteger? Integer(ResourceKind kind, string name, JsonValue member) => member switch
    {
        JsonNull => null,
        JsonInteger { Value: 0 } when name == "generation" => null,
        JsonInteger number => number,
        _ => throw Mismatch(kind, member, $"Go struct field ObjectMeta.{name}", "int64"),
    };

    private static JsonValue? Time(ResourceKind kind, JsonValue member)
    {
        switch (member)
        {
            case JsonNull:
                return null;
            case JsonString { Value: var text }:
                return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                       && text.Contains('T', StringComparison.Ordinal)
                    ? Timestamp(time)
                    : throw Refused(kind, $"parsing time \"{text}\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"{text}\" as \"2006\"");
            default:
                throw Mismatch(kind, member, "value", "string");
        }
    }

    private static JsonObject? TextMap(ResourceKind kind, string name, JsonValue member)
    {
        switch (member)
        {
            case JsonNull:
                return null;
            case JsonObject map:
                var result = map;
                foreach (var (key, item) in map)
                {
                    if (item is JsonNull)
                    {
                        result = result.With(key, "");
                    }
                    else if (item is not JsonString)
                    {
                        throw Mismatch(kind, item, $"Go struct field ObjectMeta.{name}", "string");
                    }
                }

                return result.Count == 0 ? null : result;
            default:
                throw Mismatch(kind, member, $"Go struct field ObjectMeta.{name}", "map[string]string");
        }
    }

    private static JsonArray? TextList(ResourceKind kind, string name, JsonValue member)
    {
        switch (member)
        {
            case JsonNull:
                return null;
            case JsonArray items:
                foreach (var item in items)
                {
                    if (item is not JsonString)
                    {
                        throw Mismatch(kind, item, $"Go struct field ObjectMeta.{name}", "string");
                    }
                }

                return items.Count == 0 ? null : items;
            default:
                throw Mismatch(kind, member, $"Go struct field ObjectMeta.{name}", "[]string");
        }
    }

    private static JsonArray? OwnerReferences(ResourceKind kind, JsonValue member, List<string> unknownFields)
    {
        if (member is JsonNull)
        {
            return null;
        }

        if (member is not JsonArray items)
        {
            throw Mismatch(kind, member, "Go struct field ObjectMeta.ownerReferences", "[]v1.OwnerReference");
        }

        var result = new List<JsonValue>();
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not JsonObject reference)
            {
                throw Mismatch(kind, items[i], "Go struct field ObjectMeta.ownerReferences", "v1.OwnerReference");
            }

            var owner = new JsonObject.Builder();
            foreach (var (name, part) in reference)
            {
                owner[name] = name switch
                {
                    "apiVersion" or "kind" or "name" or "uid" => part switch
                    {
                        JsonNull => "",
                        JsonString text => text,
                        _ => throw Mismatch(kind, part, $"Go struct field OwnerReference.ownerReferences.{name}", "string"),
                    },
                    "controller" or "blockOwnerDeletion" => part switch
                    {
                        JsonNull => null,
                        JsonBoolean flag => flag,
                        _ => throw Mismatch(kind, part, $"Go struct field OwnerReference.ownerReferences.{name}", "bool"),
                    },
                    _ => Unknown(string.Create(CultureInfo.InvariantCulture, $"metadata.ownerReferences[{i}].{name}"), unknownFields),
                };
            }

            foreach (var required in (ReadOnlySpan<string>)["apiVersion", "kind", "name", "uid"])
            {
                owner.TryAdd(required, "");
            }

            result.Add(owner.Build());
        }

        return result.Count == 0 ? null : JsonArray.Of(result);
    }

    // What they say is judged where they are used.
    private static JsonArray? ManagedFields(ResourceKind kind, JsonValue member, List<string> unknownFields)
    {
        if (member is JsonNull)
        {
            return null;
        }

        if (member is not JsonArray items)
        {
            throw Mismatch(kind, member, "Go struct field ObjectMeta.managedFields", "[]v1.ManagedFieldsEntry");
        }

        JsonValue[]? changed = null;
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not JsonObject entry)
            {
                throw Mismatch(kind, items[i], "Go struct field ObjectMeta.managedFields", "v1.ManagedFieldsEntry");
            }

            var result = entry;
            foreach (var (name, part) in entry)
            {
                result = result.With(name, name switch
                {
                    "manager" or "operation" or "apiVersion" or "fieldsType" or "subresource" => part switch
                    {
                        JsonNull or JsonString { Value.Length: 0 } => null,
                        JsonString text => text,
                        _ => throw Mismatch(kind, part, $"Go struct field ManagedFieldsEntry.managedFields.{name}", "string"),
                    },
                    "time" when part is JsonString { Value: var text } && text == (Time(kind, part) as JsonString)?.Value => part,
                    "time" => Time(kind, part),
                    "fieldsV1" => part is JsonNull ? null : part,
                    _ => Unknown(string.Create(CultureInfo.InvariantCulture, $"metadata.managedFields[{i}].{name}"), unknownFields),
                });
            }

            if (!ReferenceEquals(result, entry))
            {
                changed ??= [.. items];
                changed[i] = result;
            }
        }

        // A custom resource's empty list is lost on the way; a built-in kind's says that nobody owns anything.
        return items.Count == 0 && kind.IsCustom ? null : changed is null ? items : JsonArray.Wrap(changed);
    }

    private static ApiFailure Mismatch(ResourceKind kind, JsonValue found, string where, string wanted)
    {
        var name = found switch
        {
            JsonObject => "object",
            JsonArray => "array",
            JsonString => "string",
            JsonBoolean => "bool",
            _ => "number",
        };
        // Of a built-in kind the whole object is read at once, and the path starts at its top.
        var into = where != "value" ? kind.IsCustom ? where : where.Insert(where.IndexOf('.', StringComparison.Ordinal), ".metadata")
            : kind.IsCustom || wanted == "string" ? "Go value" : $"Go struct field {kind.Kind}.metadata";
        return Refused(kind, $"json: cannot unmarshal {name} into {into} of type {wanted}");
    }

    private static ApiFailure Refused(ResourceKind kind, string why) =>
        ApiFailure.BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: {why}");
}
