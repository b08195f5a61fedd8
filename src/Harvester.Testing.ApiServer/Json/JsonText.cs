using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Harvester.Testing.ApiServer.Json;

/// <summary>Reads and writes <see cref="JsonValue"/> as JSON text.</summary>
public static class JsonText
{
    /// <summary>How deep a document may be nested, as kube-apiserver allows (statement C-17).</summary>
    public const int MaxDepth = 10_000;

    private static readonly JsonWriterOptions WriterOptions = new()
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
        var buffer = new ArrayBufferWriter<byte>();
        Write(value, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes a value as compact UTF-8 JSON into a buffer.</summary>
    /// <param name="value">The value.</param>
    /// <param name="buffer">Where to write.</param>
    public static void Write(JsonValue value, IBufferWriter<byte> buffer)
    {
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        Write(value, writer);
    }

    // An explicit stack instead of recursion: documents may be 10,000 levels deep.
    private static JsonValue ReadValue(ref Utf8JsonReader reader, Action<string>? duplicate)
    {
        var open = new Stack<Frame>();
        while (true)
        {
            JsonValue? done;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    open.Push(new Frame(new JsonObject.Builder(), null));
                    done = null;
                    break;
                case JsonTokenType.StartArray:
                    open.Push(new Frame(null, []));
                    done = null;
                    break;
                case JsonTokenType.EndObject:
                    done = open.Pop().Members!.Build();
                    break;
                case JsonTokenType.EndArray:
                    done = JsonArray.Wrap([.. open.Pop().Items!]);
                    break;
                case JsonTokenType.PropertyName:
                    open.Peek().Name = reader.GetString()!;
                    done = null;
                    break;
                case JsonTokenType.String:
                    done = new JsonString(reader.GetString()!);
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
                if (open.Count == 0)
                {
                    return done;
                }

                var parent = open.Peek();
                if (parent.Items is not null)
                {
                    parent.Items.Add(done);
                }
                else if (!parent.Members!.TryAdd(parent.Name!, done))
                {
                    duplicate?.Invoke(Path(open));
                    parent.Members[parent.Name!] = done;
                }
            }

            if (!reader.Read())
            {
                throw new JsonException("The JSON text ends too early.");
            }
        }
    }

    private static string Path(Stack<Frame> open)
    {
        var path = new StringBuilder();
        foreach (var frame in open.Reverse())
        {
            if (frame.Items is not null)
            {
                path.Append('[').Append(frame.Items.Count).Append(']');
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

    private static void Write(JsonValue value, Utf8JsonWriter writer)
    {
        switch (value)
        {
            case JsonObject members:
                writer.WriteStartObject();
                for (var i = 0; i < members.Count; i++)
                {
                    writer.WritePropertyName(members.Names[i]);
                    Write(members.Values[i], writer);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items.AsSpan())
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonString text:
                writer.WriteStringValue(text.Value);
                break;
            case JsonInteger integer:
                writer.WriteNumberValue(integer.Value);
                break;
            case JsonFloat number:
                writer.WriteNumberValue(number.Value);
                break;
            case JsonBoolean boolean:
                writer.WriteBooleanValue(boolean.Value);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private sealed class Frame(JsonObject.Builder? members, List<JsonValue>? items)
    {
        public JsonObject.Builder? Members { get; } = members;

        public List<JsonValue>? Items { get; } = items;

        public string? Name { get; set; }
    }
}
