using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>What a method does to an object before it writes it, where it does nothing else with it and each change is sure to happen.</summary>
internal sealed class ObjectChanges
{
    private readonly FixSite site;
    private readonly IdentifierNameSyntax body;
    private readonly List<StatementSyntax> strips = [];

    private ObjectChanges(FixSite site, IdentifierNameSyntax body)
    {
        this.site = site;
        this.body = body;
    }

    /// <summary>The members that were set.</summary>
    public MemberChanges Members { get; } = new();

    /// <summary>The list of finalizers was changed.</summary>
    public bool Finalizers { get; private set; }

    /// <summary>The statements that remove the status.</summary>
    public IReadOnlyList<StatementSyntax> Strips => strips;

    /// <summary>Null when something else is done with the object, or a change is not sure to have happened.</summary>
    public static ObjectChanges? Of(FixSite site)
    {
        if (site.Body is not { } body
            || site.Model.GetSymbolInfo(body, site.CancellationToken).Symbol is not { Kind: SymbolKind.Local or SymbolKind.Parameter } symbol
            || site.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax block } statement
            || statement.Ancestors().FirstOrDefault(a => a is MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) is not { } scope)
        {
            return null;
        }

        var changes = new ObjectChanges(site, body);
        foreach (var use in scope.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (use.Identifier.Text != body.Identifier.Text || use.Span.IntersectsWith(site.Syntax.Span)
                || !SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(use, site.CancellationToken).Symbol, symbol))
            {
                continue;
            }

            var doing = use.FirstAncestorOrSelf<StatementSyntax>();
            if (doing is ExpressionStatementSyntax { Expression: var expression } && changes.TryAdd(expression, use, doing))
            {
                if (doing.Parent != block || doing.SpanStart >= statement.SpanStart)
                {
                    return null;
                }
            }
            else if (!changes.IsReadOnly(use))
            {
                return null;
            }
        }

        return changes;
    }

    private bool TryAdd(ExpressionSyntax expression, IdentifierNameSyntax use, StatementSyntax statement)
    {
        switch (expression)
        {
            // x.SetLabel(k, v)
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "SetLabel" or "SetAnnotation" } access, ArgumentList.Arguments: { Count: 2 } two }
                when access.Expression == use && IsClients(access):
                return AddEntry(access.Name.Identifier.Text == "SetLabel" ? "labels" : "annotations", two[0].Expression, two[1].Expression);

            // x.Metadata.Labels.Remove(k), x.Metadata.Finalizers.Remove(f), json.Remove("status")
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Remove" or "Add" } access, ArgumentList.Arguments: { Count: 1 } one }
                when PathOf(access.Expression, use) is { } path:
                return AddCall(access.Name.Identifier.Text, path, one[0].Expression, statement);

            // x.Metadata.Labels[k] = v
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: ElementAccessExpressionSyntax { ArgumentList.Arguments: { Count: 1 } key } element } assignment
                when PathOf(element.Expression, use) is "metadata/labels" or "metadata/annotations":
                return AddEntry(PathOf(element.Expression, use) == "metadata/labels" ? "labels" : "annotations", key[0].Expression, assignment.Right);

            // x.Metadata.Labels ??= new Dictionary<string, string>() changes nothing by itself.
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } assignment when PathOf(assignment.Left, use) is not null:
                return assignment.Right is BaseObjectCreationExpressionSyntax { Initializer: null } or CollectionExpressionSyntax { Elements.Count: 0 };

            // x.Status = null
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment
                when PathOf(assignment.Left, use) is "status" && assignment.Right.IsKind(SyntaxKind.NullLiteralExpression):
                strips.Add(statement);
                return true;

            // x.Spec.Replicas = v
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment
                when PathOf(assignment.Left, use) is { } path && path.IndexOf('/') > 0:
                return !path.StartsWith("status/", StringComparison.Ordinal) && path is not ("metadata/resourceVersion" or "metadata/managedFields")
                    && !assignment.Right.IsKind(SyntaxKind.NullLiteralExpression)
                    && IsSimple(assignment.Right)
                    && Members.TrySet(path.Split('/'), assignment.Right.WithoutTrivia().ToString());

            default:
                return false;
        }
    }

    private bool AddCall(string name, string path, ExpressionSyntax argument, StatementSyntax statement)
    {
        if (path == "metadata/finalizers")
        {
            Finalizers = true;
            return true;
        }

        if (name != "Remove")
        {
            return false;
        }

        if (path.Length == 0 && site.Model.GetConstantValue(argument, site.CancellationToken).Value is "status")
        {
            strips.Add(statement);
            return true;
        }

        return path is "metadata/labels" or "metadata/annotations"
            && AddEntry(path.Substring("metadata/".Length), argument, SyntaxFactory.LiteralExpression(SyntaxKind.NullLiteralExpression));
    }

    private bool AddEntry(string map, ExpressionSyntax key, ExpressionSyntax value)
    {
        if (!IsSimple(key) || !IsSimple(value))
        {
            return false;
        }

        Members.SetEntry(map, key.ToString(), value.ToString());
        return true;
    }

    /// <summary>The JSON names from the object to a member of it: by properties, or by constant keys of a JSON document.</summary>
    private string? PathOf(ExpressionSyntax expression, IdentifierNameSyntax of)
    {
        var path = new List<string>();
        while (expression != of)
        {
            switch (expression)
            {
                case MemberAccessExpressionSyntax access when site.Model.GetSymbolInfo(access, site.CancellationToken).Symbol is IPropertySymbol { IsStatic: false } property:
                    path.Add(JsonNameOf(property));
                    expression = access.Expression;
                    break;
                case ElementAccessExpressionSyntax { ArgumentList.Arguments: { Count: 1 } key } element
                    when site.Model.GetConstantValue(key[0].Expression, site.CancellationToken).Value is string name
                    && site.Model.GetTypeInfo(element.Expression, site.CancellationToken).Type?.Name is "JsonNode" or "JsonObject":
                    path.Add(name);
                    expression = element.Expression;
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                    expression = suppressed.Operand;
                    break;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "AsObject" } call }:
                    expression = call.Expression;
                    break;
                default:
                    return null;
            }
        }

        path.Reverse();
        return path.All(SyntaxFacts.IsValidIdentifier) ? string.Join("/", path) : null;
    }

    private static string JsonNameOf(IPropertySymbol property)
    {
        var named = property.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name == "JsonPropertyNameAttribute");
        return named?.ConstructorArguments.FirstOrDefault().Value as string
            ?? char.ToLowerInvariant(property.Name[0]) + property.Name.Substring(1);
    }

    private bool IsSimple(ExpressionSyntax expression) =>
        expression.IsKind(SyntaxKind.NullLiteralExpression)
        || (expression.SyntaxTree == site.Model.SyntaxTree
            && (site.Model.GetConstantValue(expression, site.CancellationToken).HasValue
                || site.Model.GetSymbolInfo(expression, site.CancellationToken).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol));

    private bool IsClients(MemberAccessExpressionSyntax access) =>
        site.Model.GetSymbolInfo(access, site.CancellationToken).Symbol?.ContainingNamespace is { Name: "k8s" or "Models" };

    /// <summary>A use that does not change the object: a name, a test, another object in its place, a value that is read.</summary>
    private bool IsReadOnly(IdentifierNameSyntax use)
    {
        switch (use.Parent)
        {
            case MemberAccessExpressionSyntax { Name.Identifier.Text: "Name" or "Namespace" or "GetLabel" or "GetAnnotation" or "Uid" } access when access.Expression == use:
                return access.Parent is InvocationExpressionSyntax;
            case IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax or UnaryPatternSyntax { Pattern: ConstantPatternSyntax } }:
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression }:
            case ReturnStatementSyntax:
                return true;
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when assignment.Left == use:
                return true;
        }

        ExpressionSyntax value = use;
        while (value.Parent is MemberAccessExpressionSyntax access && access.Expression == value)
        {
            value = access;
        }

        return value != use
            && site.Model.GetTypeInfo(value, site.CancellationToken).Type is { } type
            && (type.IsValueType || type.SpecialType == SpecialType.System_String)
            && value.Parent is not (AssignmentExpressionSyntax or PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None })
            || value.Parent is AssignmentExpressionSyntax right && right.Right == value && value != use && IsValue(value);
    }

    private bool IsValue(ExpressionSyntax value) =>
        site.Model.GetTypeInfo(value, site.CancellationToken).Type is { } type && (type.IsValueType || type.SpecialType == SpecialType.System_String);
}
