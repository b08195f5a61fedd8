using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources.Admission;

/// <summary>A pod of a runtime class carries what the class costs and where it runs.</summary>
internal sealed class RuntimeClassPlugin : AdmissionPlugin
{
    private static readonly GroupResource Classes = new("node.k8s.io", "runtimeclasses");

    /// <inheritdoc />
    public override JsonObject Mutate(RequestContext context, JsonObject value, JsonObject? old)
    {
        if (old is not null || !Concerns(context, "", "pods") || value.At("spec", "runtimeClassName")?.AsString is not { Length: > 0 } name)
        {
            return value;
        }

        var found = context.Log.State.Find(Classes, null, name)
            ?? throw Refusal(context, value, $"pod rejected: RuntimeClass \"{name}\" not found");
        var overhead = found.Object.At("overhead", "podFixed");
        var given = value.At("spec", "overhead");
        if (given is not null && !given.Equals(overhead))
        {
            throw Refusal(context, value, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }

        value = overhead is null ? value : value.WithAt(["spec", "overhead"], overhead);
        if (found.Object.Find("scheduling") is not JsonObject scheduling)
        {
            return value;
        }

        var selector = new JsonObject.Builder(value.At("spec", "nodeSelector") as JsonObject ?? JsonObject.Empty);
        foreach (var (label, wanted) in scheduling.Find("nodeSelector") as JsonObject ?? JsonObject.Empty)
        {
            if (selector[label] is { } other && !other.Equals(wanted))
            {
                throw Refusal(context, value, $"conflict: runtimeClass.scheduling.nodeSelector[{label}] = {wanted.AsString}; pod.spec.nodeSelector[{label}] = {other.AsString}");
            }

            selector[label] = wanted;
        }

        value = selector.Count == 0 ? value : value.WithAt(["spec", "nodeSelector"], selector.Build());
        var tolerations = (value.At("spec", "tolerations") as JsonArray ?? JsonArray.Empty)
            .Concat(scheduling.Find("tolerations") as JsonArray ?? JsonArray.Empty)
            .Distinct()
            .ToList();
        return tolerations.Count == 0 ? value : value.WithAt(["spec", "tolerations"], JsonArray.Of(tolerations));
    }
}
