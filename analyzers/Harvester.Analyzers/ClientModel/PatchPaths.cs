using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.ClientModel;

/// <summary>The top-level members that the content of a patch touches, as far as the code spells them out.</summary>
internal static class PatchPaths
{
    private static readonly char[] Separator = ['/'];

    /// <summary>Whether a member of the object itself, not one nested deeper, is touched.</summary>
    public static bool Touches(PatchBody patch, string member) => TopLevelMembers(patch).Contains(member, StringComparer.Ordinal);

    /// <summary>The touched members by their JSON names; those that no constant tells are left out.</summary>
    public static IEnumerable<string> TopLevelMembers(PatchBody patch) => patch.Content switch
    {
        { ConstantValue: { HasValue: true, Value: string text } } => JsonOutline.TopLevelMembers(text),
        var content when patch.Kind == PatchBody.Json => OperationPaths(content),
        IAnonymousObjectCreationOperation anonymous => anonymous.Initializers.Select(NameOf).Where(n => n is not null).Select(n => n!),
        IObjectCreationOperation { Initializer: { } initializer } => initializer.Initializers.SelectMany(Keys),
        _ => [],
    };

    /// <summary>The first segment of each operation's path, in a JSON patch that is built of objects.</summary>
    private static IEnumerable<string> OperationPaths(IOperation content) => content.DescendantsAndSelf()
        .OfType<IAnonymousObjectCreationOperation>()
        .SelectMany(o => o.Initializers)
        .OfType<ISimpleAssignmentOperation>()
        .Where(a => NameOf(a) == "path" && a.Value.ConstantValue is { HasValue: true, Value: string })
        .Select(a => ((string)a.Value.ConstantValue.Value!).Split(Separator))
        .Where(segments => segments.Length > 1)
        .Select(segments => segments[1]);

    /// <summary>The client writes members in camel case.</summary>
    private static string? NameOf(IOperation initializer) =>
        initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: { Length: > 0 } name } }
            ? char.ToLowerInvariant(name[0]) + name.Substring(1)
            : null;

    /// <summary><c>["key"] = value</c> and <c>{ "key", value }</c>.</summary>
    private static IEnumerable<string> Keys(IOperation initializer)
    {
        var arguments = initializer switch
        {
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: { Length: 1 } indexer } } => indexer,
            IInvocationOperation { TargetMethod.Name: "Add", Arguments: { Length: 2 } added } => added,
            _ => ImmutableArray<IArgumentOperation>.Empty,
        };
        if (arguments.Length > 0 && arguments[0].Value.ConstantValue is { HasValue: true, Value: string key })
        {
            yield return key;
        }
    }
}
