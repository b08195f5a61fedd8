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
    public static IEnumerable<string> TopLevelMembers(PatchBody patch) => MembersOf(patch).Concat(patch.Kind == PatchBody.Json ? [] : patch.LaterKeys);

    private static IEnumerable<string> MembersOf(PatchBody patch) => patch.Content switch
    {
        { ConstantValue: { HasValue: true, Value: string text } } => JsonOutline.TopLevelMembers(text),
        var content when patch.Kind == PatchBody.Json => OperationPaths(content),
        IAnonymousObjectCreationOperation anonymous => anonymous.Initializers.Select(NameOf).Where(n => n is not null).Select(n => n!),
        IObjectCreationOperation { Initializer: { } initializer } => initializer.Initializers.SelectMany(Keys),
        _ => [],
    };

    /// <summary>The first segment of each operation's path, in a JSON patch that is built of objects.</summary>
    private static IEnumerable<string> OperationPaths(IOperation content) => content.DescendantsAndSelf()
        .OfType<ISimpleAssignmentOperation>()
        .Where(a => Keys(a).Contains("path"))
        .Select(a => a.Value.DescendantsAndSelf().Select(v => v.ConstantValue).FirstOrDefault(v => v is { HasValue: true, Value: string }).Value as string)
        .Where(path => path is not null)
        .Select(path => path!.Split(Separator))
        .Where(segments => segments.Length > 1)
        .Select(segments => segments[1]);

    /// <summary>The client writes members in camel case.</summary>
    private static string? NameOf(IOperation initializer) =>
        initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments.Length: 0, Property.Name: { Length: > 0 } name } }
            ? char.ToLowerInvariant(name[0]) + name.Substring(1)
            : null;

    /// <summary><c>["key"] = value</c>, <c>{ "key", value }</c>, and the members of a typed object.</summary>
    private static IEnumerable<string> Keys(IOperation initializer)
    {
        var key = initializer switch
        {
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: { Length: 1 } indexer } } => indexer[0].Value.ConstantValue.Value as string,
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments.Length: 0 } } => NameOf(initializer),
            IInvocationOperation { TargetMethod.Name: "Add", Arguments: { Length: 2 } added } => added[0].Value.ConstantValue.Value as string,
            _ => null,
        };
        if (key is not null)
        {
            yield return key;
        }
    }
}
