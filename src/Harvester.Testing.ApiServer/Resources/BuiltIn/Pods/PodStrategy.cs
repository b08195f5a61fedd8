using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>Pods.</summary>
internal sealed class PodStrategy : KindStrategy
{
    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) => value
        .Edit("spec", spec => OnlyInPods(PodSpecDefaults.Apply(spec)))
        .Edit("status", WithOneAddress);

    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value)
    {
        // B-9
        var status = JsonObject.Of(("phase", "Pending"), ("qosClass", QualityOfService.Of(value.Find("spec"))));
        if (value.At("spec", "schedulingGates") is JsonArray { Count: > 0 })
        {
            status = status.With("conditions", JsonArray.Of(JsonObject.Of(
                ("type", "PodScheduled"),
                ("status", "False"),
                ("reason", "SchedulingGated"),
                ("message", "Scheduling is blocked due to non-empty scheduling gates"),
                ("lastProbeTime", JsonValue.Null),
                ("lastTransitionTime", ObjectMetadata.Timestamp(context.Server.Now)))));
        }

        return value.With("status", status);
    }

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes) =>
        PodSpecValidation.Check(value.Find("spec"), "spec", new FieldErrors(causes));

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes) =>
        PodChanges.Check(value.Find("spec"), old.Find("spec"), new FieldErrors(causes));

    /// <inheritdoc />
    public override JsonObject PrepareForStatusUpdate(RequestContext context, JsonObject value, JsonObject old)
    {
        // A pod keeps its class of service, and its owners are not the kubelet's business.
        value = ObjectMetadata.WithMeta(value, "ownerReferences", old.At("metadata", "ownerReferences"));
        return value.At("status", "qosClass") is null && old.At("status", "qosClass") is { } quality
            ? value.WithAt(["status", "qosClass"], quality)
            : value;
    }

    /// <inheritdoc />
    public override void ValidateStatusUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes) =>
        new FieldErrors(causes).Immutable("status.qosClass", value.At("status", "qosClass"), old.At("status", "qosClass"));

    /// <inheritdoc />
    public override IEnumerable<string> Warnings(RequestContext context, JsonObject value, JsonObject? old) =>
        PodWarnings.Of(value.Find("spec"), "spec");

    /// <inheritdoc />
    public override bool IsHeld(JsonObject value) => value.At("metadata", "deletionGracePeriodSeconds")?.AsInteger > 0;

    /// <inheritdoc />
    public override long? GraceSeconds(JsonObject value, long? asked)
    {
        // Nobody has to end a pod that never ran or has ended.
        if (value.At("spec", "nodeName") is null || value.At("status", "phase")?.AsString is "Failed" or "Succeeded")
        {
            return 0;
        }

        var grace = asked ?? value.At("spec", "terminationGracePeriodSeconds")?.AsInteger ?? 0;
        return grace < 0 ? 1 : grace;
    }

    // What is asked for a limit alone is the limit, and on the host's network a port is the host's.
    private static JsonObject OnlyInPods(JsonObject spec)
    {
        var onHost = spec.Find("hostNetwork")?.AsBoolean == true;
        foreach (var list in (ReadOnlySpan<string>)["containers", "initContainers"])
        {
            spec = spec.EditItems(list, container =>
            {
                container = container.Edit("resources", resources =>
                {
                    if (resources.Find("limits") is not JsonObject { Count: > 0 } limits)
                    {
                        return resources;
                    }

                    var requests = resources.Find("requests") as JsonObject ?? JsonObject.Empty;
                    foreach (var (name, amount) in limits)
                    {
                        requests = requests.Default(name, amount);
                    }

                    return resources.With("requests", requests);
                });
                return onHost
                    ? container.EditItems("ports", port => port.Default("hostPort", port.Find("containerPort") ?? 0))
                    : container;
            });
        }

        return spec.Default("enableServiceLinks", true);
    }

    // B-12
    private static JsonObject WithOneAddress(JsonObject status)
    {
        var single = status.Find("podIP");
        var all = status.Find("podIPs") as JsonArray;
        if (single is null)
        {
            return all is { Count: > 0 } && all[0]["ip"] is { } first ? status.With("podIP", first) : status;
        }

        return all is { Count: > 0 } && Equals(all[0]["ip"], single)
            ? status
            : status.With("podIPs", JsonArray.Of(JsonObject.Of(("ip", single))));
    }
}
