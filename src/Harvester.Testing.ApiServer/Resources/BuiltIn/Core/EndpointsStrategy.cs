using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Core;

/// <summary>Endpoints (B-22a).</summary>
internal sealed class EndpointsStrategy : KindStrategy
{
    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) => value.EditItems("subsets", subset =>
        subset.EditItems("ports", port => port.Default("protocol", "TCP")));

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var subsets = value.Find("subsets") as JsonArray ?? JsonArray.Empty;
        for (var i = 0; i < subsets.Count; i++)
        {
            var at = FieldErrors.Item("subsets", i);
            var addresses = subsets[i]["addresses"] as JsonArray ?? JsonArray.Empty;
            var unready = subsets[i]["notReadyAddresses"] as JsonArray ?? JsonArray.Empty;
            if (addresses.Count == 0 && unready.Count == 0)
            {
                errors.Required(at, "must specify `addresses` or `notReadyAddresses`");
            }

            CheckAddresses(addresses, at + ".addresses", errors);
            CheckAddresses(unready, at + ".notReadyAddresses", errors);
            CheckPorts(subsets[i]["ports"] as JsonArray ?? JsonArray.Empty, at + ".ports", errors);
        }
    }

    /// <inheritdoc />
    public override IEnumerable<string> Warnings(RequestContext context, JsonObject value, JsonObject? old) =>
        ["v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"];

    private static void CheckAddresses(JsonArray addresses, string field, FieldErrors errors)
    {
        for (var i = 0; i < addresses.Count; i++)
        {
            var address = addresses[i]["ip"]?.AsString ?? "";
            if (ValueForms.AddressError(address) is { } bad)
            {
                errors.Invalid(FieldErrors.Item(field, i) + ".ip", address, bad);
            }
            else if (SpecialAddressError(address) is { } special)
            {
                errors.Invalid(FieldErrors.Item(field, i) + ".ip", address, special);
            }

            if (addresses[i]["hostname"]?.AsString is { Length: > 0 } host && ObjectMetadataRules.LabelError(host) is { } wrong)
            {
                errors.Invalid(FieldErrors.Item(field, i) + ".hostname", host, wrong);
            }
        }
    }

    // An endpoint that leads back to whoever asks is none.
    private static string? SpecialAddressError(string text)
    {
        var address = ValueForms.Address(text)!;
        if (address.Equals(System.Net.IPAddress.Any) || address.Equals(System.Net.IPAddress.IPv6Any))
        {
            return "may not be unspecified (0.0.0.0 or ::)";
        }

        if (System.Net.IPAddress.IsLoopback(address))
        {
            return "may not be in the loopback range (127.0.0.0/8, ::1/128)";
        }

        var bytes = address.GetAddressBytes();
        return (bytes.Length == 4 && bytes[0] == 169 && bytes[1] == 254) || address.IsIPv6LinkLocal
            ? "may not be in the link-local range (169.254.0.0/16, fe80::/10)"
            : (bytes.Length == 4 && bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0) || (bytes.Length == 16 && bytes[0] == 0xff && (bytes[1] & 0xf) == 2)
                ? "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"
                : null;
    }

    private static void CheckPorts(JsonArray ports, string field, FieldErrors errors)
    {
        for (var i = 0; i < ports.Count; i++)
        {
            var at = FieldErrors.Item(field, i);
            var name = ports[i]["name"]?.AsString ?? "";
            if (ports.Count > 1 && name.Length == 0)
            {
                errors.Required(at + ".name");
            }
            else if (name.Length > 0 && ObjectMetadataRules.LabelError(name) is { } bad)
            {
                errors.Invalid(at + ".name", name, bad);
            }

            ValueForms.CheckPort(errors, at + ".port", ports[i]["port"]?.AsInteger ?? 0);
            errors.OneOf(at + ".protocol", ports[i]["protocol"]?.AsString ?? "", "SCTP", "TCP", "UDP");
        }
    }
}
