using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>Something started outside the reconciled object, the block it starts in, and the guard already passed inside the method that starts it.</summary>
internal sealed record Effect(string Description, SyntaxNode Syntax, int Block, Strength Guard, bool Converges)
{
    /// <summary>Where the method makes it happen: the effect itself, or the call of what has it.</summary>
    public SyntaxNode At { get; init; } = Syntax;

    /// <summary>A create under a name that is the same whenever it is tried: that the object exists already can be found out, and judged.</summary>
    public bool IsRepeatable { get; init; }
}

/// <summary>What a method starts: writes of other objects, and awaited calls that hand the object's data to another service.</summary>
internal static class Effects
{
    // Objects that record or ask something and set nothing going.
    private static readonly string[] Harmless = ["Event", "Lease", "TokenReview", "SubjectAccessReview", "SelfSubjectAccessReview", "LocalSubjectAccessReview"];

    // Calls that ask whether something is allowed or right, and set nothing going.
    private static readonly string[] Questions = ["Can", "May", "Allows", "Allowed", "IsAllowed", "Validate", "Verify", "Should", "Needs", "Supports", "Matches", "Compare"];

    // Unbound calls that set nothing going either.
    private static readonly string[] Quiet = ["Log", "Publish", "Record", "Trace", "Wait", "Delay", "Report", "Notify", "WriteLine", "WriteAsync", "Print", "Validate", "Parse", "Serialize", "Deserialize", "CreateClient", "Connect", "Open"];

    public static IReadOnlyList<Effect> Of(Activation activation)
    {
        if (activation.KnownEffects is null)
        {
            activation.KnownEffects = [];
            activation.KnownEffects = [.. activation.Graph.Blocks.SelectMany(block => Activation.Operations(block).SelectMany(operation => Of(operation, block, activation)))];
        }

        return activation.KnownEffects;
    }

    /// <summary>Calls, lambdas and methods handed over that run where the operation stands, and the block that decides it: where one of several delegates is chosen.</summary>
    public static IEnumerable<(Activation Body, int Block)> Runs(IOperation operation, int block, Activation activation)
    {
        if (operation is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } chosen } && activation.Read(chosen).Body is null)
        {
            return activation.Delegates(chosen);
        }

        var target = operation switch
        {
            IInvocationOperation call when activation.Reconciliation.Symbols.Resolve(call) is null => CallMeaning.Callee(call, activation),
            IInvalidOperation unbound when activation.Reconciliation.Symbols.MeantBy(unbound, activation.Reconciliation.Cancellation) is { } meant =>
                activation.Reconciliation.ActivationOf(meant, activation, new Dictionary<IParameterSymbol, Meaning>(SymbolEqualityComparer.Default), Meaning.Unknown),
            IFlowAnonymousFunctionOperation lambda when !IsRunByCallee(lambda, activation) => activation.Lambda(lambda),
            IMethodReferenceOperation { Parent: IDelegateCreationOperation { Parent: IArgumentOperation } } method when !IsRunByCallee(method, activation) => CallMeaning.Referred(method, activation),
            _ => null,
        };
        return target is null ? [] : [(target, block)];
    }

    /// <summary>Handed to a method, or kept in a variable, that says itself when it is run.</summary>
    private static bool IsRunByCallee(IOperation function, Activation activation) => function.Parent switch
    {
        IDelegateCreationOperation { Parent: IArgumentOperation { Parameter: { } parameter, Parent: IInvocationOperation call } } =>
            CallMeaning.Callee(call, activation) is { } callee && parameter.Ordinal < callee.Method.Parameters.Length && callee.Runs(callee.Method.Parameters[parameter.Ordinal]),
        IDelegateCreationOperation { Parent: ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: { } local } } } => activation.Runs(local),
        IDelegateCreationOperation { Parent: IFlowCaptureOperation { Id: var id } } => activation.Captures(id).Count() > 1,
        _ => false,
    };

    /// <summary>Whether a call goes to something that is neither the framework nor the cluster, with data of the reconciled object.</summary>
    public static bool IsService(IInvocationOperation call, Activation activation)
    {
        var method = call.TargetMethod;
        var type = method.ContainingType;
        var ns = type?.ContainingNamespace?.ToDisplayString() ?? "";
        var framework = (ns.StartsWith("System", StringComparison.Ordinal) && !ns.StartsWith("System.Net.Http", StringComparison.Ordinal)) || ns.StartsWith("Microsoft.Extensions", StringComparison.Ordinal);
        return !framework
            && method.MethodKind != MethodKind.DelegateInvoke
            && KubernetesSymbols.RootNamespace(type) is not ("k8s" or "KubeOps" or "DotnetKubernetesClient" or "Neon")
            && !Marked(type) && !Marked(method)
            && call.Arguments.Any(a => a.Value.DescendantsAndSelf().Any(o => OfObject(o, activation, 0)));
    }

    private static IEnumerable<Effect> Of(IOperation operation, BasicBlock block, Activation activation)
    {
        foreach (var (body, at) in Runs(operation, block.Ordinal, activation))
        {
            var own = Restarts.Max(activation.Guard(operation, block.Ordinal), activation.Guard(at));
            foreach (var inner in Of(body))
            {
                var converges = inner.Converges || (inner.IsRepeatable && IsJudgedWhereItExists(operation.Syntax));
                yield return inner with { Block = at, Guard = Restarts.Max(inner.Guard, own), At = operation.Syntax, Converges = converges };
            }
        }

        var found = operation switch
        {
            IInvocationOperation call => Direct(call, activation),
            IInvalidOperation { Parent: IAwaitOperation } unbound when UnboundService(unbound, activation) is { } text => (text, false, false),
            _ => null,
        };
        if (found is { } effect)
        {
            yield return new(effect.Text, operation.Syntax, block.Ordinal, activation.Guard(operation, block.Ordinal), effect.Converges) { IsRepeatable = effect.IsRepeatable };
        }
    }

    private static (string Text, bool Converges, bool IsRepeatable)? Direct(IInvocationOperation call, Activation activation)
    {
        if (activation.Reconciliation.Symbols.Resolve(call) is { } client)
        {
            return OfClient(client, activation);
        }

        return (call.Parent is IAwaitOperation || call.TargetMethod.ReturnType.Name is "Task" or "ValueTask")
            && activation.Reconciliation.BodyOf(call.TargetMethod) is null
            && !Guards.StartsLikeLookUp(call.TargetMethod.Name)
            && !Words.BeginsWith(call.TargetMethod.Name, Questions)
            && IsService(call, activation)
            ? ($"The call of {call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}", false, false)
            : null;
    }

    /// <summary>An awaited call of a library that is not there to look at, with data of the reconciled object.</summary>
    private static string? UnboundService(IInvalidOperation operation, Activation activation)
    {
        if (operation.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call
            || Guards.StartsLikeLookUp(access.Name.Identifier.Text)
            || Quiet.Any(word => access.Name.Identifier.Text.StartsWith(word, StringComparison.Ordinal))
            || call.ArgumentList.Arguments.Count == 0)
        {
            return null;
        }

        // What the receiver is, if that much binds: the cluster's own clients and the framework are judged by their symbols.
        var receiver = operation.ChildOperations.FirstOrDefault()?.Type;
        return receiver is not (null or IErrorTypeSymbol) && (KubernetesSymbols.RootNamespace(receiver) is "System" or "Microsoft" or "k8s" or "KubeOps" or "DotnetKubernetesClient" or "Neon")
            ? null
            : operation.ChildOperations.Any(a => a.DescendantsAndSelf().Any(o => OfObject(o, activation, 0))) ? $"The call of {access.Name.Identifier.Text}" : null;
    }

    private static (string Text, bool Converges, bool IsRepeatable)? OfClient(ClientCall client, Activation activation)
    {
        if (!client.IsWrite)
        {
            return null;
        }

        var type = client.ObjectType is null ? null : activation.Substitute(client.ObjectType);
        var plural = client.Arguments.FirstOrDefault(a => a.Parameter?.Name == "plural")?.Value;
        var own = activation.Reconciliation.IsReconciled(type) || activation.Reconciliation.IsReconciledPlural(plural) == true;
        if (client.Kind != CallKind.Create && (own || (type is null && plural?.ConstantValue.HasValue != true)))
        {
            return null;
        }

        var kind = type is not null ? KubernetesSymbols.KindName(type.Name) : plural?.ConstantValue is { HasValue: true, Value: string text } ? text : "an object";
        if (Harmless.Any(h => kind.EndsWith(h, StringComparison.Ordinal)) || client.Method.Name.Contains("Event"))
        {
            return null;
        }

        var verb = client.Kind switch
        {
            CallKind.Create => "Create",
            CallKind.Delete or CallKind.DeleteCollection => "Delete",
            CallKind.PatchMain or CallKind.PatchStatus => "Patch",
            CallKind.OtherSubresource => client.Method.Name.Contains("Log") ? "" : "Scale or subresource write",
            _ => client.IsUpsert ? "Save" : "Replace",
        };
        var repeatable = client.Kind == CallKind.Create && !(client.Body is { } body && ChildNames.AreDrawn(body, activation));
        return verb.Length == 0 ? null : ($"{verb} of {kind}", client.IsUpsert || IsApply(client) || (repeatable && IsJudgedWhereItExists(client.Operation.Syntax)), repeatable);
    }

    /// <summary>
    /// On AlreadyExists the existing object is read and judged: then the create converges. That it is merely tolerated proves nothing.
    /// </summary>
    private static bool IsJudgedWhereItExists(SyntaxNode create) => create.AncestorsAndSelf()
        .TakeWhile(n => n is not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .OfType<TryStatementSyntax>()
        .Where(t => t.Block.Span.Contains(create.Span))
        .SelectMany(t => t.Catches)
        .Any(c => (c.Filter?.ToString() ?? c.Declaration?.ToString() ?? "") is { } filter
            && (filter.Contains("Conflict") || filter.Contains("409") || filter.Contains("AlreadyExists"))
            && c.Block.DescendantNodes().Any(n => n is IfStatementSyntax or SwitchStatementSyntax or SwitchExpressionSyntax)
            && c.Block.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(i => i.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: { } name } && Guards.StartsLikeLookUp(name)));

    private static bool IsApply(ClientCall client) => client.Body is { } body
        && body.DescendantsAndSelf().OfType<IFieldReferenceOperation>().Any(f => f.Field is { Name: "ApplyPatch", ContainingType.Name: "PatchType" });

    /// <summary>A helper below the reconciler works on what the reconciler hands it.</summary>
    private static bool IsDataOfCaller(IParameterSymbol parameter, Activation activation) =>
        activation.Depth > 0 && parameter.Type is { Name: not ("CancellationToken" or "IKubernetes" or "IKubernetesClient"), TypeKind: not TypeKind.Delegate };

    private static bool Marked(ISymbol? symbol) => symbol?.GetAttributes().Any(a => a.AttributeClass?.Name is "StatusWriterAttribute" or "StatusWriter") == true;

    private static bool OfObject(IOperation operation, Activation activation, int depth)
    {
        if (depth > 3)
        {
            return false;
        }

        if (operation is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation
            && operation.Type is { } type && activation.Reconciliation.IsReconciled(activation.Substitute(type)))
        {
            return true;
        }

        return operation switch
        {
            ILocalReferenceOperation local => activation.Assigned(local.Local).Any(a => a.DescendantsAndSelf().Any(o => OfObject(o, activation, depth + 1))),
            IFlowCaptureReferenceOperation capture => activation.Captures(capture.Id).Any(c => c.DescendantsAndSelf().Any(o => OfObject(o, activation, depth + 1))),
            IParameterReferenceOperation parameter => activation.Parameter(parameter.Parameter).Kind is MeaningKind.Reconciled or MeaningKind.Part || IsDataOfCaller(parameter.Parameter, activation),
            _ => false,
        };
    }
}
