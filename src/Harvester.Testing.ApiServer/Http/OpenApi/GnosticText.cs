using Harvester.Testing.ApiServer.Http.Protobuf;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Http.OpenApi;

/// <summary>Writes an OpenAPI document of version 2 as the protocol buffers of gnostic, which kubectl reads.</summary>
internal static class GnosticText
{
    public static byte[] Write(JsonObject document)
    {
        var writer = new WireWriter();
        writer.Text(1, document.Find("swagger")?.AsString ?? "2.0");
        writer.Message(2, info =>
        {
            info.Text(1, document.At("info", "title")?.AsString ?? "");
            info.Text(2, document.At("info", "version")?.AsString ?? "");
        });
        writer.Message(8, paths =>
        {
            foreach (var (name, path) in document.Find("paths") as JsonObject ?? JsonObject.Empty)
            {
                Named(paths, 2, name, item => Path(item, (JsonObject)path));
            }
        });
        writer.Message(9, definitions => Schemas(definitions, document.Find("definitions")));
        return writer.ToArray();
    }

    private static void Path(WireWriter writer, JsonObject path)
    {
        foreach (var (field, method) in new[] { (2, "get"), (3, "put"), (4, "post"), (5, "delete"), (8, "patch") })
        {
            if (path.Find(method) is JsonObject operation)
            {
                writer.Message(field, item => Operation(item, operation));
            }
        }

        foreach (var parameter in path.Find("parameters") as JsonArray ?? JsonArray.Empty)
        {
            writer.Message(9, item => Parameter(item, (JsonObject)parameter));
        }
    }

    private static void Operation(WireWriter writer, JsonObject operation)
    {
        Texts(writer, 1, operation.Find("tags"));
        Text(writer, 3, operation.Find("description"));
        Text(writer, 5, operation.Find("operationId"));
        Texts(writer, 6, operation.Find("produces"));
        Texts(writer, 7, operation.Find("consumes"));
        foreach (var parameter in operation.Find("parameters") as JsonArray ?? JsonArray.Empty)
        {
            writer.Message(8, item => Parameter(item, (JsonObject)parameter));
        }

        writer.Message(9, responses =>
        {
            foreach (var (code, response) in operation.Find("responses") as JsonObject ?? JsonObject.Empty)
            {
                Named(responses, 1, code, value => value.Message(1, one =>
                {
                    Text(one, 1, response["description"]);
                    if (response["schema"] is JsonObject schema)
                    {
                        one.Message(2, item => item.Message(1, found => Schema(found, schema)));
                    }
                }));
            }
        });
        Extensions(writer, 13, operation);
    }

    private static void Parameter(WireWriter writer, JsonObject parameter) => writer.Message(1, item =>
    {
        var place = parameter.Find("in")?.AsString;
        if (place == "body")
        {
            item.Message(1, body =>
            {
                Text(body, 2, parameter.Find("name"));
                Text(body, 3, parameter.Find("in"));
                Flag(body, 4, parameter.Find("required"));
                if (parameter.Find("schema") is JsonObject schema)
                {
                    body.Message(5, one => Schema(one, schema));
                }
            });
            return;
        }

        // A query parameter may be empty, which moves what follows by one.
        var isQuery = place == "query";
        item.Message(2, other => other.Message(isQuery ? 3 : 4, one =>
        {
            Flag(one, 1, parameter.Find("required"));
            Text(one, 2, parameter.Find("in"));
            Text(one, 4, parameter.Find("name"));
            Text(one, isQuery ? 6 : 5, parameter.Find("type"));
            Flag(one, isQuery ? 20 : 19, parameter.Find("uniqueItems"));
        }));
    });

    private static void Schemas(WireWriter writer, JsonValue? schemas)
    {
        foreach (var (name, schema) in schemas as JsonObject ?? JsonObject.Empty)
        {
            Named(writer, 1, name, value => Schema(value, (JsonObject)schema));
        }
    }

    private static void Schema(WireWriter writer, JsonObject schema)
    {
        Text(writer, 1, schema.Find("$ref"));
        Text(writer, 2, schema.Find("format"));
        Text(writer, 3, schema.Find("title"));
        Text(writer, 4, schema.Find("description"));
        if (schema.Find("default") is { } given)
        {
            writer.Message(5, any => any.Text(2, JsonText.Write(given) + "\n"));
        }

        Double(writer, 6, schema.Find("multipleOf"));
        Double(writer, 7, schema.Find("maximum"));
        Flag(writer, 8, schema.Find("exclusiveMaximum"));
        Double(writer, 9, schema.Find("minimum"));
        Flag(writer, 10, schema.Find("exclusiveMinimum"));
        Number(writer, 11, schema.Find("maxLength"));
        Number(writer, 12, schema.Find("minLength"));
        Text(writer, 13, schema.Find("pattern"));
        Number(writer, 14, schema.Find("maxItems"));
        Number(writer, 15, schema.Find("minItems"));
        Flag(writer, 16, schema.Find("uniqueItems"));
        Number(writer, 17, schema.Find("maxProperties"));
        Number(writer, 18, schema.Find("minProperties"));
        Texts(writer, 19, schema.Find("required"));
        foreach (var one in schema.Find("enum") as JsonArray ?? JsonArray.Empty)
        {
            writer.Message(20, any => any.Text(2, JsonText.Write(one) + "\n"));
        }

        switch (schema.Find("additionalProperties"))
        {
            case JsonObject child:
                writer.Message(21, item => item.Message(1, one => Schema(one, child)));
                break;
            case JsonBoolean flag:
                writer.Message(21, item => item.Flag(2, flag.Value));
                break;
        }

        if (schema.Find("type") is JsonString type)
        {
            writer.Message(22, item => item.Text(1, type.Value));
        }

        if (schema.Find("items") is JsonObject items)
        {
            writer.Message(23, item => item.Message(1, one => Schema(one, items)));
        }

        if (schema.Find("properties") is JsonObject properties)
        {
            writer.Message(25, item => Schemas(item, properties));
        }

        Extensions(writer, 31, schema);
    }

    private static void Extensions(WireWriter writer, int field, JsonObject value)
    {
        foreach (var (name, extension) in value)
        {
            if (name.StartsWith("x-", StringComparison.Ordinal))
            {
                Named(writer, field, name, any => any.Text(2, JsonText.Write(extension) + "\n"));
            }
        }
    }

    private static void Named(WireWriter writer, int field, string name, Action<WireWriter> write) => writer.Message(field, item =>
    {
        item.Text(1, name);
        item.Message(2, write);
    });

    private static void Text(WireWriter writer, int field, JsonValue? value)
    {
        if (value is JsonString text)
        {
            writer.Text(field, text.Value);
        }
    }

    private static void Texts(WireWriter writer, int field, JsonValue? list)
    {
        foreach (var item in list as JsonArray ?? JsonArray.Empty)
        {
            Text(writer, field, item);
        }
    }

    private static void Flag(WireWriter writer, int field, JsonValue? value)
    {
        if (value is JsonBoolean { Value: true })
        {
            writer.Flag(field, true);
        }
    }

    private static void Number(WireWriter writer, int field, JsonValue? value)
    {
        if (value is JsonInteger number)
        {
            writer.Number(field, number.Value);
        }
    }

    private static void Double(WireWriter writer, int field, JsonValue? value)
    {
        if (value is JsonInteger or JsonFloat)
        {
            writer.Double(field, value is JsonInteger integer ? integer.Value : ((JsonFloat)value).Value);
        }
    }
}
