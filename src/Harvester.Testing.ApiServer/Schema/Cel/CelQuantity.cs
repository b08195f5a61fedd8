using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>A quantity of Kubernetes, such as <c>1.5Gi</c>, exact to a billionth.</summary>
internal sealed partial record CelQuantity : IComparable<CelQuantity>
{
    /// <summary>The text about what is none.</summary>
    public const string Rule =
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private const int DigitLimit = 100;

    private readonly BigInteger _billionths;

    private CelQuantity(BigInteger billionths) => _billionths = billionths;

    public int Sign => _billionths.Sign;

    public double AsFloat => (double)_billionths / 1e9;

    /// <summary>The quantity as an integer, when it is one that fits.</summary>
    public long? AsInteger
    {
        get
        {
            var whole = BigInteger.DivRem(_billionths, 1_000_000_000, out var rest);
            return rest.IsZero && whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : null;
        }
    }

    public static CelQuantity Of(long number) => new(new BigInteger(number) * 1_000_000_000);

    /// <summary>Reads a quantity; null when the text is none.</summary>
    public static CelQuantity? Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success || text.Length > DigitLimit)
        {
            return null;
        }

        var digits = match.Groups[2].Value;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var places = point < 0 ? 0 : digits.Length - point - 1;
        var number = BigInteger.Parse("0" + digits.Replace(".", ""), CultureInfo.InvariantCulture);
        var suffix = match.Groups[3].Value;
        var exponent = 9 - places;
        if (suffix is ['e' or 'E', _, ..])
        {
            if (!int.TryParse(suffix.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power) || Math.Abs(power) > 1000)
            {
                return null;
            }

            exponent += power;
        }
        else if (suffix.EndsWith('i'))
        {
            number <<= 10 * ("KMGTPE".IndexOf(suffix[0], StringComparison.Ordinal) + 1);
        }
        else if (suffix.Length > 0)
        {
            exponent += suffix switch { "n" => -9, "u" => -6, "m" => -3, "k" => 3, "M" => 6, "G" => 9, "T" => 12, "P" => 15, _ => 18 };
        }

        if (exponent >= 0)
        {
            number *= BigInteger.Pow(10, exponent);
        }
        else
        {
            // What is finer than a billionth is rounded up.
            number = BigInteger.DivRem(number, BigInteger.Pow(10, -exponent), out var rest);
            number += rest.IsZero ? 0 : 1;
        }

        return new CelQuantity(match.Groups[1].Value == "-" ? -number : number);
    }

    public CelQuantity Plus(CelQuantity other) => new(_billionths + other._billionths);

    public CelQuantity Minus(CelQuantity other) => new(_billionths - other._billionths);

    public int CompareTo(CelQuantity? other) => _billionths.CompareTo(other?._billionths ?? BigInteger.Zero);

    [GeneratedRegex(@"^([+-]?)([0-9]+\.?[0-9]*|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+|)\z", RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
