using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Network;

/// <summary>Services: what a type brings and takes away, and what is kept over an update that leaves it out (B-28).</summary>
internal sealed class ServiceStrategy : KindStrategy
{
    private const long AffinitySeconds = 10800;

    /// <inheritdoc />
    public override NameForm Names => NameForm.Label;

    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value)
    {
        if (value.Find("spec") is not JsonObject given)
        {
            return value;
        }

        var spec = new JsonObject.Builder(given);
        spec["sessionAffinity"] ??= "None";
        if (spec["sessionAffinity"]?.AsString == "None")
        {
            spec["sessionAffinityConfig"] = null;
        }
        else if (spec["sessionAffinity"]?.AsString == "ClientIP" && spec["sessionAffinityConfig"]?.At("clientIP", "timeoutSeconds") is null)
        {
            spec["sessionAffinityConfig"] = JsonObject.Of(("clientIP", JsonObject.Of(("timeoutSeconds", AffinitySeconds))));
        }

        spec["type"] ??= "ClusterIP";
        if (spec["ports"] is JsonArray ports)
        {
            spec["ports"] = JsonArray.Of(ports.Select(port => port is JsonObject members ? PortDefaults(members) : port));
        }

        var type = spec["type"]?.AsString;
        if (type is "NodePort" or "LoadBalancer")
        {
            spec["externalTrafficPolicy"] ??= "Cluster";
        }

        if (type is "ClusterIP" or "NodePort" or "LoadBalancer")
        {
            spec["internalTrafficPolicy"] ??= "Cluster";
        }

        if (type == "LoadBalancer")
        {
            spec["allocateLoadBalancerNodePorts"] ??= true;
            value = WithAddressMode(value);
        }

        return value.With("spec", spec.Build());
    }

    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value) =>
        value.With("spec", WithAddressList(Spec(value)));

    /// <inheritdoc />
    public override JsonObject PrepareForUpdate(RequestContext context, JsonObject value, JsonObject old) =>
        value.With("spec", ServiceTypeChange.Apply(Spec(value), Spec(old)));

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes) =>
        ServiceRules.Validate(Spec(value), new FieldErrors(causes));

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes) =>
        ServiceRules.ValidateUpdate(Spec(value), Spec(old), new FieldErrors(causes));

    /// <inheritdoc />
    public override JsonObject Allocate(RequestContext context, JsonObject value, JsonObject? old) =>
        new ServiceAllocation(context, value, old).Run();

    /// <inheritdoc />
    public override IEnumerable<string> Warnings(RequestContext context, JsonObject value, JsonObject? old)
    {
        var spec = Spec(value);
        if (spec.Has("externalIPs") && spec.Find("type")?.AsString == "ExternalName")
        {
            yield return "spec.externalIPs is ignored when spec.type is \"ExternalName\"";
        }

        if (spec.Find("type")?.AsString != "ExternalName" && spec.Find("externalName")?.AsString is { Length: > 0 })
        {
            yield return "spec.externalName is ignored when spec.type is not \"ExternalName\"";
        }

        if (spec.Find("clusterIP")?.AsString == "None")
        {
            if (spec.Find("loadBalancerIP")?.AsString is { Length: > 0 })
            {
                yield return "spec.loadBalancerIP is ignored when spec.clusterIP is \"None\"";
            }

            if (spec.Find("sessionAffinity")?.AsString is { Length: > 0 } and not "None")
            {
                yield return "spec.SessionAffinity is ignored for headless services";
            }
        }
    }

    /// <summary>True for a service without an address of its own.</summary>
    /// <param name="spec">The service's spec.</param>
    internal static bool IsHeadless(JsonObject spec) =>
        (spec.Find("clusterIPs") as JsonArray)?.FirstOrDefault()?.AsString == "None" || spec.Find("clusterIP")?.AsString == "None";

    /// <summary>True for a type of service that has an address in the cluster, or could.</summary>
    /// <param name="spec">The service's spec.</param>
    internal static bool NeedsAddress(JsonObject spec) => spec.Find("type")?.AsString is "ClusterIP" or "NodePort" or "LoadBalancer";

    /// <summary>True for a service whose ports are open on every node.</summary>
    /// <param name="spec">The service's spec.</param>
    internal static bool NeedsNodePorts(JsonObject spec) =>
        spec.Find("type")?.AsString == "NodePort"
        || (spec.Find("type")?.AsString == "LoadBalancer" && spec.Find("allocateLoadBalancerNodePorts")?.AsBoolean != false);

    /// <summary>True for a service whose load balancer asks nodes whether they have endpoints.</summary>
    /// <param name="spec">The service's spec.</param>
    internal static bool NeedsHealthCheckPort(JsonObject spec) =>
        spec.Find("type")?.AsString == "LoadBalancer" && spec.Find("externalTrafficPolicy")?.AsString == "Local";

    /// <summary>True for a service that is reached from outside the cluster.</summary>
    /// <param name="spec">The service's spec.</param>
    internal static bool IsExternal(JsonObject spec) =>
        spec.Find("type")?.AsString is "LoadBalancer" or "NodePort"
        || (spec.Find("type")?.AsString == "ClusterIP" && spec.Find("externalIPs") is JsonArray { Count: > 0 });

    /// <summary>The list of addresses from the one address, when only that is given (B-12).</summary>
    /// <param name="spec">The service's spec.</param>
    internal static JsonObject WithAddressList(JsonObject spec) =>
        spec.Find("clusterIP")?.AsString is { Length: > 0 } address && spec.Find("clusterIPs") is not JsonArray { Count: > 0 }
            ? spec.With("clusterIPs", JsonArray.Of(address))
            : spec;

    private static JsonObject Spec(JsonObject value) => value.Find("spec") as JsonObject ?? JsonObject.Empty;

    private static JsonObject PortDefaults(JsonObject given)
    {
        var port = new JsonObject.Builder(given);
        port["protocol"] ??= "TCP";
        if (port["targetPort"] is null or JsonInteger { Value: 0 } or JsonString { Value.Length: 0 })
        {
            port["targetPort"] = port["port"] ?? 0;
        }

        return port.Build();
    }

    private static JsonObject WithAddressMode(JsonObject value)
    {
        if (value.At("status", "loadBalancer", "ingress") is not JsonArray ingress)
        {
            return value;
        }

        var completed = ingress.Select(item => item is JsonObject members && members.Has("ip") && !members.Has("ipMode")
            ? members.With("ipMode", "VIP")
            : item);
        return value.WithAt(["status", "loadBalancer", "ingress"], JsonArray.Of(completed));
    }
}
