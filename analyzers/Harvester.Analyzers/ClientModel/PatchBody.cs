using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.ClientModel;

/// <summary>A <c>V1Patch</c> as the code writes it: where it is made, of what kind, and of what.</summary>
/// <param name="Creation">Where it is made.</param>
/// <param name="Kind">The member of <c>V1Patch.PatchType</c>; null where it is not a constant.</param>
/// <param name="Content">What it is made of.</param>
internal sealed record PatchBody(IObjectCreationOperation Creation, string? Kind, IOperation Content)
{
    /// <summary>What is handed to the patch, as the code says it there.</summary>
    public IOperation Given => ClientCall.Unwrap(Creation.Arguments.First(a => a.Parameter?.Type.Name != "PatchType").Value);

    public const string Apply = "ApplyPatch";
    public const string Merge = "MergePatch";
    public const string StrategicMerge = "StrategicMergePatch";
    public const string Json = "JsonPatch";

    /// <summary>Null where the call sends no patch, or one made elsewhere.</summary>
    public static PatchBody? Of(ClientCall call, KubernetesSymbols symbols, CancellationToken cancellationToken)
    {
        if (call.BodyArgument?.Syntax is not { } syntax || symbols.Patch is null)
        {
            return null;
        }

        var model = symbols.Compilation.GetSemanticModel(syntax.SyntaxTree);
        var expression = syntax is ArgumentSyntax argument ? argument.Expression : syntax;
        if (model.GetOperation(expression, cancellationToken) is not { } sent
            || Origin(sent, model, cancellationToken) is not IObjectCreationOperation { Arguments.Length: > 0 } creation
            || !SymbolEqualityComparer.Default.Equals(creation.Type, symbols.Patch))
        {
            return null;
        }

        var kind = creation.Arguments.FirstOrDefault(a => a.Parameter?.Type.Name == "PatchType")?.Value.ConstantValue is { HasValue: true, Value: { } value }
            ? NameOf(value, symbols.Patch)
            : null;
        var content = creation.Arguments.First(a => a.Parameter?.Type.Name != "PatchType").Value;
        return new PatchBody(creation, kind, Origin(content, model, cancellationToken));
    }

    /// <summary>The expression a value comes from: that of a local which is assigned once, and what a serializer is given.</summary>
    public static IOperation Origin(IOperation value, SemanticModel model, CancellationToken cancellationToken)
    {
        for (var steps = 0; steps < 8; steps++)
        {
            var unwrapped = ClientCall.Unwrap(value);
            switch (unwrapped)
            {
                case ILocalReferenceOperation { Local: var local } when Initializer(local, model, cancellationToken) is { } initial:
                    value = initial;
                    continue;
                case IFieldReferenceOperation { Field: { IsReadOnly: true, HasConstantValue: false } field } when InitializerOf(field, model, cancellationToken) is { } initial:
                    value = initial;
                    continue;
                case IInvocationOperation { TargetMethod: { Name: "Serialize" or "SerializeToNode" or "SerializeToElement" } method, Arguments: { Length: > 0 } arguments }
                    when method.ContainingType.Name is "JsonSerializer" or "KubernetesJson":
                    value = arguments[0].Value;
                    continue;
                default:
                    return unwrapped;
            }
        }

        return ClientCall.Unwrap(value);
    }

    private static IOperation? Initializer(ILocalSymbol local, SemanticModel model, CancellationToken cancellationToken)
    {
        if (local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } initial } declarator
            || declarator.SyntaxTree != model.SyntaxTree
            || declarator.Ancestors().FirstOrDefault(a => a is MemberDeclarationSyntax) is not { } member)
        {
            return null;
        }

        var reassigned = member.DescendantNodes().Any(n => n switch
        {
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } => name.Identifier.Text == local.Name,
            ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None, Expression: IdentifierNameSyntax name } => name.Identifier.Text == local.Name,
            _ => false,
        });
        return reassigned ? null : model.GetOperation(initial, cancellationToken);
    }

    private static IOperation? InitializerOf(IFieldSymbol field, SemanticModel model, CancellationToken cancellationToken) =>
        field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } initial }
        && initial.SyntaxTree == model.SyntaxTree
            ? model.GetOperation(initial, cancellationToken)
            : null;

    private static string? NameOf(object value, INamedTypeSymbol patch) => patch.GetTypeMembers("PatchType")
        .SelectMany(t => t.GetMembers())
        .OfType<IFieldSymbol>()
        .FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, value))?.Name;
}
