namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>A range of costs or of sizes; it does not grow beyond the largest number.</summary>
/// <param name="Min">The least.</param>
/// <param name="Max">The most.</param>
internal readonly record struct CelRange(ulong Min, ulong Max)
{
    public const double StringFactor = 0.1;
    public const double RegexFactor = 0.25;

    public static CelRange Unknown { get; } = new(0, ulong.MaxValue);

    public static CelRange Fixed(ulong value) => new(value, value);

    public static CelRange operator +(CelRange first, CelRange second) => new(Add(first.Min, second.Min), Add(first.Max, second.Max));

    public static CelRange operator *(CelRange first, CelRange second) =>
        new(Multiply(first.Min, second.Min), Multiply(first.Max, second.Max));

    /// <summary>Multiplied by a factor and rounded up.</summary>
    public CelRange Times(double factor) => new(Times(Min, factor), Times(Max, factor));

    /// <summary>The range that holds both.</summary>
    public CelRange Or(CelRange other) => new(Math.Min(Min, other.Min), Math.Max(Max, other.Max));

    public static ulong Add(ulong first, ulong second) => first > ulong.MaxValue - second ? ulong.MaxValue : first + second;

    public static ulong Multiply(ulong first, ulong second) =>
        second != 0 && first > ulong.MaxValue / second ? ulong.MaxValue : first * second;

    public static ulong Times(ulong value, double factor)
    {
        var product = Math.Ceiling(value * factor);
        return product >= 18446744073709551616.0 ? ulong.MaxValue : (ulong)product;
    }
}

/// <summary>The sizes of what a list or a map holds.</summary>
internal sealed record CelEntrySize(bool IsList, CelRange Key, CelRange Value)
{
    public static CelEntrySize? Or(CelEntrySize? first, CelEntrySize? second) => first is null || second is null
        ? null
        : new CelEntrySize(first.IsList, first.Key.Or(second.Key), first.Value.Or(second.Value));
}
