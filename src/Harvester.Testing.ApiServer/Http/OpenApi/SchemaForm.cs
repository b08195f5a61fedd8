using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Http.OpenApi;

/// <summary>What the two versions of OpenAPI write differently.</summary>
internal sealed class SchemaForm
{
    private readonly string _prefix;

    private SchemaForm(string prefix, bool isThree)
    {
        _prefix = prefix;
        IsThree = isThree;
    }

    public static SchemaForm Two { get; } = new("#/definitions/", false);

    public static SchemaForm Three { get; } = new("#/components/schemas/", true);

    public bool IsThree { get; }

    /// <summary>A plain reference.</summary>
    public JsonObject Reference(string name) => JsonObject.Of(("$ref", _prefix + name));

    /// <summary>A reference beside which something else is said: version 3 allows no neighbours.</summary>
    /// <param name="name">The schema's name.</param>
    /// <param name="isValue">True when the empty structure stands for an absent one.</param>
    public JsonObject Wrapped(string name, bool isValue)
    {
        if (!IsThree)
        {
            return isValue ? Reference(name).With("default", JsonObject.Empty) : Reference(name);
        }

        var wrapped = JsonObject.Of(("allOf", JsonArray.Of(Reference(name))));
        return isValue ? wrapped.With("default", JsonObject.Empty) : wrapped;
    }
}
