using System.Globalization;
using System.Text;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>The names field managers may have.</summary>
internal static class ManagerNames
{
    private const int Limit = 128;

    /// <summary>The name a client has that gives none: its user agent up to the slash, as far as that is printable .</summary>
    /// <param name="userAgent">The request's User-Agent.</param>
    public static string OfUserAgent(string userAgent)
    {
        var slash = userAgent.IndexOf('/', StringComparison.Ordinal);
        var name = new StringBuilder();
        var length = 0;
        foreach (var rune in (slash < 0 ? userAgent : userAgent[..slash]).EnumerateRunes())
        {
            if (!IsPrintable(rune))
            {
                continue;
            }

            length += rune.Utf8SequenceLength;
            if (length > Limit)
            {
                break;
            }

            name.Append(rune);
        }

        return name.ToString();
    }

    /// <summary>A-1: at most 128 bytes, all of them printable.</summary>
    /// <param name="name">The name a client gave; may be empty.</param>
    /// <param name="causes">Receives what is wrong.</param>
    public static void Validate(string name, List<Cause> causes)
    {
        if (Encoding.UTF8.GetByteCount(name) > Limit)
        {
            causes.Add(new Cause("FieldValueTooLong", "Too long: may not be more than 128 bytes", "fieldManager"));
        }

        var at = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            if (!IsPrintable(rune))
            {
                var message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"Invalid value: {GoText.Quote(name)}: invalid character U+{rune.Value:X4} (at position {at})");
                causes.Add(new Cause("FieldValueInvalid", message, "fieldManager"));
            }

            at += rune.Utf8SequenceLength;
        }
    }

    // Letters, marks, numbers, punctuation, symbols, and of all spaces the plain one.
    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);
}
