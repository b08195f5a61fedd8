namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>What kube-apiserver passes on to a kubelet or to a pod: there is none here to answer.</summary>
/// <param name="name">The subresource's name.</param>
internal sealed class StreamedSubresource(string name) : Subresource
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Verbs => name switch
    {
        "log" => ["get"],
        "proxy" => ["create", "delete", "get", "patch", "update"],
        _ => ["create", "get"],
    };

    /// <summary>
    /// The text of the answer: a pod that runs nowhere has written nothing and can be asked nothing. Where one is bound to a
    /// node, only that node could tell.
    /// </summary>
    /// <param name="context">The request.</param>
    public string Answer(RequestContext context)
    {
        var pod = context.RequireLive();
        if (context.Kind.Plural != "pods" || pod.Object.At("spec", "nodeName")?.AsString is { Length: > 0 })
        {
            throw ApiFailure.Unsupported($"{name}: nothing runs behind this server that could answer");
        }

        return name == "log" ? "" : throw ApiFailure.BadRequest($"pod {context.Name} does not have a host assigned");
    }
}
