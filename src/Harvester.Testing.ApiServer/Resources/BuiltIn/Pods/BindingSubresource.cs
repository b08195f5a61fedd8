using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>What a scheduler posts to assign a pod to a node (B-21).</summary>
internal sealed class BindingSubresource : Subresource
{
    private static readonly GroupResource Bindings = new("", "pods/binding");

    /// <inheritdoc />
    public override IReadOnlyList<string> Verbs => ["create"];

    /// <inheritdoc />
    public override JsonObject Create(RequestContext context)
    {
        context.ReadWriteOptions("CreateOptions");
        var binding = ObjectDecoding.Read(context.As(BuiltInKinds.Find("", "v1", "bindings")!));
        if (ObjectMetadata.Name(binding) is { Length: > 0 } name && name != context.Name)
        {
            throw ApiFailure.BadRequest("name in URL does not match name in Binding object");
        }

        if (binding.At("target", "kind")?.AsString is { Length: > 0 } kind && kind != "Node")
        {
            throw ApiFailure.Internal($"target.kind: Unsupported value: \"{kind}\": supported values: \"Node\", \"<empty>\"");
        }

        if (binding.At("target", "name")?.AsString is not { Length: > 0 } node)
        {
            throw ApiFailure.Internal("target.name: Required value");
        }

        var live = context.RequireLive();
        var pod = live.Object;
        if (ObjectMetadata.IsBeingDeleted(pod))
        {
            throw Refused(context, $"pod {context.Name} is being deleted, cannot be assigned to a host");
        }

        if (pod.At("spec", "nodeName")?.AsString is { } assigned)
        {
            throw Refused(context, $"pod {context.Name} is already assigned to node \"{assigned}\"");
        }

        if (pod.At("spec", "schedulingGates") is JsonArray { Count: > 0 })
        {
            throw Refused(context, $"pod {context.Name} has non-empty .spec.schedulingGates");
        }

        context.Before = live;
        pod = pod.WithAt(["spec", "nodeName"], node);
        foreach (var list in (ReadOnlySpan<string>)["labels", "annotations"])
        {
            foreach (var (key, value) in binding.At("metadata", list) as JsonObject ?? JsonObject.Empty)
            {
                pod = pod.WithAt(["metadata", list, key], value);
            }
        }

        context.Store(ChangeType.Modified, PodConditions.True(pod, "PodScheduled", context.Server.Now));
        return Created;
    }

    private static ApiFailure Refused(RequestContext context, string why) => ApiFailure.Conflict(Bindings, context.Name, why);
}
