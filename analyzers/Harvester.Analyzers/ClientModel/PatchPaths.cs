using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.ClientModel;

/// <summary>The top-level members that the content of a patch touches, as far as the code spells them out.</summary>
internal static class PatchPaths
{
    private static readonly char[] Separator = ['/'];

    /// <summary>Whether a member of the object itself, not one nested deeper, is touched.</summary>
    public static bool Touches(PatchBody patch, string member) => TopLevelMembers(patch).Contains(member, StringComparer.Ordinal);

    /// <summary>The touched members by their JSON names; those that no constant tells are left out.</summary>
    public static IEnumerable<string> TopLevelMembers(PatchBody patch) => MembersOf(patch).Concat(patch.Kind == PatchBody.Json ? AddedPaths(patch) : patch.LaterKeys);

    private static IEnumerable<string> MembersOf(PatchBody patch) => patch.Content switch
    {
        { Type: { } type } content when IsDocument(type) => content.DescendantsAndSelf().OfType<IInvocationOperation>().Concat(patch.LaterCalls).SelectMany(BuiltPaths).Distinct(StringComparer.Ordinal),
        { ConstantValue: { HasValue: true, Value: string text } } => JsonOutline.TopLevelMembers(text),
        IUtf8StringOperation { Value: var text } => JsonOutline.TopLevelMembers(text),
        var content when patch.Kind == PatchBody.Json => OperationPaths(content),
        IAnonymousObjectCreationOperation anonymous => anonymous.Initializers.Select(NameOf).Where(n => n is not null).Select(n => n!),
        IObjectCreationOperation { Initializer: { } initializer } => initializer.Initializers.SelectMany(Keys),
        _ => [],
    };

    /// <summary>Operations that are added to a list after it was made.</summary>
    private static IEnumerable<string> AddedPaths(PatchBody patch) => patch.LaterCalls
        .Where(c => c.TargetMethod.Name is "Add" or "AddRange" or "Insert" && c.Type is null or { SpecialType: SpecialType.System_Void })
        .SelectMany(c => c.Arguments)
        .SelectMany(a => OperationPaths(a.Value));

    /// <summary>The first segment of each operation's path, in a JSON patch that is built of objects.</summary>
    private static IEnumerable<string> OperationPaths(IOperation content) => content.DescendantsAndSelf()
        .OfType<ISimpleAssignmentOperation>()
        .Where(a => Keys(a).Contains("path") && !IsTest(a))
        .Select(a => a.Value.DescendantsAndSelf().Select(v => v.ConstantValue).FirstOrDefault(v => v is { HasValue: true, Value: string }).Value as string)
        .Select(FirstSegment)
        .Where(segment => segment is not null)
        .Select(segment => segment!);

    /// <summary>An operation that only compares changes nothing.</summary>
    private static bool IsTest(ISimpleAssignmentOperation path) =>
        path.Parent?.ChildOperations.OfType<ISimpleAssignmentOperation>().Any(a => Keys(a).Contains("op") && a.Value.ConstantValue is { HasValue: true, Value: "test" }) == true;

    private static string? FirstSegment(string? path) => path?.Split(Separator) is { Length: > 1 } segments ? segments[1] : null;

    /// <summary>The builder of JSON patches that ASP.NET and its ports have: known by its name, for they are several.</summary>
    public static bool IsDocument(ITypeSymbol? type) => type?.Name is "JsonPatchDocument" or "IJsonPatchDocument";

    /// <summary><c>document.Replace(x => x.Status.Phase, value)</c>, or the same with the path as text.</summary>
    private static IEnumerable<string> BuiltPaths(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (!IsDocument(method.ContainingType) || method.Name is not ("Add" or "Replace" or "Remove" or "Move" or "Copy"))
        {
            yield break;
        }

        foreach (var argument in call.Arguments)
        {
            var isPath = argument.Parameter?.Name is "path" || (argument.Parameter?.Name is "from" && method.Name is "Move");
            if (isPath && (FirstMember(argument.Value.Syntax) ?? FirstSegment(argument.Value.ConstantValue.Value as string)) is { } member)
            {
                yield return member;
            }
        }
    }

    /// <summary>The member next to the parameter in <c>x => x.Status.Phase</c>.</summary>
    private static string? FirstMember(SyntaxNode argument)
    {
        if ((argument as ArgumentSyntax)?.Expression is not { } expression)
        {
            expression = argument as ExpressionSyntax;
        }

        var name = (expression as LambdaExpressionSyntax)?.DescendantNodes().OfType<MemberAccessExpressionSyntax>().FirstOrDefault(m => m.Expression is IdentifierNameSyntax)?.Name.Identifier.ValueText;
        return name is { Length: > 0 } ? Words.CamelCase(name) : null;
    }

    /// <summary>The client writes members in camel case.</summary>
    private static string? NameOf(IOperation initializer) =>
        initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments.Length: 0, Property.Name: { Length: > 0 } name } }
            ? Words.CamelCase(name)
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
