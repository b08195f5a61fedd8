using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using Harvester.Testing.ApiServer.Schema.Models;

namespace Harvester.Testing.ApiServer.Http.OpenApi;

/// <summary>The schemas of the built-in kinds, from the client's model classes and the table beside them.</summary>
internal static class ModelDefinitions
{
    /// <summary>Adds the schemas of a kind, of its list, and of everything they use.</summary>
    /// <param name="kind">A built-in kind.</param>
    /// <param name="form">The version of OpenAPI.</param>
    /// <param name="definitions">Receives the schemas by name.</param>
    public static void Add(ResourceKind kind, SchemaForm form, SortedDictionary<string, JsonObject> definitions)
    {
        if (kind.Model is not { } model)
        {
            return;
        }

        AddStructure(model, form, definitions);
        Mark(SchemaNames.Of(model), kind, kind.Kind, definitions);
        if (model.Assembly.GetType(model.FullName + "List") is { } list)
        {
            AddStructure(list, form, definitions);
            var name = SchemaNames.Of(list);
            definitions[name] = definitions[name].With("required", JsonArray.Of("items"));
            Mark(name, kind, kind.ListKind, definitions);
        }
    }

    /// <summary>Adds a structure and everything it uses.</summary>
    public static void AddStructure(Type model, SchemaForm form, SortedDictionary<string, JsonObject> definitions)
    {
        var name = SchemaNames.Of(model);
        if (definitions.ContainsKey(name))
        {
            return;
        }

        definitions.Add(name, JsonObject.Empty);
        var structure = ModelTypes.Structure(model);
        var properties = new JsonObject.Builder();
        var required = new List<JsonValue>();
        foreach (var member in structure.Members)
        {
            properties[member.Name] = Property(member, form, definitions);
            if (RequiredMembers.Contains(structure, member))
            {
                required.Add(member.Name);
            }
        }

        definitions[name] = JsonObject.Of(
            ("type", "object"),
            ("properties", properties.Build()),
            ("required", required.Count == 0 ? null : JsonArray.Of(required)),
            ("x-kubernetes-map-type", structure.IsAtomic ? (JsonValue)"atomic" : null));
    }

    /// <summary>Adds schemas that no class stands for.</summary>
    public static void AddPrimitives(SchemaForm form, SortedDictionary<string, JsonObject> definitions)
    {
        definitions.TryAdd(SchemaNames.MetaPackage + ".Patch", JsonObject.Of(("type", "object")));
        AddNamed(SchemaNames.Time, form, definitions);
    }

    private static void Mark(string name, ResourceKind kind, string kindName, SortedDictionary<string, JsonObject> definitions)
    {
        var entry = JsonObject.Of(("group", kind.Group), ("kind", kindName), ("version", kind.Version));
        const string member = "x-kubernetes-group-version-kind";
        var entries = definitions[name].Find(member) as JsonArray ?? JsonArray.Empty;
        if (!entries.Contains(entry))
        {
            definitions[name] = definitions[name].With(member, JsonArray.Of([.. entries, entry]));
        }
    }

    private static JsonObject Property(ModelMember member, SchemaForm form, SortedDictionary<string, JsonObject> definitions)
    {
        var schema = member.Type switch
        {
            AnyType when member.Name == "fieldsV1" => form.Wrapped(AddNamed(SchemaNames.MetaPackage + ".FieldsV1", form, definitions), false),
            StructureType structure => form.Wrapped(Structure(structure, form, definitions), member.Marks.IsValue),
            TimeType or QuantityType or IntOrStringType => form.Wrapped(Reference(member.Type, form, definitions), false),
            var type => Of(type, form, definitions),
        };
        if (member.Marks is { IsAlwaysPrinted: true, IsPointer: false })
        {
            schema = member.Type switch
            {
                TextType => schema.With("default", ""),
                IntegerType => schema.With("default", 0),
                FlagType => schema.With("default", false),
                _ => schema,
            };
        }

        if (member.KeyDefault is { } keyDefault)
        {
            schema = schema.With("default", keyDefault);
        }

        if (member.MergeKey is { } key)
        {
            schema = schema
                .With("x-kubernetes-patch-strategy", member.RetainsKeys ? "merge,retainKeys" : "merge")
                .With("x-kubernetes-patch-merge-key", key.Length == 0 ? null : (JsonValue)key);
        }
        else if (member.RetainsKeys)
        {
            schema = schema.With("x-kubernetes-patch-strategy", "retainKeys");
        }

        return member.Marks.ListKind switch
        {
            ListKind.Atomic when member.Type is ListType => schema.With("x-kubernetes-list-type", "atomic"),
            ListKind.Atomic => schema.With("x-kubernetes-map-type", "atomic"),
            ListKind.Set => schema.With("x-kubernetes-list-type", "set"),
            ListKind.Map => schema
                .With("x-kubernetes-list-type", "map")
                .With("x-kubernetes-list-map-keys", JsonArray.Of(member.ListKeys.Select(name => (JsonValue)name))),
            _ => schema,
        };
    }

    private static JsonObject Of(ModelType type, SchemaForm form, SortedDictionary<string, JsonObject> definitions) => type switch
    {
        TextType => JsonObject.Of(("type", "string")),
        IntegerType integer => JsonObject.Of(("type", "integer"), ("format", ReferenceEquals(integer, IntegerType.Int32) ? "int32" : "int64")),
        NumberType => JsonObject.Of(("type", "number"), ("format", "double")),
        FlagType => JsonObject.Of(("type", "boolean")),
        BytesType => JsonObject.Of(("type", "string"), ("format", "byte")),
        ListType list => JsonObject.Of(("type", "array"), ("items", Item(list.Item, form, definitions))),
        MapType map => JsonObject.Of(("type", "object"), ("additionalProperties", Item(map.Item, form, definitions))),
        StructureType structure => form.Reference(Structure(structure, form, definitions)),
        TimeType or QuantityType or IntOrStringType => form.Reference(Reference(type, form, definitions)),
        _ => JsonObject.Empty,
    };

    private static JsonObject Item(ModelType type, SchemaForm form, SortedDictionary<string, JsonObject> definitions) => type switch
    {
        StructureType structure => form.Wrapped(Structure(structure, form, definitions), true),
        TextType => JsonObject.Of(("type", "string"), ("default", "")),
        IntegerType => Of(type, form, definitions).With("default", 0),
        _ => Of(type, form, definitions),
    };

    private static string Structure(StructureType structure, SchemaForm form, SortedDictionary<string, JsonObject> definitions)
    {
        AddStructure(structure.Model, form, definitions);
        return SchemaNames.Of(structure.Model);
    }

    private static string Reference(ModelType type, SchemaForm form, SortedDictionary<string, JsonObject> definitions) => AddNamed(
        type switch
        {
            QuantityType => SchemaNames.Quantity,
            IntOrStringType => SchemaNames.IntOrString,
            _ => ReferenceEquals(type, TimeType.Micro) ? SchemaNames.MicroTime : SchemaNames.Time,
        },
        form,
        definitions);

    private static string AddNamed(string name, SchemaForm form, SortedDictionary<string, JsonObject> definitions)
    {
        var text = JsonObject.Of(("type", "string"));
        definitions.TryAdd(name, name switch
        {
            SchemaNames.Quantity => form.IsThree ? Either("string", "number") : text,
            SchemaNames.IntOrString => (form.IsThree ? Either("integer", "string") : text).With("format", "int-or-string"),
            SchemaNames.Time or SchemaNames.MicroTime => text.With("format", "date-time"),
            _ => JsonObject.Of(("type", "object")),
        });
        return name;
    }

    private static JsonObject Either(string one, string other) =>
        JsonObject.Of(("oneOf", JsonArray.Of(JsonObject.Of(("type", one)), JsonObject.Of(("type", other)))));
}
