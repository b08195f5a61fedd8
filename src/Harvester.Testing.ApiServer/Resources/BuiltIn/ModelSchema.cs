using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema.Models;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>What objects of a built-in kind look like: the types of their members, from the client's model classes.</summary>
internal static class ModelSchema
{
    /// <summary>The structure of a kind's objects.</summary>
    /// <param name="kind">A built-in kind.</param>
    public static StructureType Of(ResourceKind kind) => ModelTypes.Structure(kind.Model!);

    /// <summary>Brings a body into the form in which it is stored (B-2 to B-5).</summary>
    /// <param name="value">The object, its metadata already read.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="unknownFields">Receives the paths of members the kind does not have.</param>
    /// <param name="fromMap">True for what a strategic merge patch made.</param>
    /// <exception cref="ApiFailure">A member has the wrong type.</exception>
    public static JsonObject Decode(JsonObject value, ResourceKind kind, List<string> unknownFields, bool fromMap = false)
    {
        // Schemas inside a definition are JSON with a meaning of its own, nulls among it.
        if (kind.Resource == CustomKinds.Definitions)
        {
            return (JsonObject)WithoutNulls(value);
        }

        try
        {
            return (JsonObject)Of(kind).Decode(value, new ModelDecoding(unknownFields, fromMap));
        }
        catch (ModelDecodingException failure)
        {
            throw ApiFailure.BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: {failure.Message}");
        }
    }

    /// <summary>What the status of a new object reads like; null when it does not show (B-11).</summary>
    /// <param name="kind">A built-in kind.</param>
    public static JsonValue? EmptyStatus(ResourceKind kind) =>
        kind.Resource == CustomKinds.Definitions ? null : Of(kind).Find("status")?.Absent;

    private static JsonValue WithoutNulls(JsonValue value)
    {
        switch (value)
        {
            case JsonObject members:
                var result = members;
                foreach (var (name, member) in members)
                {
                    result = result.With(name, member.IsNull ? null : WithoutNulls(member));
                }

                return result;
            case JsonArray items:
                return JsonArray.Of(items.Select(WithoutNulls));
            default:
                return value;
        }
    }
}
