using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Harvester.Testing.ApiServer.Json;

/// <summary>Reads the strings of a JSON text; a half of a surrogate pair becomes the replacement character, as in Go.</summary>
internal static class JsonStrings
{
    private const int LongestKnown = 40;
    private const int KnownCount = 4096;

    // Members have few different names; one string for each saves most of what an object weighs.
    private static readonly string?[] Known = new string?[KnownCount];

    private static readonly JsonString?[] KnownValues = new JsonString?[KnownCount];

    /// <summary>The name of the member the reader is at.</summary>
    public static string Name(ref Utf8JsonReader reader)
    {
        var utf8 = reader.ValueSpan;
        if (reader.ValueIsEscaped || utf8.Length > LongestKnown)
        {
            return Text(ref reader);
        }

        var hash = default(HashCode);
        hash.AddBytes(utf8);
        ref var slot = ref Known[(uint)hash.ToHashCode() % KnownCount];
        var known = slot;
        if (known is not null && known.Length == utf8.Length && Ascii.Equals(utf8, known))
        {
            return known;
        }

        return slot = Encoding.UTF8.GetString(utf8);
    }

    /// <summary>The string value the reader is at. Short texts come again and again: objects share them.</summary>
    public static JsonString Value(ref Utf8JsonReader reader)
    {
        var utf8 = reader.ValueSpan;
        if (reader.ValueIsEscaped || utf8.Length > LongestKnown)
        {
            return new JsonString(Text(ref reader));
        }

        var hash = default(HashCode);
        hash.AddBytes(utf8);
        ref var slot = ref KnownValues[(uint)hash.ToHashCode() % KnownCount];
        var known = slot;
        if (known is not null && known.Value.Length == utf8.Length && Ascii.Equals(utf8, known.Value))
        {
            return known;
        }

        return slot = new JsonString(Encoding.UTF8.GetString(utf8));
    }

    /// <summary>The string the reader is at.</summary>
    public static string Text(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Unescape(Encoding.UTF8.GetString(reader.ValueSpan)) : Encoding.UTF8.GetString(reader.ValueSpan);

    private static string Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            switch (text[++i])
            {
                case 'b':
                    result.Append('\b');
                    break;
                case 'f':
                    result.Append('\f');
                    break;
                case 'n':
                    result.Append('\n');
                    break;
                case 'r':
                    result.Append('\r');
                    break;
                case 't':
                    result.Append('\t');
                    break;
                case 'u':
                    var unit = Unit(text, i + 1);
                    i += 4;
                    if (char.IsHighSurrogate(unit) && i + 6 < text.Length && text[i + 1] == '\\' && text[i + 2] == 'u'
                        && Unit(text, i + 3) is var low && char.IsLowSurrogate(low))
                    {
                        result.Append(unit).Append(low);
                        i += 6;
                    }
                    else
                    {
                        result.Append(char.IsSurrogate(unit) ? '\ufffd' : unit);
                    }

                    break;
                default:
                    result.Append(text[i]);
                    break;
            }
        }

        return result.ToString();
    }

    private static char Unit(string text, int at) =>
        (char)int.Parse(text.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
