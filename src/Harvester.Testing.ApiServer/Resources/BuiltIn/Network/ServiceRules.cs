using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Network;

/// <summary>What the spec of a service must satisfy.</summary>
internal static class ServiceRules
{
    private const string OnlyForLoadBalancers = "may only be used when `type` is 'LoadBalancer'";

    private const long AffinityLimit = 86400;

    public static void Validate(JsonObject spec, FieldErrors errors)
    {
        var type = Text(spec, "type");
        var ports = spec.Find("ports") as JsonArray ?? JsonArray.Empty;
        if (ports.Count == 0 && !ServiceStrategy.IsHeadless(spec) && type != "ExternalName")
        {
            errors.Required("spec.ports");
        }

        CheckType(spec, type, ports, errors);
        CheckPorts(ports, type, errors);
        ValueForms.CheckLabels(errors, "spec.selector", spec.Find("selector"));
        CheckAffinity(spec, errors);
        CheckList(spec, "externalIPs", ValueForms.AddressError, errors);
        CheckLoadBalancer(spec, type, errors);
        CheckTrafficPolicies(spec, type, errors);
        ServiceAddressRules.Validate(spec, type, errors);
    }

    public static void ValidateUpdate(JsonObject spec, JsonObject old, FieldErrors errors)
    {
        ServiceAddressRules.ValidateUpdate(spec, old, errors);
        if (Text(spec, "type") == "LoadBalancer" && Text(old, "type") == "LoadBalancer")
        {
            if (!Equals(spec.Find("loadBalancerClass"), old.Find("loadBalancerClass")))
            {
                errors.Invalid("spec.loadBalancerClass", spec.Find("loadBalancerClass"), "may not change once set");
            }
        }

        var port = old.Find("healthCheckNodePort")?.AsInteger ?? 0;
        if (ServiceStrategy.NeedsHealthCheckPort(spec) && ServiceStrategy.NeedsHealthCheckPort(old)
            && port != (spec.Find("healthCheckNodePort")?.AsInteger ?? 0))
        {
            errors.Forbidden("spec.healthCheckNodePort", "field is immutable");
        }
    }

    private static void CheckType(JsonObject spec, string type, JsonArray ports, FieldErrors errors)
    {
        switch (type)
        {
            case "LoadBalancer" or "NodePort":
                if (ServiceStrategy.IsHeadless(spec))
                {
                    errors.Invalid("spec.clusterIPs[0]", "None", $"may not be set to 'None' for {type} services");
                }

                for (var i = 0; i < ports.Count && type == "LoadBalancer"; i++)
                {
                    if (ports[i]["port"]?.AsInteger == 10250)
                    {
                        errors.Invalid(
                            FieldErrors.Item("spec.ports", i), 10250, "may not expose port 10250 externally since it is used by kubelet");
                    }
                }

                break;
            case "ExternalName":
                foreach (var member in (ReadOnlySpan<string>)["clusterIPs", "ipFamilies", "ipFamilyPolicy"])
                {
                    if (spec.Has(member))
                    {
                        errors.Forbidden("spec." + member, "may not be set for ExternalName services");
                    }
                }

                var name = Text(spec, "externalName");
                if (name.Length == 0)
                {
                    errors.Required("spec.externalName");
                }
                else if (ObjectMetadataRules.SubdomainError(name.EndsWith('.') ? name[..^1] : name) is { } bad)
                {
                    errors.Invalid("spec.externalName", name, bad);
                }

                break;
            default:
                errors.OneOf("spec.type", type, "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
                break;
        }
    }

    private static void CheckPorts(JsonArray ports, string type, FieldErrors errors)
    {
        var names = new HashSet<string>();
        var numbers = new HashSet<(string, long)>();
        var nodePorts = new HashSet<(string, long)>();
        for (var i = 0; i < ports.Count; i++)
        {
            var port = ports[i];
            var at = FieldErrors.Item("spec.ports", i);
            CheckName(port["name"]?.AsString ?? "", ports.Count > 1, names, at, errors);
            ValueForms.CheckPort(errors, at + ".port", port["port"]?.AsInteger ?? 0);
            var protocol = port["protocol"]?.AsString ?? "";
            errors.OneOf(at + ".protocol", protocol, "SCTP", "TCP", "UDP");
            ValueForms.CheckPort(errors, at + ".targetPort", port["targetPort"]);
            if (port["appProtocol"]?.AsString is { } app && ObjectMetadataRules.QualifiedNameError(app) is { } bad)
            {
                errors.Invalid(at + ".appProtocol", app, bad);
            }

            var number = port["port"]?.AsInteger ?? 0;
            if (!numbers.Add((protocol, number)))
            {
                errors.DuplicateText(
                    at,
                    $"{{\"Name\":\"\",\"Protocol\":\"{protocol}\",\"AppProtocol\":null,\"Port\":{number},\"TargetPort\":0,\"NodePort\":0}}");
            }

            var nodePort = port["nodePort"]?.AsInteger ?? 0;
            if (nodePort == 0)
            {
                continue;
            }

            if (type is "ClusterIP")
            {
                errors.Forbidden(at + ".nodePort", "may not be used when `type` is 'ClusterIP'");
            }

            if (!nodePorts.Add((protocol, nodePort)))
            {
                errors.Duplicate(at + ".nodePort", nodePort);
            }
        }
    }

    private static void CheckName(string name, bool isRequired, HashSet<string> names, string at, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            if (isRequired)
            {
                errors.Required(at + ".name");
            }

            return;
        }

        if (ObjectMetadataRules.LabelError(name) is { } bad)
        {
            errors.Invalid(at + ".name", name, bad);
        }

        if (!names.Add(name))
        {
            errors.Duplicate(at + ".name", name);
        }
    }

    private static void CheckAffinity(JsonObject spec, FieldErrors errors)
    {
        var affinity = Text(spec, "sessionAffinity");
        errors.OneOf("spec.sessionAffinity", affinity, "ClientIP", "None");
        if (affinity == "ClientIP"
            && spec.At("sessionAffinityConfig", "clientIP", "timeoutSeconds")?.AsInteger is { } seconds and (<= 0 or > AffinityLimit))
        {
            errors.Invalid("spec.sessionAffinityConfig.clientIP.timeoutSeconds", seconds, $"must be greater than 0 and less than {AffinityLimit}");
        }
    }

    private static void CheckLoadBalancer(JsonObject spec, string type, FieldErrors errors)
    {
        if (type == "LoadBalancer")
        {
            CheckList(spec, "loadBalancerSourceRanges", text => ValueForms.NetworkError(text.Trim()), errors);
            if (spec.Find("loadBalancerClass") is JsonString name && ObjectMetadataRules.QualifiedNameError(name.Value) is { } bad)
            {
                errors.Invalid("spec.loadBalancerClass", name, bad);
            }

            return;
        }

        foreach (var member in (ReadOnlySpan<string>)["loadBalancerSourceRanges", "allocateLoadBalancerNodePorts", "loadBalancerClass"])
        {
            if (spec.Has(member))
            {
                errors.Forbidden("spec." + member, OnlyForLoadBalancers);
            }
        }
    }

    private static void CheckTrafficPolicies(JsonObject spec, string type, FieldErrors errors)
    {
        var external = Text(spec, "externalTrafficPolicy");
        if (ServiceStrategy.IsExternal(spec))
        {
            if (external.Length > 0)
            {
                errors.OneOf("spec.externalTrafficPolicy", external, "Cluster", "Local");
            }
            else if (type is "NodePort" or "LoadBalancer")
            {
                errors.Required("spec.externalTrafficPolicy");
            }
        }
        else if (external.Length > 0)
        {
            errors.Invalid("spec.externalTrafficPolicy", external, "may only be set for externally-accessible services");
        }

        var port = spec.Find("healthCheckNodePort")?.AsInteger ?? 0;
        if (port < 0 || (port != 0 && !ServiceStrategy.NeedsHealthCheckPort(spec)))
        {
            errors.Invalid(
                "spec.healthCheckNodePort",
                port,
                "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        }

        if (Text(spec, "internalTrafficPolicy") is { Length: > 0 } inner)
        {
            errors.OneOf("spec.internalTrafficPolicy", inner, "Cluster", "Local");
        }

        if (Text(spec, "trafficDistribution") is { Length: > 0 } distribution)
        {
            errors.OneOf("spec.trafficDistribution", distribution, "PreferClose", "PreferSameNode", "PreferSameZone");
        }
    }

    private static void CheckList(JsonObject spec, string member, Func<string, string?> check, FieldErrors errors)
    {
        var items = spec.Find(member) as JsonArray ?? JsonArray.Empty;
        for (var i = 0; i < items.Count; i++)
        {
            if (check(items[i].AsString ?? "") is { } bad)
            {
                errors.Invalid(FieldErrors.Item("spec." + member, i), items[i], bad);
            }
        }
    }

    private static string Text(JsonObject spec, string member) => spec.Find(member)?.AsString ?? "";
}
