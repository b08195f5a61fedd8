using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.ClientModel;

/// <summary>
/// Where a value that is written down once comes from: the only assignment of a local, the initializer of a readonly field, the only
/// return of a method, and what a serializer is given.
/// </summary>
internal sealed class ValueSource(Compilation compilation, CancellationToken cancellationToken)
{
    private const int MaxSteps = 8;

    public IOperation? OperationOf(SyntaxNode syntax) => compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax, cancellationToken);

    public IOperation Origin(IOperation value)
    {
        for (var step = 0; step < MaxSteps && Before(ClientCall.Unwrap(value)) is { } before; step++)
        {
            value = before;
        }

        return ClientCall.Unwrap(value);
    }

    /// <summary>Constant keys that are set in, or added to, a local after it was made.</summary>
    public IEnumerable<string> KeysAddedTo(IOperation value) => UsesOf(value)
        .SelectMany(u => u.Uses.KeysOf(u.Local.Name))
        .Select(key => OperationOf(key)?.ConstantValue is { HasValue: true, Value: string text } ? text : null)
        .Where(text => text is not null)
        .Select(text => text!);

    /// <summary>The calls of a local's own methods after it was made, each of a chain.</summary>
    public IEnumerable<IInvocationOperation> CallsOn(IOperation value) => UsesOf(value)
        .SelectMany(u => u.Uses.CallsOn(u.Local.Name))
        .Select(OperationOf)
        .OfType<IInvocationOperation>();

    /// <summary>The locals that a value goes through on its way.</summary>
    private IEnumerable<(ILocalSymbol Local, NameUses Uses)> UsesOf(IOperation value)
    {
        var step = ClientCall.Unwrap(value);
        for (var steps = 0; steps < MaxSteps; steps++)
        {
            if (step is ILocalReferenceOperation { Local: var local } && DeclaratorOf(local) is { } declarator && NameUses.Around(declarator) is { } uses)
            {
                yield return (local, uses);
            }

            if (Before(step) is not { } before)
            {
                yield break;
            }

            step = ClientCall.Unwrap(before);
        }
    }

    private IOperation? Before(IOperation value)
    {
        var syntax = value switch
        {
            ILocalReferenceOperation { Local: var local } => OnlyValueOf(local),
            IFieldReferenceOperation { Field: { IsReadOnly: true, HasConstantValue: false } field } => (Declaration(field) as VariableDeclaratorSyntax)?.Initializer?.Value,
            IInvocationOperation call when Rewritten(call) is null && !PatchPaths.IsDocument(call.Type) => OnlyReturnOf(call.TargetMethod),
            _ => null,
        };
        return syntax is not null ? OperationOf(syntax) : value is IInvocationOperation rewriting ? Rewritten(rewriting) : null;
    }

    /// <summary>What a call only writes in another form: as JSON text, or as the document a text is of.</summary>
    private static IOperation? Rewritten(IInvocationOperation call) => call switch
    {
        { TargetMethod: { Name: "Serialize" or "SerializeToNode" or "SerializeToElement" or "SerializeObject", ContainingType.Name: "JsonSerializer" or "KubernetesJson" or "JsonConvert" }, Arguments.Length: > 0 } => call.Arguments[0].Value,
        { TargetMethod: { Name: "Parse", ContainingType.Name: "JsonNode" or "JsonDocument" }, Arguments.Length: > 0 } => call.Arguments[0].Value,
        { TargetMethod: { Name: "ToJsonString" or "AsObject" or "AsArray" or "DeepClone", ContainingType.Name: "JsonNode" }, Instance: { } node } => node,
        { TargetMethod: { Name: "GetString", ContainingType.Name: "Encoding" or "UTF8Encoding" }, Arguments: { Length: 1 } bytes } => bytes[0].Value,
        { TargetMethod: { Name: "ToArray", ContainingType.Name: "List" }, Instance: { } list } => list,
        { TargetMethod.Name: "ToList" or "ToArray", Arguments: { Length: 1 } sequence } when call.TargetMethod.ContainingType.Name == "Enumerable" => sequence[0].Value,
        _ => null,
    };

    private ExpressionSyntax? OnlyValueOf(ILocalSymbol local)
    {
        if (DeclaratorOf(local) is not { } declarator || NameUses.Around(declarator) is not { } uses)
        {
            return null;
        }

        var assigned = uses.ValuesOf(local.Name);
        return (declarator.Initializer, assigned.Count) switch
        {
            ({ } initializer, 0) => initializer.Value,
            (null, 1) => assigned[0],
            _ => null,
        };
    }

    private ExpressionSyntax? OnlyReturnOf(IMethodSymbol method)
    {
        var (expression, block) = Declaration((method.ReducedFrom ?? method).OriginalDefinition) switch
        {
            MethodDeclarationSyntax declared => (declared.ExpressionBody?.Expression, declared.Body),
            LocalFunctionStatementSyntax declared => (declared.ExpressionBody?.Expression, declared.Body),
            _ => default,
        };
        var returns = block?.DescendantNodes().OfType<ReturnStatementSyntax>().ToList();
        return expression ?? (returns is { Count: 1 } ? returns[0].Expression : null);
    }

    private VariableDeclaratorSyntax? DeclaratorOf(ILocalSymbol local) => Declaration(local) as VariableDeclaratorSyntax;

    private SyntaxNode? Declaration(ISymbol symbol) => symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is { } syntax
        && compilation.ContainsSyntaxTree(syntax.SyntaxTree)
            ? syntax
            : null;
}
