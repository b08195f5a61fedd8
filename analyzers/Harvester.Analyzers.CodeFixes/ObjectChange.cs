using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>What one statement does to an object.</summary>
internal abstract record ObjectChange
{
    /// <summary>Nothing that a patch would have to say: an empty map in the place of none.</summary>
    public sealed record None : ObjectChange;

    /// <summary>A label or an annotation is set, or removed where the value is null.</summary>
    /// <param name="Map">Labels or annotations.</param>
    /// <param name="Key">The key.</param>
    /// <param name="Value">The value.</param>
    /// <param name="ReadBack">What reads the value from the object again, for one that cannot be said twice.</param>
    public sealed record Entry(string Map, ExpressionSyntax Key, ExpressionSyntax? Value, PatchValue? ReadBack = null) : ObjectChange;

    /// <summary>A member is set.</summary>
    public sealed record Member(IReadOnlyList<string> Path, ExpressionSyntax Value) : ObjectChange;

    /// <summary>A list of the metadata is changed.</summary>
    /// <param name="Property">The list.</param>
    /// <param name="MayBeNone">There may be no list after it.</param>
    public sealed record List(string Property, bool MayBeNone = false) : ObjectChange;

    /// <summary>The status is taken out.</summary>
    public sealed record Strip(StatementSyntax Statement) : ObjectChange;
}
