using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Harvester.Testing.ApiServer.Json;

/// <summary>Reads and writes <see cref="JsonValue"/> as JSON text.</summary>
public static class JsonText
{
    /// <summary>How deep a document may be nested, as kube-apiserver allows (statement C-17).</summary>
    public const int MaxDepth = 10_000;

    private const int RecursionLimit = 200;

    internal static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = MaxDepth,
    };

    /// <summary>Reads one JSON document.</summary>
    /// <param name="utf8">The document's bytes.</param>
    /// <param name="duplicate">Called with the dotted path of each member that occurs twice; the last one counts.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JsonException">The bytes are no JSON, or are nested deeper than <see cref="MaxDepth"/>.</exception>
    public static JsonValue Read(ReadOnlySpan<byte> utf8, Action<string>? duplicate = null)
    {
        // Go's decoder, which kube-apiserver reads with, replaces what is no UTF-8.
        if (!Utf8.IsValid(utf8))
        {
            utf8 = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8));
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        var value = ReadValue(ref reader, duplicate);
        return reader.Read() ? throw new JsonException("There is more text after the JSON value.") : value;
    }

    /// <summary>Reads one JSON document from text.</summary>
    /// <param name="text">The document.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static JsonValue Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a value as compact JSON text.</summary>
    /// <param name="value">The value.</param>
    public static string Write(JsonValue value) => Encoding.UTF8.GetString(WriteUtf8(value));

    /// <summary>Writes a value as compact UTF-8 JSON.</summary>
    /// <param name="value">The value.</param>
    public static byte[] WriteUtf8(JsonValue value)
    {
        var scratch = ScratchText.Take();
        Write(value, scratch.Writer);
        return scratch.Finish();
    }

    /// <summary>Writes a value as compact UTF-8 JSON into a buffer.</summary>
    /// <param name="value">The value.</param>
    /// <param name="buffer">Where to write.</param>
    public static void Write(JsonValue value, IBufferWriter<byte> buffer)
    {
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        Write(value, writer);
    }

    // An explicit stack instead of recursion: documents may be 10,000 levels deep. What collects the members of a level
    // serves one object after the other.
    private static JsonValue ReadValue(ref Utf8JsonReader reader, Action<string>? duplicate)
    {
        var open = new Frame[8];
        var depth = 0;
        while (true)
        {
            JsonValue? done;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    Enter(ref open, depth++, isObject: true);
                    done = null;
                    break;
                case JsonTokenType.StartArray:
                    Enter(ref open, depth++, isObject: false);
                    done = null;
                    break;
                case JsonTokenType.EndObject:
                    done = open[--depth].Members!.Build();
                    break;
                case JsonTokenType.EndArray:
                    done = JsonArray.Wrap([.. open[--depth].Items!]);
                    break;
                case JsonTokenType.PropertyName:
                    open[depth - 1].Name = JsonStrings.Name(ref reader);
                    done = null;
                    break;
                case JsonTokenType.String:
                    done = JsonStrings.Value(ref reader);
                    break;
                case JsonTokenType.Number:
                    done = ReadNumber(ref reader);
                    break;
                case JsonTokenType.True:
                    done = JsonBoolean.Of(true);
                    break;
                case JsonTokenType.False:
                    done = JsonBoolean.Of(false);
                    break;
                default:
                    done = JsonValue.Null;
                    break;
            }

            if (done is not null)
            {
                if (depth == 0)
                {
                    return done;
                }

                ref var parent = ref open[depth - 1];
                if (!parent.IsObject)
                {
                    parent.Items!.Add(done);
                }
                else if (!parent.Members!.TryAdd(parent.Name!, done))
                {
                    duplicate?.Invoke(Path(open.AsSpan(0, depth)));
                    parent.Members[parent.Name!] = done;
                }
            }

            if (!reader.Read())
            {
                throw new JsonException("The JSON text ends too early.");
            }
        }
    }

    private static void Enter(ref Frame[] open, int depth, bool isObject)
    {
        if (depth == open.Length)
        {
            Array.Resize(ref open, depth * 2);
        }

        ref var frame = ref open[depth];
        frame.IsObject = isObject;
        if (isObject)
        {
            (frame.Members ??= new JsonObject.Builder()).Clear();
        }
        else
        {
            (frame.Items ??= []).Clear();
        }
    }

    private static string Path(ReadOnlySpan<Frame> open)
    {
        var path = new StringBuilder();
        foreach (ref readonly var frame in open)
        {
            if (!frame.IsObject)
            {
                path.Append('[').Append(frame.Items!.Count).Append(']');
            }
            else
            {
                path.Append(path.Length == 0 ? "" : ".").Append(frame.Name);
            }
        }

        return path.ToString();
    }

    private static JsonValue ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var integer) && reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0)
        {
            return new JsonInteger(integer);
        }

        var number = reader.GetDouble();
        return double.IsFinite(number) ? new JsonFloat(number) : throw new JsonException("A number is out of range.");
    }

    /// <summary>JSON text with line breaks and indents of two spaces.</summary>
    /// <param name="utf8">The text; its members keep their order.</param>
    internal static byte[] Indent(ReadOnlySpan<byte> utf8)
    {
        var buffer = new ArrayBufferWriter<byte>(utf8.Length * 2);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions with { Indented = true, NewLine = "\n" }))
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        writer.WriteStartObject();
                        break;
                    case JsonTokenType.EndObject:
                        writer.WriteEndObject();
                        break;
                    case JsonTokenType.StartArray:
                        writer.WriteStartArray();
                        break;
                    case JsonTokenType.EndArray:
                        writer.WriteEndArray();
                        break;
                    case JsonTokenType.PropertyName:
                        writer.WritePropertyName(JsonStrings.Text(ref reader));
                        break;
                    case JsonTokenType.String:
                        writer.WriteStringValue(JsonStrings.Text(ref reader));
                        break;
                    default:
                        writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                        break;
                }
            }
        }

        return buffer.WrittenSpan.ToArray();
    }

    // Recursion for what is usual, and an explicit stack for the rest of 10,000 levels.
    internal static void Write(JsonValue value, Utf8JsonWriter writer)
    {
        switch (value)
        {
            case JsonObject or JsonArray:
                WriteContainer(value, writer, 0);
                break;
            default:
                WriteScalar(value, writer);
                break;
        }
    }

    private static void WriteContainer(JsonValue value, Utf8JsonWriter writer, int depth)
    {
        if (depth == RecursionLimit)
        {
            WriteDeep(value, writer);
            return;
        }

        if (value is JsonObject members)
        {
            writer.WriteStartObject();
            var names = members.Names;
            var values = members.Values;
            for (var i = 0; i < names.Length; i++)
            {
                writer.WritePropertyName(names[i]);
                if (values[i] is JsonObject or JsonArray)
                {
                    WriteContainer(values[i], writer, depth + 1);
                }
                else
                {
                    WriteScalar(values[i], writer);
                }
            }

            writer.WriteEndObject();
            return;
        }

        writer.WriteStartArray();
        foreach (var item in ((JsonArray)value).AsSpan())
        {
            if (item is JsonObject or JsonArray)
            {
                WriteContainer(item, writer, depth + 1);
            }
            else
            {
                WriteScalar(item, writer);
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteDeep(JsonValue root, Utf8JsonWriter writer)
    {
        var open = new Stack<(JsonValue Value, int Next)>();
        open.Push((root, 0));
        while (open.TryPop(out var frame))
        {
            var (value, next) = frame;
            var members = value as JsonObject;
            var count = members?.Count ?? ((JsonArray)value).Count;
            if (next == 0)
            {
                if (members is null)
                {
                    writer.WriteStartArray();
                }
                else
                {
                    writer.WriteStartObject();
                }
            }

            if (next == count)
            {
                if (members is null)
                {
                    writer.WriteEndArray();
                }
                else
                {
                    writer.WriteEndObject();
                }

                continue;
            }

            open.Push((value, next + 1));
            if (members is not null)
            {
                writer.WritePropertyName(members.Names[next]);
            }

            var child = members is null ? ((JsonArray)value)[next] : members.Values[next];
            if (child is JsonObject or JsonArray)
            {
                open.Push((child, 0));
            }
            else
            {
                WriteScalar(child, writer);
            }
        }
    }

    private static void WriteScalar(JsonValue value, Utf8JsonWriter writer)
    {
        switch (value)
        {
            case JsonString text:
                writer.WriteStringValue(text.Value);
                break;
            case JsonInteger integer:
                writer.WriteNumberValue(integer.Value);
                break;
            case JsonFloat number:
                writer.WriteRawValue(JsonNumbers.Text(number.Value), skipInputValidation: true);
                break;
            case JsonBoolean boolean:
                writer.WriteBooleanValue(boolean.Value);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private struct Frame
    {
        public bool IsObject;
        public JsonObject.Builder? Members;
        public List<JsonValue>? Items;
        public string? Name;
    }
}
