using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>Understands a statement that changes an object.</summary>
internal sealed class ChangeReader(FixSite site)
{
    private static readonly Dictionary<string, string> Lists = new(StringComparer.Ordinal)
    {
        ["metadata/finalizers"] = "Finalizers",
        ["metadata/ownerReferences"] = "OwnerReferences",
    };

    private readonly JsonPaths paths = new(site);

    /// <summary>Null where the statement does anything else with the object.</summary>
    public ObjectChange? Read(ExpressionStatementSyntax statement, IdentifierNameSyntax of) => statement.Expression switch
    {
        // x.SetLabel(k, v), x.AddFinalizer(f)
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call
            when access.Expression == of && ByExtension(access, call.ArgumentList.Arguments) is { } change => change,

        // x.Metadata.Labels.Remove(k), x.Metadata.Finalizers.Add(f), json.Remove("status")
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call when paths.Of(access.Expression, of) is { } path =>
            ByMethod(path, access.Name.Identifier.Text, call.ArgumentList.Arguments, statement),

        // x.Metadata.Labels?.Remove(k)
        ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } call } maybe
            when paths.Of(maybe.Expression, of) is { } path && binding.Name.Identifier.Text == "Remove" && MapOf(path) is not null =>
            ByMethod(path, "Remove", call.ArgumentList.Arguments, statement),

        // x.Metadata.Labels[k] = v
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: ElementAccessExpressionSyntax { ArgumentList.Arguments: { Count: 1 } key } element } assignment
            when paths.Of(element.Expression, of) is { } path && !paths.IsJson(element.Expression) && MapOf(path) is { } map =>
            new ObjectChange.Entry(map, key[0].Expression, assignment.Right, new PatchValue(element.ToString(), MayBeNull: false)),

        // x.Metadata.Labels ??= new Dictionary<string, string>()
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } assignment when paths.Of(assignment.Left, of) is { Length: > 0 } =>
            IsEmpty(assignment.Right) ? new ObjectChange.None() : null,

        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when paths.Of(assignment.Left, of) is { Length: > 0 } path =>
            ByAssignment(path, assignment, statement),
        _ => null,
    };

    private ObjectChange? ByExtension(MemberAccessExpressionSyntax access, SeparatedSyntaxList<ArgumentSyntax> arguments)
    {
        if (site.Model.GetSymbolInfo(access, site.CancellationToken).Symbol?.ContainingNamespace is not { Name: "k8s" or "Models" })
        {
            return null;
        }

        return (access.Name.Identifier.Text, arguments.Count) switch
        {
            ("SetLabel", 2) => new ObjectChange.Entry("labels", arguments[0].Expression, arguments[1].Expression, ReadBy("GetLabel")),
            ("SetAnnotation", 2) => new ObjectChange.Entry("annotations", arguments[0].Expression, arguments[1].Expression, ReadBy("GetAnnotation")),
            ("AddFinalizer", 1) => new ObjectChange.List("Finalizers"),
            ("RemoveFinalizer", 1) => new ObjectChange.List("Finalizers", MayBeNone: true),
            ("AddOwnerReference", 1) => new ObjectChange.List("OwnerReferences"),
            _ => null,
        };

        PatchValue ReadBy(string method) => new($"{access.Expression}.{method}({arguments[0].Expression})", MayBeNull: true);
    }

    private ObjectChange? ByMethod(string path, string name, SeparatedSyntaxList<ArgumentSyntax> arguments, StatementSyntax statement)
    {
        if (Lists.TryGetValue(path, out var property))
        {
            return name is "Add" or "Remove" or "Clear" or "Insert" or "RemoveAt" ? new ObjectChange.List(property) : null;
        }

        return (name, arguments.Count) switch
        {
            ("Remove", 1) when path.Length == 0 => site.Model.GetConstantValue(arguments[0].Expression, site.CancellationToken).Value is "status" ? new ObjectChange.Strip(statement) : null,
            ("Remove", 1) when MapOf(path) is { } map => new ObjectChange.Entry(map, arguments[0].Expression, null),
            ("Add", 2) when MapOf(path) is { } map => new ObjectChange.Entry(map, arguments[0].Expression, arguments[1].Expression),
            _ => null,
        };
    }

    private ObjectChange? ByAssignment(string path, AssignmentExpressionSyntax assignment, StatementSyntax statement)
    {
        if (path == "status")
        {
            return assignment.Right.IsKind(SyntaxKind.NullLiteralExpression) ? new ObjectChange.Strip(statement) : null;
        }

        if (Lists.TryGetValue(path, out var property))
        {
            return IsNew(assignment.Right) ? new ObjectChange.List(property) : null;
        }

        if (MapOf(path) is not null)
        {
            return IsEmpty(assignment.Right) && IsUnderNullTest(assignment) ? new ObjectChange.None() : null;
        }

        if (!paths.IsScalar(assignment.Left))
        {
            return null;
        }

        var names = JsonPaths.Split(path);
        if (names[0] == "metadata")
        {
            return names.Count == 3 && names[1] is "labels" or "annotations" && assignment.Left is ElementAccessExpressionSyntax { ArgumentList.Arguments: { Count: 1 } key }
                ? new ObjectChange.Entry(names[1], key[0].Expression, assignment.Right)
                : null;
        }

        return names[0] is "status" or "apiVersion" or "kind" ? null : new ObjectChange.Member(names, assignment.Right);
    }

    private static string? MapOf(string path) => path is "metadata/labels" or "metadata/annotations" ? path.Substring("metadata/".Length) : null;

    private static bool IsEmpty(ExpressionSyntax value) => value is BaseObjectCreationExpressionSyntax { Initializer: null } or CollectionExpressionSyntax { Elements.Count: 0 };

    /// <summary>A list that is there: a patch has no way to set none.</summary>
    private static bool IsNew(ExpressionSyntax value) => value is BaseObjectCreationExpressionSyntax or CollectionExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax
        or InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ToList" or "ToArray" } };

    /// <summary><c>if (x.Metadata.Labels == null) x.Metadata.Labels = new ...</c></summary>
    private static bool IsUnderNullTest(AssignmentExpressionSyntax assignment) =>
        assignment.Ancestors().OfType<IfStatementSyntax>().FirstOrDefault()?.Condition is { } condition
        && condition switch
        {
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } equal =>
                equal.Right.IsKind(SyntaxKind.NullLiteralExpression) && SyntaxFactory.AreEquivalent(equal.Left, assignment.Left),
            IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } test =>
                SyntaxFactory.AreEquivalent(test.Expression, assignment.Left),
            _ => false,
        };
}
