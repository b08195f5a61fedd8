using System.Globalization;
using System.Numerics;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>An amount of a resource such as <c>500m</c> or <c>1Gi</c>, exact to a billionth.</summary>
internal readonly struct Quantity : IComparable<Quantity>
{
    private const int DecimalsLimit = 400;

    private static readonly string[] BinarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    private static readonly string[] DecimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
    private static readonly BigInteger Unit = BigInteger.Pow(10, 9);

    private readonly BigInteger _billionths;
    private readonly Notation _notation;

    private Quantity(BigInteger billionths, Notation notation)
    {
        _billionths = billionths;
        _notation = notation;
    }

    private enum Notation
    {
        Decimal,
        Exponent,
        Binary,
    }

    public static Quantity Zero => default;

    /// <summary>The amount as a float, for ratios.</summary>
    public double ToDouble() => (double)_billionths / 1e9;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => _billionths.Sign;

    /// <summary>True for a whole number.</summary>
    public bool IsWhole => (_billionths % Unit).IsZero;

    /// <summary>The smallest whole number that is not less.</summary>
    public BigInteger Ceiling
    {
        get
        {
            var whole = BigInteger.DivRem(_billionths, Unit, out var rest);
            return rest.Sign > 0 ? whole + 1 : whole;
        }
    }

    public static Quantity operator +(Quantity a, Quantity b) => new(a._billionths + b._billionths, a._notation);

    public static Quantity operator -(Quantity a, Quantity b) => new(a._billionths - b._billionths, a._notation);

    public static bool operator <(Quantity a, Quantity b) => a.CompareTo(b) < 0;

    public static bool operator >(Quantity a, Quantity b) => a.CompareTo(b) > 0;

    /// <summary>A whole number.</summary>
    public static Quantity Of(long number) => new(number * Unit, Notation.Decimal);

    /// <summary>Reads a quantity; null when the text is none.</summary>
    /// <param name="text">The text.</param>
    public static Quantity? TryParse(string text)
    {
        var at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var start = at;
        var dot = -1;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || (text[at] == '.' && dot < 0)))
        {
            dot = text[at] == '.' ? at : dot;
            at++;
        }

        var digits = at - start - (dot >= 0 ? 1 : 0);
        if (digits == 0 || digits > DecimalsLimit || Suffix(text[at..]) is not { } suffix)
        {
            return null;
        }

        var (notation, tens, binary) = suffix;
        var number = BigInteger.Parse(text[start..at].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        var scale = tens + 9 - (dot >= 0 ? at - dot - 1 : 0);
        number <<= binary;
        if (scale >= 0)
        {
            number *= BigInteger.Pow(10, scale);
        }
        else
        {
            // What is finer than a billionth is rounded up.
            number = BigInteger.DivRem(number, BigInteger.Pow(10, -scale), out var rest);
            number += rest.IsZero ? 0 : 1;
        }

        var limit = long.MaxValue * Unit;
        number = number > limit ? limit : number;
        return new Quantity(text[0] == '-' ? -number : number, notation);
    }

    public int CompareTo(Quantity other) => _billionths.CompareTo(other._billionths);

    /// <summary>The canonical form: no fraction, and the largest suffix with which that can be.</summary>
    public override string ToString()
    {
        if (_billionths.IsZero)
        {
            return "0";
        }

        return _notation == Notation.Binary && BigInteger.Abs(_billionths) >= 1024 * Unit && IsWhole ? Binary() : Decimal();
    }

    private string Binary()
    {
        var number = _billionths / Unit;
        var suffix = 0;
        while (suffix + 1 < BinarySuffixes.Length && (number % 1024).IsZero)
        {
            number /= 1024;
            suffix++;
        }

        return number.ToString(CultureInfo.InvariantCulture) + BinarySuffixes[suffix];
    }

    private string Decimal()
    {
        var number = _billionths;
        var suffix = 0;
        while (suffix + 1 < DecimalSuffixes.Length && (number % 1000).IsZero)
        {
            number /= 1000;
            suffix++;
        }

        var text = number.ToString(CultureInfo.InvariantCulture);
        var tens = (suffix - 3) * 3;
        return _notation == Notation.Exponent
            ? tens == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}e{tens}")
            : text + DecimalSuffixes[suffix];
    }

    private static (Notation Notation, int Tens, int Binary)? Suffix(string text)
    {
        if (Array.IndexOf(DecimalSuffixes, text) is >= 0 and var tens)
        {
            return (Notation.Decimal, (tens - 3) * 3, 0);
        }

        if (Array.IndexOf(BinarySuffixes, text) is >= 0 and var binary)
        {
            return (Notation.Binary, 0, binary * 10);
        }

        return text.Length is > 1 and < 6 && text[0] is 'e' or 'E'
               && int.TryParse(text.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
               && Math.Abs(exponent) <= DecimalsLimit
            ? (Notation.Exponent, exponent, 0)
            : null;
    }
}
