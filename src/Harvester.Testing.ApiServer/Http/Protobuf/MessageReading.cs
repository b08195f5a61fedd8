using System.Globalization;
using Harvester.Testing.ApiServer.Http.OpenApi;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using Harvester.Testing.ApiServer.Schema.Models;

namespace Harvester.Testing.ApiServer.Http.Protobuf;

/// <summary>Reads a message into the JSON of the same object: the table has the numbers, the model the types.</summary>
internal static class MessageReading
{
    private const int DeepestMessage = 100;

    /// <summary>Reads a message of a structure.</summary>
    /// <exception cref="FormatException">The bytes do not fit.</exception>
    public static JsonValue Read(StructureType structure, ReadOnlySpan<byte> bytes) => Read(structure, bytes, 0);

    private static JsonObject Read(StructureType structure, ReadOnlySpan<byte> bytes, int depth)
    {
        if (depth > DeepestMessage)
        {
            throw new FormatException("messages are nested too deep");
        }

        var members = new Members();
        Read(structure, NameOf(structure), bytes, members, depth);
        return members.Build();
    }

    private static void Read(StructureType structure, string message, ReadOnlySpan<byte> bytes, Members members, int depth)
    {
        var fields = MessageTable.Find(message) ?? throw ApiFailure.Unsupported($"protobuf bodies with a {message}");
        var reader = new WireReader(bytes);
        while (reader.Read())
        {
            if (!fields.TryGetValue(reader.Field, out var field))
            {
                // A field of another release: Go drops it, too.
                continue;
            }

            if (field.IsInlined)
            {
                Read(structure, message[..(message.LastIndexOf('.') + 1)] + field.Name, reader.Bytes, members, depth + 1);
                continue;
            }

            if (structure.Find(field.Name) is not { } member)
            {
                continue;
            }

            switch (member.Type)
            {
                case ListType list:
                    members.Add(member.Name, Value(list.Item, ref reader, depth, member.Name));
                    break;
                case MapType map:
                    Entry(map, ref reader, members.MapOf(member.Name), depth);
                    break;
                default:
                    if (Value(member.Type, ref reader, depth, member.Name) is { IsNull: false } value)
                    {
                        members[member.Name] = value;
                    }

                    break;
            }
        }
    }

    private static void Entry(MapType map, ref WireReader reader, JsonObject.Builder entries, int depth)
    {
        var key = "";
        JsonValue? value = null;
        var pair = new WireReader(reader.Bytes);
        while (pair.Read())
        {
            if (pair.Field == 1)
            {
                key = pair.Text;
            }
            else if (pair.Field == 2)
            {
                value = map.Item is ListType list ? Items(list, pair.Bytes, depth) : Value(map.Item, ref pair, depth, key);
            }
        }

        entries[key] = value ?? map.Item.Zero;
    }

    // A list as the value of a map has a message of its own around it.
    private static JsonArray Items(ListType list, ReadOnlySpan<byte> bytes, int depth)
    {
        var items = new List<JsonValue>();
        var reader = new WireReader(bytes);
        while (reader.Read())
        {
            items.Add(Value(list.Item, ref reader, depth, ""));
        }

        return JsonArray.Of(items);
    }

    private static JsonValue Value(ModelType type, ref WireReader reader, int depth, string name) => type switch
    {
        TextType => reader.Text,
        IntegerType => (long)reader.Number,
        FlagType => reader.Number != 0,
        NumberType => new JsonFloat(BitConverter.UInt64BitsToDouble(reader.Number)),
        BytesType => Convert.ToBase64String(reader.Bytes),
        QuantityType => FirstText(reader.Bytes),
        TimeType => Time(reader.Bytes, ReferenceEquals(type, TimeType.Micro)),
        IntOrStringType => IntOrString(reader.Bytes),
        StructureType structure => Read(structure, reader.Bytes, depth + 1),
        AnyType => Raw(reader.Bytes),
        _ => throw new FormatException($"{name} has a type that has no message"),
    };

    private static string FirstText(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        while (reader.Read())
        {
            if (reader.Field == 1)
            {
                return reader.Text;
            }
        }

        return "0";
    }

    private static JsonValue Raw(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        while (reader.Read())
        {
            if (reader.Field == 1 && !reader.Bytes.IsEmpty)
            {
                return JsonText.Read(reader.Bytes);
            }
        }

        return JsonValue.Null;
    }

    private static JsonValue Time(ReadOnlySpan<byte> bytes, bool isMicro)
    {
        if (bytes.IsEmpty)
        {
            return JsonValue.Null;
        }

        long seconds = 0;
        long nanoseconds = 0;
        var reader = new WireReader(bytes);
        while (reader.Read())
        {
            if (reader.Field == 1)
            {
                seconds = (long)reader.Number;
            }
            else if (reader.Field == 2)
            {
                nanoseconds = (long)reader.Number;
            }
        }

        try
        {
            var time = DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / 100);
            return time.ToString(isMicro ? "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new FormatException("a time lies outside of the calendar");
        }
    }

    private static JsonValue IntOrString(ReadOnlySpan<byte> bytes)
    {
        var isText = false;
        long number = 0;
        var text = "";
        var reader = new WireReader(bytes);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    isText = reader.Number == 1;
                    break;
                case 2:
                    number = (long)reader.Number;
                    break;
                case 3:
                    text = reader.Text;
                    break;
            }
        }

        return isText ? text : number;
    }

    // The schema's name ends in package, version and type.
    private static string NameOf(StructureType structure)
    {
        var parts = SchemaNames.Of(structure.Model).Split('.');
        return $"{parts[^3]}/{parts[^2]}.{parts[^1]}";
    }

    private sealed class Members
    {
        private readonly JsonObject.Builder _plain = new();
        private readonly Dictionary<string, List<JsonValue>> _lists = [];
        private readonly Dictionary<string, JsonObject.Builder> _maps = [];

        public JsonValue this[string name]
        {
            set => _plain[name] = value;
        }

        public void Add(string name, JsonValue item)
        {
            if (!_lists.TryGetValue(name, out var items))
            {
                _lists.Add(name, items = []);
            }

            items.Add(item);
        }

        public JsonObject.Builder MapOf(string name)
        {
            if (!_maps.TryGetValue(name, out var map))
            {
                _maps.Add(name, map = new JsonObject.Builder());
            }

            return map;
        }

        public JsonObject Build()
        {
            foreach (var (name, items) in _lists)
            {
                _plain[name] = JsonArray.Of(items);
            }

            foreach (var (name, map) in _maps)
            {
                _plain[name] = map.Build();
            }

            return _plain.Build();
        }
    }
}
