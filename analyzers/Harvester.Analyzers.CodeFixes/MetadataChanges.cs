using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>The labels and annotations a method sets and removes before it writes an object; in the order they are written.</summary>
internal sealed class MetadataChanges
{
    private readonly List<(string Key, string Value)> labels = [];
    private readonly List<(string Key, string Value)> annotations = [];

    /// <summary>Null when something else is done with the object, or a change is not sure to have happened.</summary>
    public static MetadataChanges? Of(IdentifierNameSyntax body, InvocationExpressionSyntax write, SemanticModel model, CancellationToken cancellationToken)
    {
        var symbol = model.GetSymbolInfo(body, cancellationToken).Symbol;
        if (symbol is not (ILocalSymbol or IParameterSymbol)
            || write.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax block } statement
            || statement.Ancestors().FirstOrDefault(a => a is MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) is not { } scope)
        {
            return null;
        }

        var changes = new MetadataChanges();
        foreach (var use in scope.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (use.Identifier.Text != body.Identifier.Text || use.Span.IntersectsWith(write.Span)
                || !SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use, cancellationToken).Symbol, symbol))
            {
                continue;
            }

            var doing = use.FirstAncestorOrSelf<StatementSyntax>();
            var inSequence = doing?.Parent == block && doing.SpanStart < statement.SpanStart;
            if (doing is ExpressionStatementSyntax { Expression: var expression } && changes.TryAdd(expression, use, model, cancellationToken))
            {
                if (!inSequence)
                {
                    return null;
                }
            }
            else if (!IsReadOnly(use))
            {
                return null;
            }
        }

        return changes.labels.Count + changes.annotations.Count > 0 ? changes : null;
    }

    public string ToAnonymousObject()
    {
        var text = new StringBuilder("new { metadata = new { ");
        Append(text, "labels", labels);
        if (labels.Count > 0 && annotations.Count > 0)
        {
            text.Append(", ");
        }

        Append(text, "annotations", annotations);
        return text.Append(" } }").ToString();
    }

    private static void Append(StringBuilder text, string name, List<(string Key, string Value)> entries)
    {
        if (entries.Count > 0)
        {
            text.Append(name).Append(" = new global::System.Collections.Generic.Dictionary<string, string> { ")
                .Append(string.Join(", ", entries.Select(e => $"[{e.Key}] = {e.Value}"))).Append(" }");
        }
    }

    private bool TryAdd(ExpressionSyntax expression, IdentifierNameSyntax of, SemanticModel model, CancellationToken cancellationToken)
    {
        switch (expression)
        {
            // x.SetLabel(k, v)
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: var name } access, ArgumentList.Arguments: { Count: 2 } two }
                when access.Expression == of && name is "SetLabel" or "SetAnnotation":
                return IsClients(access, model, cancellationToken) && Add(name == "SetLabel" ? labels : annotations, two[0].Expression, two[1].Expression, model, cancellationToken);

            // x.Metadata.Labels.Remove(k)
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Remove" } access, ArgumentList.Arguments: { Count: 1 } one }
                when MapOf(access.Expression, of) is { } map:
                return Add(map, one[0].Expression, SyntaxFactory.LiteralExpression(SyntaxKind.NullLiteralExpression), model, cancellationToken);

            // x.Metadata.Labels[k] = v
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: ElementAccessExpressionSyntax { ArgumentList.Arguments: { Count: 1 } key } element } assignment
                when MapOf(element.Expression, of) is { } map:
                return Add(map, key[0].Expression, assignment.Right, model, cancellationToken);

            // x.Metadata.Labels ??= new Dictionary<string, string>() changes nothing by itself.
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } assignment when MapOf(assignment.Left, of) is not null:
                return assignment.Right is BaseObjectCreationExpressionSyntax { Initializer: null };

            default:
                return false;
        }
    }

    private static bool Add(List<(string, string)> to, ExpressionSyntax key, ExpressionSyntax value, SemanticModel model, CancellationToken cancellationToken)
    {
        if (!IsSimple(key) || !IsSimple(value))
        {
            return false;
        }

        to.Add((key.ToString(), value.ToString()));
        return true;

        bool IsSimple(ExpressionSyntax expression) =>
            expression.IsKind(SyntaxKind.NullLiteralExpression)
            || (expression.SyntaxTree == model.SyntaxTree
                && (model.GetConstantValue(expression, cancellationToken).HasValue
                    || model.GetSymbolInfo(expression, cancellationToken).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol));
    }

    private List<(string Key, string Value)>? MapOf(ExpressionSyntax expression, IdentifierNameSyntax of) =>
        expression is MemberAccessExpressionSyntax { Name.Identifier.Text: var name, Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Metadata" } metadata } && metadata.Expression == of
            ? name switch
            {
                "Labels" => labels,
                "Annotations" => annotations,
                _ => null,
            }
            : null;

    private static bool IsClients(MemberAccessExpressionSyntax access, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetSymbolInfo(access, cancellationToken).Symbol?.ContainingNamespace is { Name: "k8s" or "Models" };

    /// <summary>A use that does not change the object: a name, a test for null, another object in its place.</summary>
    private static bool IsReadOnly(IdentifierNameSyntax use) => use.Parent switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.Text: "Name" or "Namespace" or "GetLabel" or "GetAnnotation" or "Uid" } access when access.Expression == use =>
            access.Parent is InvocationExpressionSyntax,
        MemberAccessExpressionSyntax { Name.Identifier.Text: "Metadata", Parent: MemberAccessExpressionSyntax { Name.Identifier.Text: "Name" or "NamespaceProperty" or "Uid" } member } access
            when access.Expression == use => member.Parent is not AssignmentExpressionSyntax assignment || assignment.Left != member,
        IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax or UnaryPatternSyntax { Pattern: ConstantPatternSyntax } } => true,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } => true,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment => assignment.Left == use,
        ReturnStatementSyntax => true,
        _ => false,
    };
}
