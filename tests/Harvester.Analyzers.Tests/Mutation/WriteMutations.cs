using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Harvester.Analyzers.Tests.Mutation;

/// <summary>Mistakes in writes: the wrong endpoint, a whole object instead of a patch, a part too many or too few.</summary>
internal sealed class WriteMutations(SyntaxNode root, SemanticModel model)
{
    /// <summary>Every mutant there is; not all of them compile.</summary>
    public IEnumerable<Mutant> All()
    {
        foreach (var call in root.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (NameOf(call) is not { } name)
            {
                continue;
            }

            foreach (var mutant in name.Identifier.Text switch
            {
                var text when text.Contains("Status", StringComparison.Ordinal) && IsPatch(text) => StatusPatches(call, name),
                var text when text.Contains("Status", StringComparison.Ordinal) && (IsReplace(text) || IsUpdate(text)) => StatusPuts(call, name),
                var text when IsPatch(text) => MainPatches(call, name),
                _ => [],
            })
            {
                yield return mutant;
            }
        }

        foreach (var assignment in root.DescendantNodes().OfType<ExpressionStatementSyntax>()
            .Where(s => s.Expression is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.Text: "ResourceVersion" } }))
        {
            yield return Made("HARV1003", "drops the version", assignment, root.RemoveNode(assignment, SyntaxRemoveOptions.KeepNoTrivia)!);
        }
    }

    private static bool IsPatch(string name) => name.StartsWith("Patch", StringComparison.Ordinal);

    private static bool IsReplace(string name) => name.StartsWith("Replace", StringComparison.Ordinal);

    private static bool IsUpdate(string name) => name.StartsWith("UpdateStatus", StringComparison.Ordinal);

    private IEnumerable<Mutant> StatusPuts(InvocationExpressionSyntax call, SimpleNameSyntax name)
    {
        var main = Renamed(name, name.Identifier.Text.Replace("Status", "", StringComparison.Ordinal));
        yield return Made("HARV1001", "sends the status to the main resource", call, root.ReplaceNode(name, main));

        if (call.ArgumentList.Arguments[0].Expression is IdentifierNameSyntax item && call.FirstAncestorOrSelf<StatementSyntax>() is { } statement)
        {
            yield return Made(
                "HARV1005",
                "edits the spec before a status call",
                call,
                root.InsertNodesBefore(statement, [ParseStatement($"{item}.Spec = new();\n")]));
        }
    }

    private IEnumerable<Mutant> StatusPatches(InvocationExpressionSyntax call, SimpleNameSyntax name)
    {
        var main = Renamed(name, name.Identifier.Text.Replace("Status", "", StringComparison.Ordinal));
        yield return Made("HARV1006", "patches the status of the main resource", call, root.ReplaceNode(name, main));
    }

    private IEnumerable<Mutant> MainPatches(InvocationExpressionSyntax call, SimpleNameSyntax name)
    {
        if (call.ArgumentList.Arguments.FirstOrDefault()?.Expression is not ObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 2 } patch)
        {
            yield break;
        }

        var kind = patch.ArgumentList.Arguments[1].Expression.ToString();
        if (kind.EndsWith("ApplyPatch", StringComparison.Ordinal))
        {
            if (call.ArgumentList.Arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.Text == "fieldManager") is { } manager)
            {
                yield return Made("HARV1008", "applies without a field manager", call, root.RemoveNode(manager, SyntaxRemoveOptions.KeepNoTrivia)!);
            }

            yield break;
        }

        yield return Made(
            "HARV1009",
            "sends a strategic merge patch",
            call,
            root.ReplaceNode(patch.ArgumentList.Arguments[1].Expression, ParseExpression("V1Patch.PatchType.StrategicMergePatch")));
        if (Read(call) is not { } item)
        {
            yield break;
        }

        yield return Made(
            "HARV1007",
            "patches with the whole object",
            call,
            root.ReplaceNode(patch.ArgumentList.Arguments[0].Expression, IdentifierName(item.Name)));
        var ofMetadata = patch.ArgumentList.Arguments[0].Expression.ToString().StartsWith("new { metadata", StringComparison.Ordinal);
        if (ofMetadata)
        {
            yield return Put(
                "HARV1002",
                call,
                name,
                item.Name,
                $"{item.Name}.Metadata.Labels ??= new System.Collections.Generic.Dictionary<string, string>();\n",
                $"{item.Name}.Metadata.Labels[\"mutant\"] = \"true\";\n");
        }
        else
        {
            yield return Put("HARV1010", call, name, item.Name);
        }

        yield return Put("HARV1004", call, name, item.Name, $"{item.Name}.Status = null!;\n");
        if (Given(call, item.Type) is { } given
            && item.DeclaringSyntaxReferences[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var read })
        {
            yield return Put("HARV1011", call, name, given.Name, $"{given.Name}.Metadata.ResourceVersion = ({read}).Metadata.ResourceVersion;\n");
        }
    }

    // The patch becomes a PUT of the object, behind what is done to the object first.
    private Mutant Put(string rule, InvocationExpressionSyntax call, SimpleNameSyntax name, string item, params string[] before)
    {
        var put = name.Identifier.Text is "PatchAsync" && name is IdentifierNameSyntax
            ? "UpdateAsync"
            : "Replace" + name.Identifier.Text["Patch".Length..];
        var arguments = call.ArgumentList.Arguments
            .Select((argument, i) => i == 0 ? Argument(IdentifierName(item)) : argument)
            .Where(argument => argument.NameColon?.Name.Identifier.Text is not ("fieldManager" or "force"));
        var expression = ((MemberAccessExpressionSyntax)call.Expression).WithName(Renamed(name, put));
        var changed = call.WithExpression(expression).WithArgumentList(ArgumentList(SeparatedList(arguments)));
        var statement = call.FirstAncestorOrSelf<StatementSyntax>()!;
        var made = root.TrackNodes(statement, call);
        made = made.ReplaceNode(made.GetCurrentNode(call)!, changed);
        made = made.InsertNodesBefore(made.GetCurrentNode(statement)!, before.Select(text => ParseStatement(text)));
        return Made(rule, $"puts '{item}' instead of a patch", call, made);
    }

    private static Mutant Made(string rule, string change, SyntaxNode at, SyntaxNode changed) =>
        new(rule, $"{change} (line {at.GetLocation().GetLineSpan().StartLinePosition.Line + 1})", changed.ToFullString());

    private static SimpleNameSyntax? NameOf(InvocationExpressionSyntax call) => (call.Expression as MemberAccessExpressionSyntax)?.Name;

    private static SimpleNameSyntax Renamed(SimpleNameSyntax name, string text) => name.WithIdentifier(Identifier(text).WithTriviaFrom(name.Identifier));

    // What the method read from the server before: the object a careless author would send back.
    private ILocalSymbol? Read(InvocationExpressionSyntax call) =>
        call.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Body?.DescendantNodes()
            .OfType<VariableDeclaratorSyntax>()
            .Where(d => d.SpanStart < call.SpanStart && d.Initializer is not null)
            .Select(d => model.GetDeclaredSymbol(d) as ILocalSymbol)
            .FirstOrDefault(local => local is not null && IsObject(local.Type) && local.Type.GetMembers("Status").Length > 0);

    private IParameterSymbol? Given(InvocationExpressionSyntax call, ITypeSymbol type) =>
        call.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.ParameterList.Parameters
            .Select(p => model.GetDeclaredSymbol(p))
            .FirstOrDefault(p => SymbolEqualityComparer.Default.Equals(p?.Type, type));

    private static bool IsObject(ITypeSymbol type) => type.AllInterfaces.Any(i => i.Name == "IKubernetesObject");
}
