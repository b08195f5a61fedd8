namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>One signature of a function.</summary>
/// <param name="Id">Its name in cel-go, by which its cost is known.</param>
/// <param name="IsMember">True when it is called on a value.</param>
/// <param name="Arguments">The types of target and arguments.</param>
/// <param name="Result">The type of its result.</param>
internal sealed record CelOverload(string Id, bool IsMember, IReadOnlyList<CelType> Arguments, CelType Result)
{
    /// <summary>The type parameters in the signature.</summary>
    public IReadOnlyList<CelType> TypeParameters { get; } =
        [.. Arguments.Append(Result).SelectMany(ParametersOf).DistinctBy(type => type.Name)];

    private static IEnumerable<CelType> ParametersOf(CelType type) =>
        type.Kind == CelKind.Parameter ? [type] : type.Parameters.SelectMany(ParametersOf);
}
