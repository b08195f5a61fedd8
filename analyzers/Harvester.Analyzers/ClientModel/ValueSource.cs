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
    public IEnumerable<string> KeysAddedTo(IOperation value)
    {
        if (ClientCall.Unwrap(value) is not ILocalReferenceOperation { Local: var local } || DeclaratorOf(local) is not { } declarator)
        {
            yield break;
        }

        foreach (var key in NameUses.Around(declarator)?.KeysOf(local.Name) ?? [])
        {
            if (OperationOf(key)?.ConstantValue is { HasValue: true, Value: string text })
            {
                yield return text;
            }
        }
    }

    private IOperation? Before(IOperation value)
    {
        var syntax = value switch
        {
            ILocalReferenceOperation { Local: var local } => OnlyValueOf(local),
            IFieldReferenceOperation { Field: { IsReadOnly: true, HasConstantValue: false } field } => (Declaration(field) as VariableDeclaratorSyntax)?.Initializer?.Value,
            IInvocationOperation call when IsSerializer(call) => null,
            IInvocationOperation call => OnlyReturnOf(call.TargetMethod),
            _ => null,
        };
        return syntax is not null ? OperationOf(syntax)
            : value is IInvocationOperation serializer && IsSerializer(serializer) ? serializer.Arguments[0].Value
            : null;
    }

    private static bool IsSerializer(IInvocationOperation call) =>
        call is { TargetMethod: { Name: "Serialize" or "SerializeToNode" or "SerializeToElement", ContainingType.Name: "JsonSerializer" or "KubernetesJson" }, Arguments.Length: > 0 };

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
