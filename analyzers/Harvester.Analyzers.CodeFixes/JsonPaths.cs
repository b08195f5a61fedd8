using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>The JSON names from an object to a member of it: by properties, or by constant keys of a JSON document.</summary>
internal sealed class JsonPaths(FixSite site)
{
    /// <summary>
    /// The names with a slash between them, as in a JSON pointer; empty for the object itself. Null where the expression is no member of
    /// the object, or the names cannot be told.
    /// </summary>
    public string? Of(ExpressionSyntax expression, IdentifierNameSyntax of)
    {
        var path = new List<string>();
        while (expression != of)
        {
            switch (expression)
            {
                case MemberAccessExpressionSyntax access
                    when site.Model.GetSymbolInfo(access, site.CancellationToken).Symbol is IPropertySymbol { IsStatic: false } property && NameOf(property) is { } name:
                    path.Add(name);
                    expression = access.Expression;
                    break;
                case ElementAccessExpressionSyntax { ArgumentList.Arguments: { Count: 1 } key } element
                    when IsJson(element.Expression) && site.Model.GetConstantValue(key[0].Expression, site.CancellationToken).Value is string name:
                    path.Add(name);
                    expression = element.Expression;
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                    expression = suppressed.Operand;
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "AsObject" } call } when IsJson(call.Expression):
                    expression = call.Expression;
                    break;
                default:
                    return null;
            }
        }

        path.Reverse();
        return string.Join("/", path.Select(name => name.Replace("~", "~0").Replace("/", "~1")));
    }

    /// <summary>The names of a path.</summary>
    public static IReadOnlyList<string> Split(string path) => [.. path.Split('/').Select(name => name.Replace("~1", "/").Replace("~0", "~"))];

    /// <summary>Whether a value is a node of a JSON document.</summary>
    public bool IsJson(ExpressionSyntax expression) => site.Model.GetTypeInfo(expression, site.CancellationToken).Type?.Name is "JsonNode" or "JsonObject";

    /// <summary>
    /// Whether a merge patch replaces what is there: it does so with all but objects, which it merges. A member of a JSON document takes
    /// what its value is.
    /// </summary>
    public bool IsScalar(ExpressionSyntax member) =>
        member is ElementAccessExpressionSyntax
            ? member.Parent is AssignmentExpressionSyntax assignment && site.Model.GetTypeInfo(assignment.Right, site.CancellationToken).Type is { } given && IsScalar(given)
            : site.Model.GetTypeInfo(member, site.CancellationToken).Type is { } type && IsScalar(type);

    private static bool IsScalar(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            type = nullable.TypeArguments[0];
        }

        return type.TypeKind == TypeKind.Enum
            || type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String or SpecialType.System_DateTime
            || type.Name is "DateTimeOffset" or "TimeSpan" or "Guid"
            || IsQuantity(type) || IsList(type);
    }

    /// <summary>A type of the client that is a number or a string in JSON.</summary>
    public static bool IsQuantity(ITypeSymbol? type) => type?.Name is "IntOrString" or "IntstrIntOrString" or "ResourceQuantity";

    private static bool IsList(ITypeSymbol type) => type is IArrayTypeSymbol
        || (type is INamedTypeSymbol named && named.AllInterfaces.Add(named).Any(i => i.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_ICollection_T)
            && !named.AllInterfaces.Add(named).Any(i => i.Name is "IDictionary" or "IReadOnlyDictionary"));

    /// <summary>As the client writes it; null where an attribute has a say in how the member is written.</summary>
    private static string? NameOf(IPropertySymbol property)
    {
        string? given = null;
        foreach (var attribute in property.GetAttributes())
        {
            switch (attribute.AttributeClass?.Name)
            {
                case "JsonPropertyNameAttribute":
                    given = attribute.ConstructorArguments.FirstOrDefault().Value as string;
                    break;
                case "JsonIncludeAttribute" or "JsonRequiredAttribute" or "JsonPropertyOrderAttribute":
                    break;
                case { } name when name.StartsWith("Json", StringComparison.Ordinal):
                    return null;
            }
        }

        return given ?? Words.CamelCase(property.Name);
    }
}
