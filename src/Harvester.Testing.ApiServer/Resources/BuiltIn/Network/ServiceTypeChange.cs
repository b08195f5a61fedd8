using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Network;

/// <summary>
/// What an update of a service does to what the server gave it: what the body leaves out is kept as long as the type
/// needs it, and goes with the type unless the body asks for it in other words.
/// </summary>
internal static class ServiceTypeChange
{
    /// <summary>Completes a submitted spec.</summary>
    /// <param name="given">The submitted spec.</param>
    /// <param name="old">The stored one.</param>
    public static JsonObject Apply(JsonObject given, JsonObject old)
    {
        var spec = new JsonObject.Builder(Normalised(given, old));
        KeepAllocated(spec, given, old);
        DropWithType(spec, given, old);
        return spec.Build();
    }

    // The address and the list of addresses are one value: a change of one is a change of both.
    private static JsonObject Normalised(JsonObject given, JsonObject old)
    {
        var address = Text(given, "clusterIP");
        var before = Text(old, "clusterIP");
        var all = given.Find("clusterIPs");
        var allBefore = old.Find("clusterIPs");
        if (before.Length > 0 && address.Length == 0 && Equals(all, allBefore))
        {
            return given.Without("clusterIPs");
        }

        if (allBefore is not null && all is null && address == before)
        {
            return given.Without("clusterIP");
        }

        if (address != before && all is JsonArray { Count: > 0 } list && Equals(all, allBefore))
        {
            return given.With("clusterIPs", JsonArray.Of([address, .. list.Skip(1)]));
        }

        return before.Length == 0 ? ServiceStrategy.WithAddressList(given) : given;
    }

    private static void KeepAllocated(JsonObject.Builder spec, JsonObject given, JsonObject old)
    {
        if (ServiceStrategy.NeedsAddress(old) && ServiceStrategy.NeedsAddress(given))
        {
            spec["clusterIP"] ??= old.Find("clusterIP");
            spec["clusterIPs"] ??= old.Find("clusterIPs");
        }

        if (ServiceStrategy.NeedsNodePorts(old) && ServiceStrategy.NeedsNodePorts(given) && spec["ports"] is JsonArray ports)
        {
            spec["ports"] = WithKnownPorts(ports, old.Find("ports") as JsonArray ?? JsonArray.Empty);
        }

        if (ServiceStrategy.NeedsHealthCheckPort(old) && ServiceStrategy.NeedsHealthCheckPort(given))
        {
            spec["healthCheckNodePort"] ??= old.Find("healthCheckNodePort");
        }

        if (ServiceStrategy.NeedsAddress(old) && ServiceStrategy.NeedsAddress(given))
        {
            spec["ipFamilies"] ??= old.Find("ipFamilies");
            spec["ipFamilyPolicy"] ??= old.Find("ipFamilyPolicy");
        }
    }

    private static JsonArray WithKnownPorts(JsonArray ports, JsonArray old)
    {
        var known = new Dictionary<string, long>();
        foreach (var port in old)
        {
            known[port["name"]?.AsString ?? ""] = port["nodePort"]?.AsInteger ?? 0;
        }

        var used = ports.Select(port => port["nodePort"]?.AsInteger ?? 0).Where(known.ContainsValue).ToHashSet();
        return JsonArray.Of(ports.Select(port =>
        {
            if (port is not JsonObject members || (port["nodePort"]?.AsInteger ?? 0) != 0
                || !known.TryGetValue(port["name"]?.AsString ?? "", out var number) || number == 0 || !used.Add(number))
            {
                return port;
            }

            return members.With("nodePort", number);
        }));
    }

    // What only the old type had goes, unless the body says something new about it.
    private static void DropWithType(JsonObject.Builder spec, JsonObject given, JsonObject old)
    {
        if (ServiceStrategy.NeedsAddress(old) && !ServiceStrategy.NeedsAddress(given))
        {
            DropSame(spec, old, "clusterIPs");
            DropSame(spec, old, "clusterIP");
            DropSame(spec, old, "ipFamilies");
            DropSame(spec, old, "ipFamilyPolicy");
        }

        if (ServiceStrategy.NeedsNodePorts(old) && !ServiceStrategy.NeedsNodePorts(given)
            && spec["ports"] is JsonArray ports && NodePorts(ports).SequenceEqual(NodePorts(old.Find("ports") as JsonArray ?? JsonArray.Empty)))
        {
            spec["ports"] = JsonArray.Of(ports.Select(port => port is JsonObject members ? members.Without("nodePort") : port));
        }

        if (ServiceStrategy.NeedsHealthCheckPort(old) && !ServiceStrategy.NeedsHealthCheckPort(given))
        {
            DropSame(spec, old, "healthCheckNodePort");
        }

        if (Text(old, "type") == "LoadBalancer" && Text(given, "type") != "LoadBalancer")
        {
            DropSame(spec, old, "allocateLoadBalancerNodePorts");
            DropSame(spec, old, "loadBalancerClass");
        }

        if (ServiceStrategy.IsExternal(old) && !ServiceStrategy.IsExternal(given))
        {
            DropSame(spec, old, "externalTrafficPolicy");
        }

        if (ServiceStrategy.NeedsAddress(old) && !ServiceStrategy.NeedsAddress(given))
        {
            DropSame(spec, old, "internalTrafficPolicy");
        }
    }

    private static void DropSame(JsonObject.Builder spec, JsonObject old, string member)
    {
        if (Equals(spec[member], old.Find(member)))
        {
            spec[member] = null;
        }
    }

    private static IEnumerable<long> NodePorts(JsonArray ports) => ports.Select(port => port["nodePort"]?.AsInteger ?? 0);

    private static string Text(JsonObject spec, string member) => spec.Find(member)?.AsString ?? "";
}
