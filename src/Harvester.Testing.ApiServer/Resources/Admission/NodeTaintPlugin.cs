using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.Admission;

/// <summary>A new node is not ready, whatever it says.</summary>
internal sealed class NodeTaintPlugin : AdmissionPlugin
{
    private const string NotReady = "node.kubernetes.io/not-ready";

    private static readonly JsonObject Taint = JsonObject.Of(("key", NotReady), ("effect", "NoSchedule"));

    /// <inheritdoc />
    public override JsonObject Mutate(RequestContext context, JsonObject value, JsonObject? old)
    {
        if (old is not null || !Concerns(context, "", "nodes"))
        {
            return value;
        }

        var taints = value.At("spec", "taints") as JsonArray ?? JsonArray.Empty;
        return taints.Any(taint => taint["key"]?.AsString == NotReady && taint["effect"]?.AsString == "NoSchedule")
            ? value
            : value.WithAt(["spec", "taints"], JsonArray.Of([.. taints, Taint]));
    }
}
