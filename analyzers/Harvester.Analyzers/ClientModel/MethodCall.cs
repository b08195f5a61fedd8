using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.ClientModel;

/// <summary>An argument of a call, and the parameter it is for where that is known.</summary>
internal sealed record CallArgument(IParameterSymbol? Parameter, IOperation Value, SyntaxNode Syntax)
{
    /// <summary>Left out in the code: the parameter's default.</summary>
    public bool IsDefault { get; init; }
}

/// <summary>A call as the code has it: of the method it binds to, or, where an error keeps it from binding, of the one it most likely means.</summary>
internal sealed class MethodCall
{
    private MethodCall(IOperation operation, IMethodSymbol method, ImmutableArray<CallArgument> arguments)
    {
        Operation = operation;
        Method = method;
        Arguments = arguments;
    }

    /// <summary>An <see cref="IInvocationOperation"/>, or an <see cref="IInvalidOperation"/>.</summary>
    public IOperation Operation { get; }

    public IMethodSymbol Method { get; }

    /// <summary>As the operation has them; of a call that does not bind, those that are written.</summary>
    public ImmutableArray<CallArgument> Arguments { get; }

    public static MethodCall Of(IInvocationOperation invocation)
    {
        var arguments = ImmutableArray.CreateBuilder<CallArgument>(invocation.Arguments.Length);
        foreach (var argument in invocation.Arguments)
        {
            arguments.Add(new CallArgument(argument.Parameter, argument.Value, argument.Syntax) { IsDefault = argument.ArgumentKind == ArgumentKind.DefaultValue });
        }

        return new MethodCall(invocation, invocation.TargetMethod, arguments.MoveToImmutable());
    }

    /// <summary>Null where what is written cannot be a call of the method.</summary>
    public static MethodCall? Of(IInvalidOperation unbound, IMethodSymbol method)
    {
        if (unbound.Syntax is not InvocationExpressionSyntax invocation || invocation.ArgumentList.Arguments.Count > method.Parameters.Length)
        {
            return null;
        }

        var arguments = ImmutableArray.CreateBuilder<CallArgument>();
        for (var i = 0; i < invocation.ArgumentList.Arguments.Count; i++)
        {
            var written = invocation.ArgumentList.Arguments[i];
            var parameter = written.NameColon is { Name.Identifier.ValueText: var name } ? method.Parameters.FirstOrDefault(p => p.Name == name) : method.Parameters[i];
            if (unbound.ChildOperations.FirstOrDefault(o => written.Span.Contains(o.Syntax.Span)) is { } value)
            {
                arguments.Add(new CallArgument(parameter, value, written));
            }
        }

        return new MethodCall(unbound, method, arguments.ToImmutable());
    }
}
