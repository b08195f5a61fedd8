using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Http.Tables;

/// <summary>Tables of services and of what leads to them.</summary>
internal static class NetworkTables
{
    private const int ShownItems = 3;

    public static Dictionary<string, TablePrinter> Printers { get; } = new()
    {
        ["services"] = new(
            "Name, Type, Cluster-IP, External-IP, Port(s), Age, Selector*",
            row => [
                row.Name,
                row.Text("spec", "type"),
                row.Items("spec", "clusterIPs").FirstOrDefault()?.AsString ?? row.TextOrNone("spec", "clusterIP"),
                ExternalAddress(row),
                ServicePorts(row),
                row.Age,
                row.Labels("spec", "selector")]),
        ["endpoints"] = new("Name, Endpoints, Age", row => [row.Name, Endpoints(row), row.Age]),
        ["endpointslices.discovery.k8s.io"] = new(
            "Name, AddressType, Ports, Endpoints, Age",
            row => [row.Name, row.Text("addressType"), SlicePorts(row), SliceEndpoints(row), row.Age]),
        ["ingresses.networking.k8s.io"] = new(
            "Name, Class, Hosts, Address, Ports, Age",
            row => [
                row.Name,
                row.TextOrNone("spec", "ingressClassName"),
                Hosts(row),
                LoadBalancer(row),
                row.Count("spec", "tls") > 0 ? "80, 443" : "80",
                row.Age]),
        ["ingressclasses.networking.k8s.io"] = new(
            "Name, Controller, Parameters, Age",
            row => [row.Name, row.Text("spec", "controller"), Parameters(row), row.Age]),
        ["networkpolicies.networking.k8s.io"] = new(
            "Name, Pod-Selector, Age",
            row => [row.Name, row.Selector("spec", "podSelector"), row.Age]),
        ["servicecidrs.networking.k8s.io"] = new(
            "Name, CIDRs, Age",
            row => [row.Name, Texts(row.Items("spec", "cidrs")), row.Age]),
        ["ipaddresses.networking.k8s.io"] = new("Name, ParentRef, Age", row => [row.Name, ParentReference(row), row.Age]),
    };

    private static string ExternalAddress(TableRow row)
    {
        var external = string.Join(',', row.Items("spec", "externalIPs").Select(item => item.AsString));
        switch (row.Text("spec", "type"))
        {
            case "ClusterIP" or "NodePort":
                return external.Length == 0 ? TableRow.None : external;
            case "LoadBalancer":
                var all = string.Join(',', new[] { LoadBalancer(row), external }.Where(part => part.Length > 0));
                return all.Length == 0 ? "<pending>" : all;
            case "ExternalName":
                return row.Text("spec", "externalName");
            default:
                return "<unknown>";
        }
    }

    private static string LoadBalancer(TableRow row) => string.Join(',', row.Items("status", "loadBalancer", "ingress")
        .Select(ingress => ingress["ip"]?.AsString ?? ingress["hostname"]?.AsString ?? "")
        .Where(address => address.Length > 0)
        .Distinct()
        .Order(StringComparer.Ordinal));

    private static string ServicePorts(TableRow row)
    {
        var ports = row.Items("spec", "ports");
        return ports.Count == 0
            ? TableRow.None
            : string.Join(',', ports.Select(port =>
            {
                var nodePort = port["nodePort"]?.AsInteger ?? 0;
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{port["port"]?.AsInteger}{(nodePort > 0 ? $":{nodePort}" : "")}/{port["protocol"]?.AsString}");
            }));
    }

    private static string Endpoints(TableRow row)
    {
        var all = new List<string>();
        foreach (var subset in row.Items("subsets"))
        {
            var addresses = subset["addresses"] as JsonArray ?? JsonArray.Empty;
            if (subset["ports"] is not JsonArray { Count: > 0 } ports)
            {
                all.AddRange(addresses.Select(address => address["ip"]?.AsString ?? ""));
                continue;
            }

            all.AddRange(ports.SelectMany(port => addresses.Select(address =>
                string.Create(CultureInfo.InvariantCulture, $"{Host(address["ip"]?.AsString ?? "")}:{port["port"]?.AsInteger}"))));
        }

        return Few(all, TableRow.None);
    }

    private static string Host(string address) => address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;

    private static string SlicePorts(TableRow row) => Few(
        [.. row.Items("ports").Select(port => port["port"]?.AsInteger is { } number ? number.ToString(CultureInfo.InvariantCulture) : "*")],
        TableRow.Unset);

    private static string SliceEndpoints(TableRow row) => Few(
        [.. row.Items("endpoints").SelectMany(endpoint => endpoint["addresses"] as JsonArray ?? JsonArray.Empty).Select(address => address.AsString ?? "")],
        TableRow.Unset);

    private static string Hosts(TableRow row) => Few(
        [.. row.Items("spec", "rules").Select(rule => rule["host"]?.AsString ?? "").Where(host => host.Length > 0)],
        "*");

    private static string Parameters(TableRow row)
    {
        var parameters = row.Object.At("spec", "parameters");
        if (parameters is not JsonObject)
        {
            return TableRow.None;
        }

        var kind = parameters["apiGroup"]?.AsString is { Length: > 0 } group
            ? $"{parameters["kind"]?.AsString}.{group}"
            : parameters["kind"]?.AsString;
        return $"{kind}/{parameters["name"]?.AsString}";
    }

    private static string ParentReference(TableRow row)
    {
        var parent = row.Object.At("spec", "parentRef");
        var group = parent?["group"]?.AsString ?? "";
        var resource = parent?["resource"]?.AsString ?? "";
        var path = string.Join('/', new[] { parent?["namespace"]?.AsString, parent?["name"]?.AsString }.Where(part => !string.IsNullOrEmpty(part)));
        return parent is null ? "" : $"{(group.Length == 0 ? resource : $"{resource}.{group}")}/{path}";
    }

    private static string Texts(IReadOnlyList<JsonValue> items) => string.Join(',', items.Select(item => item.AsString));

    private static string Few(List<string> all, string none)
    {
        if (all.Count == 0)
        {
            return none;
        }

        var shown = string.Join(',', all.Take(ShownItems));
        return all.Count > ShownItems
            ? string.Create(CultureInfo.InvariantCulture, $"{shown} + {all.Count - ShownItems} more...")
            : shown;
    }
}
