using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Patching.Fields;

namespace Harvester.Testing.ApiServer.Tests.Patching.Fields;

/// <summary>Random objects of one type that has every way of owning fields, and random sets of paths.</summary>
/// <param name="seed">Decides everything.</param>
/// <param name="emptyLists">False to leave out empty lists, which nobody comes to own by applying them.</param>
internal sealed class RandomFields(int seed, bool emptyLists = true)
{
    private static readonly string[] Names = ["a", "b", "c", "d"];

    private readonly Random _random = new(seed);

    /// <summary>The schema of <see cref="Object"/>.</summary>
    public static FieldType Type { get; } = StructuralFieldTypes.Of((JsonObject)JsonText.Read(
        """
        {"type":"object","properties":{"spec":{"type":"object","properties":{
          "size":{"type":"integer"},
          "text":{"type":"string"},
          "whole":{"type":"object","x-kubernetes-map-type":"atomic","additionalProperties":{"type":"string"}},
          "labels":{"type":"object","additionalProperties":{"type":"string"}},
          "plain":{"type":"array","items":{"type":"integer"}},
          "set":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"integer"}},
          "ports":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["port","protocol"],"items":{"type":"object","properties":{
            "port":{"type":"integer"},"protocol":{"type":"string","default":"TCP"},"label":{"type":"string"}}}},
          "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}
        """));

    /// <summary>An object of the type.</summary>
    public JsonObject Object()
    {
        var spec = new JsonObject.Builder();
        Maybe(spec, "size", () => _random.Next(3));
        Maybe(spec, "text", Text);
        Maybe(spec, "whole", () => Map(Text));
        Maybe(spec, "labels", () => Map(Text));
        Maybe(spec, "plain", () => JsonArray.Of(Some(() => (JsonValue)_random.Next(3))));
        Maybe(spec, "set", () => JsonArray.Of(Some(() => (JsonValue)_random.Next(5)).Distinct()));
        Maybe(spec, "ports", () => JsonArray.Of(Some(Port).DistinctBy(port => port.With("label", null).ToString())));
        Maybe(spec, "free", () => Map(() => _random.Next(2) == 0 ? Text() : Map(Text)));
        return JsonObject.Of(("apiVersion", "example.io/v1"), ("kind", "Thing"), ("spec", spec.Build()));
    }

    /// <summary>A set of a few paths.</summary>
    public FieldSet Set()
    {
        var set = FieldSet.Empty;
        for (var i = _random.Next(6); i > 0; i--)
        {
            var path = Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => PathElement.Field(Pick())).ToArray();
            set = set.Union(FieldSet.Of(path));
        }

        return set;
    }

    private JsonObject Port()
    {
        var port = JsonObject.Of(("port", _random.Next(3)));
        port = _random.Next(2) == 0 ? port.With("protocol", _random.Next(2) == 0 ? "UDP" : "SCTP") : port;
        return _random.Next(2) == 0 ? port.With("label", Text()) : port;
    }

    private JsonObject Map(Func<JsonValue> value) =>
        JsonObject.Of(Some(() => (Pick(), (JsonValue?)value())));

    private List<T> Some<T>(Func<T> make) => [.. Enumerable.Range(0, emptyLists ? _random.Next(4) : 1 + _random.Next(3)).Select(_ => make())];

    private void Maybe(JsonObject.Builder members, string name, Func<JsonValue> make)
    {
        if (_random.Next(2) == 0)
        {
            members[name] = make();
        }
    }

    private JsonValue Text() => Pick();

    private string Pick() => Names[_random.Next(Names.Length)];
}
