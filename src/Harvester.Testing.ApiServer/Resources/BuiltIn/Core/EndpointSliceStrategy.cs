using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Core;

/// <summary>Endpoint slices.</summary>
internal sealed class EndpointSliceStrategy : KindStrategy
{
    private const int EndpointLimit = 1000;

    private const int AddressLimit = 100;

    private const int PortLimit = 20000;

    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) =>
        value.EditItems("ports", port => port.Default("name", "").Default("protocol", "TCP"));

    /// <summary>Labels say which service a slice belongs to: a change of them counts too.</summary>
    /// <inheritdoc />
    public override bool ChangesGeneration(JsonObject value, JsonObject old) =>
        base.ChangesGeneration(value, old) || !Equals(value.At("metadata", "labels"), old.At("metadata", "labels"));

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var type = value.Find("addressType")?.AsString ?? "";
        if (type.Length == 0)
        {
            errors.Required("addressType");
        }
        else
        {
            errors.OneOf("addressType", type, "FQDN", "IPv4", "IPv6");
        }

        var endpoints = value.Find("endpoints") as JsonArray ?? JsonArray.Empty;
        if (endpoints.Count > EndpointLimit)
        {
            errors.TooMany("endpoints", endpoints.Count, EndpointLimit);
            return;
        }

        for (var i = 0; i < endpoints.Count; i++)
        {
            CheckEndpoint(endpoints[i], FieldErrors.Item("endpoints", i), type, errors);
        }

        CheckPorts(value.Find("ports") as JsonArray ?? JsonArray.Empty, errors);
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes) =>
        new FieldErrors(causes).Immutable("addressType", value.Find("addressType"), old.Find("addressType"));

    private static void CheckEndpoint(JsonValue endpoint, string at, string type, FieldErrors errors)
    {
        var addresses = endpoint["addresses"] as JsonArray ?? JsonArray.Empty;
        if (addresses.Count == 0)
        {
            errors.Required(at + ".addresses");
        }
        else if (addresses.Count > AddressLimit)
        {
            errors.TooMany(at + ".addresses", addresses.Count, AddressLimit);
        }

        for (var i = 0; i < addresses.Count; i++)
        {
            var address = addresses[i].AsString ?? "";
            var field = FieldErrors.Item(at + ".addresses", i);
            var bad = type switch
            {
                "IPv4" or "IPv6" => ValueForms.AddressError(address)
                    ?? (ValueForms.Family(address) == type ? null : $"must be an {type} address"),
                "FQDN" => ObjectMetadataRules.SubdomainError(address),
                _ => null,
            };
            if (bad is not null)
            {
                errors.Invalid(field, address, bad);
            }
        }

        if (endpoint["nodeName"]?.AsString is { } node && ObjectMetadataRules.SubdomainError(node) is { } wrong)
        {
            errors.Invalid(at + ".nodeName", node, wrong);
        }

        if (endpoint["hostname"]?.AsString is { } host && ObjectMetadataRules.LabelError(host) is { } malformed)
        {
            errors.Invalid(at + ".hostname", host, malformed);
        }
    }

    private static void CheckPorts(JsonArray ports, FieldErrors errors)
    {
        if (ports.Count > PortLimit)
        {
            errors.TooMany("ports", ports.Count, PortLimit);
            return;
        }

        var names = new HashSet<string>();
        for (var i = 0; i < ports.Count; i++)
        {
            var at = FieldErrors.Item("ports", i);
            var name = ports[i]["name"]?.AsString ?? "";
            if (name.Length > 0 && ObjectMetadataRules.LabelError(name) is { } bad)
            {
                errors.Invalid(at + ".name", name, bad);
            }

            if (!names.Add(name))
            {
                errors.Duplicate(at + ".name", name);
            }

            errors.OneOf(at + ".protocol", ports[i]["protocol"]?.AsString ?? "", "SCTP", "TCP", "UDP");
            if (ports[i]["appProtocol"]?.AsString is { } app && ObjectMetadataRules.QualifiedNameError(app) is { } wrong)
            {
                errors.Invalid(at + ".appProtocol", app, wrong);
            }
        }
    }
}
