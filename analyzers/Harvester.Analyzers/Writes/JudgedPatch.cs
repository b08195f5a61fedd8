using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Writes;

/// <summary>A PATCH as the judges see it.</summary>
internal sealed class JudgedPatch(ClientCall call, PatchBody body)
{
    public ClientCall Call { get; } = call;

    public PatchBody Body { get; } = body;

    public string CallName => Call.Method.Name;

    /// <summary>The name of the kind as a message says it.</summary>
    public string Subject => Call.ObjectType?.Name ?? "a custom resource";

    /// <summary>Null for calls that are no patch, and for patches made where the code cannot be seen.</summary>
    public static JudgedPatch? Of(ClientCall call, KubernetesSymbols symbols, CancellationToken cancellationToken) =>
        call.Kind is CallKind.PatchMain or CallKind.PatchStatus or CallKind.OtherSubresource
        && PatchBody.Of(call, symbols, cancellationToken) is { } body
            ? new JudgedPatch(call, body)
            : null;
}
