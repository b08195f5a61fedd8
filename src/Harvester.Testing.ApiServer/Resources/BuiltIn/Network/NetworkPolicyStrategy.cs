using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Network;

/// <summary>Network policies.</summary>
internal sealed class NetworkPolicyStrategy : KindStrategy
{
    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) => value.Edit("spec", spec =>
    {
        foreach (var direction in (ReadOnlySpan<string>)["ingress", "egress"])
        {
            spec = spec.EditItems(direction, rule => rule.EditItems("ports", port => port.Default("protocol", "TCP")));
        }

        // Every policy is about what comes in, unless it says otherwise.
        return spec.Find("policyTypes") is JsonArray { Count: > 0 }
            ? spec
            : spec.With("policyTypes", spec.Find("egress") is JsonArray { Count: > 0 }
                ? JsonArray.Of("Ingress", "Egress")
                : JsonArray.Of("Ingress"));
    });

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        ValueForms.CheckSelector(errors, "spec.podSelector", value.At("spec", "podSelector"));
        CheckRules(value, "ingress", "from", errors);
        CheckRules(value, "egress", "to", errors);
        var types = value.At("spec", "policyTypes") as JsonArray ?? JsonArray.Empty;
        if (types.Count > 2)
        {
            errors.Invalid("spec.policyTypes", types, "may not specify more than two policyTypes");
            return;
        }

        for (var i = 0; i < types.Count; i++)
        {
            errors.OneOf(FieldErrors.Item("spec.policyTypes", i), types[i].AsString ?? "", "Egress", "Ingress");
        }
    }

    private static void CheckRules(JsonObject value, string direction, string side, FieldErrors errors)
    {
        var rules = value.At("spec", direction) as JsonArray ?? JsonArray.Empty;
        for (var i = 0; i < rules.Count; i++)
        {
            var at = FieldErrors.Item("spec." + direction, i);
            var ports = rules[i]["ports"] as JsonArray ?? JsonArray.Empty;
            for (var p = 0; p < ports.Count; p++)
            {
                CheckPort(ports[p], FieldErrors.Item(at + ".ports", p), errors);
            }

            var peers = rules[i][side] as JsonArray ?? JsonArray.Empty;
            for (var p = 0; p < peers.Count; p++)
            {
                CheckPeer(peers[p], FieldErrors.Item($"{at}.{side}", p), errors);
            }
        }
    }

    private static void CheckPort(JsonValue port, string at, FieldErrors errors)
    {
        errors.OneOf(at + ".protocol", port["protocol"]?.AsString ?? "", "SCTP", "TCP", "UDP");
        var number = port["port"];
        if (number is not null)
        {
            ValueForms.CheckPort(errors, at + ".port", number);
        }

        if (port["endPort"]?.AsInteger is not { } end)
        {
            return;
        }

        if (number is null)
        {
            errors.Required(at + ".port", "must be specified when endPort is used");
        }
        else if (number is JsonString)
        {
            errors.Invalid(at + ".port", number, "must be an integer when endPort is used");
        }
        else if (end < number.AsInteger)
        {
            errors.Invalid(at + ".endPort", end, "must be greater than or equal to `port`");
        }

        ValueForms.CheckPort(errors, at + ".endPort", end);
    }

    private static void CheckPeer(JsonValue peer, string at, FieldErrors errors)
    {
        var selectors = 0;
        foreach (var member in (ReadOnlySpan<string>)["podSelector", "namespaceSelector"])
        {
            if (peer[member] is JsonObject selector)
            {
                selectors++;
                ValueForms.CheckSelector(errors, $"{at}.{member}", selector);
            }
        }

        if (peer["ipBlock"] is not JsonObject block)
        {
            if (selectors == 0)
            {
                errors.Required(at, "must specify a peer");
            }

            return;
        }

        if (selectors > 0)
        {
            errors.Forbidden(at, "may not specify both ipBlock and another peer");
        }

        CheckBlock(block, at + ".ipBlock", errors);
    }

    private static void CheckBlock(JsonObject block, string at, FieldErrors errors)
    {
        var text = block.Find("cidr")?.AsString ?? "";
        if (text.Length == 0)
        {
            errors.Required(at + ".cidr");
            return;
        }

        if (ValueForms.NetworkError(text) is { } bad)
        {
            errors.Invalid(at + ".cidr", text, bad);
            return;
        }

        var whole = ValueForms.Network(text)!.Value;
        var exceptions = block.Find("except") as JsonArray ?? JsonArray.Empty;
        for (var i = 0; i < exceptions.Count; i++)
        {
            var field = FieldErrors.Item(at + ".except", i);
            var except = exceptions[i].AsString ?? "";
            if (ValueForms.NetworkError(except) is { } wrong)
            {
                errors.Invalid(field, except, wrong);
            }
            else if (ValueForms.Network(except)!.Value is var part
                     && (part.Prefix <= whole.Prefix || !Covers(whole.Address.GetAddressBytes(), whole.Prefix, part.Address.GetAddressBytes())))
            {
                errors.Invalid(field, except, "must be a strict subset of `cidr`");
            }
        }
    }

    private static bool Covers(byte[] network, int prefix, byte[] address)
    {
        if (network.Length != address.Length)
        {
            return false;
        }

        for (var bit = 0; bit < prefix; bit++)
        {
            var mask = 0x80 >> (bit % 8);
            if ((network[bit / 8] & mask) != (address[bit / 8] & mask))
            {
                return false;
            }
        }

        return true;
    }
}
