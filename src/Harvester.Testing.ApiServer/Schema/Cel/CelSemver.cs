using System.Globalization;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>A semantic version.</summary>
internal sealed class CelSemver : IComparable<CelSemver>, IEquatable<CelSemver>
{
    private string[] Prerelease { get; init; } = [];

    public long Major { get; private init; }

    public long Minor { get; private init; }

    public long Patch { get; private init; }

    /// <summary>Reads a version; null when the text is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="normalize">True to allow a v in front, missing parts and leading zeros.</param>
    /// <param name="problem">Receives why it is none.</param>
    public static CelSemver? Parse(string text, bool normalize, out string problem)
    {
        problem = "";
        if (text.Length == 0)
        {
            problem = "Version string empty";
            return null;
        }

        var build = text.IndexOf('+', StringComparison.Ordinal);
        var rest = build < 0 ? text : text[..build];
        var dash = rest.IndexOf('-', StringComparison.Ordinal);
        var core = dash < 0 ? rest : rest[..dash];
        string[] prerelease = dash < 0 ? [] : rest[(dash + 1)..].Split('.');
        if (normalize)
        {
            core = Normalized(core);
        }

        var parts = core.Split('.');
        if (parts.Length != 3)
        {
            problem = "No Major.Minor.Patch elements found";
            return null;
        }

        string[] names = ["major", "minor", "patch"];
        var numbers = new long[3];
        for (var i = 0; i < 3; i++)
        {
            var part = parts[i];
            if (part.Length == 0 || !part.All(char.IsAsciiDigit))
            {
                problem = $"Invalid character(s) found in {names[i]} number {GoText.Quote(part)}";
                return null;
            }

            if (part.Length > 1 && part[0] == '0')
            {
                problem = $"{char.ToUpperInvariant(names[i][0])}{names[i][1..]} number must not contain leading zeroes {GoText.Quote(part)}";
                return null;
            }

            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                problem = $"strconv.ParseUint: parsing {GoText.Quote(part)}: value out of range";
                return null;
            }
        }

        foreach (var identifier in build < 0 ? prerelease : [.. prerelease, .. text[(build + 1)..].Split('.')])
        {
            if (identifier.Length == 0 || !identifier.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            {
                problem = identifier.Length == 0 ? "Prerelease is empty" : $"Invalid character(s) found in prerelease {GoText.Quote(identifier)}";
                return null;
            }
        }

        if (prerelease.FirstOrDefault(id => id.Length > 1 && id[0] == '0' && id.All(char.IsAsciiDigit)) is { } zeroes)
        {
            problem = $"Numeric PreRelease version must not contain leading zeroes {GoText.Quote(zeroes)}";
            return null;
        }

        return new CelSemver { Major = numbers[0], Minor = numbers[1], Patch = numbers[2], Prerelease = prerelease };
    }

    public int CompareTo(CelSemver? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = Major.CompareTo(other.Major);
        order = order == 0 ? Minor.CompareTo(other.Minor) : order;
        order = order == 0 ? Patch.CompareTo(other.Patch) : order;
        if (order != 0 || Prerelease.Length == 0 || other.Prerelease.Length == 0)
        {
            return order != 0 ? order : other.Prerelease.Length.CompareTo(Prerelease.Length) switch { 0 => 0, > 0 => 1, _ => -1 };
        }

        for (var i = 0; i < Math.Min(Prerelease.Length, other.Prerelease.Length); i++)
        {
            if (ComparePart(Prerelease[i], other.Prerelease[i]) is var part && part != 0)
            {
                return part;
            }
        }

        return Math.Sign(Prerelease.Length.CompareTo(other.Prerelease.Length));
    }

    /// <inheritdoc />
    public bool Equals(CelSemver? other) => other is not null && CompareTo(other) == 0;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as CelSemver);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Major, Minor, Patch);

    private static string Normalized(string core)
    {
        var parts = core.TrimStart('v').Split('.').ToList();
        while (parts.Count < 3)
        {
            parts.Add("0");
        }

        return string.Join('.', parts.Select(part => part.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : part.Length > 0 ? "0" : ""));
    }

    // Numbers come before words, and in the order of numbers.
    private static int ComparePart(string first, string second)
    {
        var isFirstNumber = first.All(char.IsAsciiDigit);
        var isSecondNumber = second.All(char.IsAsciiDigit);
        if (isFirstNumber != isSecondNumber)
        {
            return isFirstNumber ? -1 : 1;
        }

        return isFirstNumber && first.Length != second.Length
            ? first.Length.CompareTo(second.Length)
            : Math.Sign(string.CompareOrdinal(first, second));
    }
}
