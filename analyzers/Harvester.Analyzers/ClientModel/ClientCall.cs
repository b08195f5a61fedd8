using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.ClientModel;

/// <summary>One call of a Kubernetes client and what it means.</summary>
internal sealed class ClientCall(
    MethodCall call,
    CallKind kind,
    ITypeSymbol? objectType,
    CallArgument? body,
    StatusSubresource status)
{
    public IOperation Operation { get; } = call.Operation;

    public IMethodSymbol Method { get; } = call.Method;

    public ImmutableArray<CallArgument> Arguments { get; } = call.Arguments;

    public CallKind Kind { get; } = kind;

    /// <summary>The type of the objects asked for or sent; null where only the wire format is known (<c>object</c>).</summary>
    public ITypeSymbol? ObjectType { get; } = objectType;

    /// <summary>The argument that holds the object or the patch; null where there is none.</summary>
    public CallArgument? BodyArgument { get; } = body;

    /// <summary>The value sent, without the conversions around it.</summary>
    public IOperation? Body => BodyArgument is null ? null : Unwrap(BodyArgument.Value);

    /// <summary>Whether the kind is known to have <c>/status</c>.</summary>
    public StatusSubresource Status { get; } = status;

    /// <summary>KubeOps' <c>Save</c>: creates the object if there is none, else replaces it.</summary>
    public bool IsUpsert { get; init; }

    /// <summary>The argument that names the object, where the call has one.</summary>
    public CallArgument? NameArgument => Argument("name");

    /// <summary>The argument that names the namespace, where the call has one.</summary>
    public CallArgument? NamespaceArgument => Argument("namespaceParameter") ?? Argument("ns") ?? Argument("namespace");

    /// <summary>The argument that names the field manager, where the call has one.</summary>
    public CallArgument? FieldManagerArgument => Argument("fieldManager");

    /// <summary>The argument that says whether an apply takes fields from other managers, where the call has one.</summary>
    public CallArgument? ForceArgument => Argument("force");

    /// <summary>The call names group, version and plural itself: the kind is none of the client's models.</summary>
    public bool IsByGroupAndPlural => Argument("group") is not null && Argument("plural") is not null;

    public bool IsMainPut => Kind == CallKind.ReplaceMain;

    public bool IsWrite => Kind is CallKind.Create or CallKind.ReplaceMain or CallKind.ReplaceStatus or CallKind.PatchMain
        or CallKind.PatchStatus or CallKind.Delete or CallKind.DeleteCollection or CallKind.OtherSubresource;

    public bool IsRead => Kind is CallKind.Read or CallKind.List or CallKind.Watch;

    /// <summary>Whether the result (awaited, without its HTTP envelope) is the object as the server now stores it.</summary>
    public bool ResultIsStoredObject => Kind is CallKind.Read or CallKind.Create or CallKind.ReplaceMain or CallKind.ReplaceStatus
        or CallKind.PatchMain or CallKind.PatchStatus;

    private CallArgument? Argument(string name)
    {
        foreach (var argument in Arguments)
        {
            if (argument.Parameter?.Name == name)
            {
                return argument;
            }
        }

        return null;
    }

    internal static IOperation Unwrap(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }
}
