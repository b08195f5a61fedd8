using System.Net;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Network;

/// <summary>Ingresses.</summary>
internal sealed class IngressStrategy : KindStrategy
{
    private const string ClassAnnotation = "kubernetes.io/ingress.class";

    private static readonly string[] BadParts = ["//", "/./", "/../", "%2f", "%2F"];

    private static readonly string[] BadEnds = ["/..", "/."];

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var rules = value.At("spec", "rules") as JsonArray ?? JsonArray.Empty;
        var backend = value.At("spec", "defaultBackend");
        if (rules.Count == 0 && backend is null)
        {
            errors.Invalid("spec", null, "either `defaultBackend` or `rules` must be specified");
        }

        if (backend is not null)
        {
            CheckBackend(backend, "spec.defaultBackend", errors);
        }

        for (var i = 0; i < rules.Count; i++)
        {
            CheckRule(rules[i], FieldErrors.Item("spec.rules", i), errors);
        }

        CheckCertificates(value.At("spec", "tls") as JsonArray ?? JsonArray.Empty, errors);
        if (value.At("spec", "ingressClassName")?.AsString is { } name)
        {
            if (ObjectMetadataRules.SubdomainError(name) is { } bad)
            {
                errors.Invalid("spec.ingressClassName", name, bad);
            }

            if (context.Live is null && value.At("metadata", "annotations", ClassAnnotation) is { } annotation)
            {
                errors.Invalid("annotations." + ClassAnnotation, annotation, "can not be set when the class field is also set");
            }
        }
    }

    /// <inheritdoc />
    public override void ValidateStatusUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var ingress = value.At("status", "loadBalancer", "ingress") as JsonArray ?? JsonArray.Empty;
        for (var i = 0; i < ingress.Count; i++)
        {
            var at = FieldErrors.Item("status.loadBalancer.ingress", i);
            if (ingress[i]["ip"]?.AsString is { Length: > 0 } address && ValueForms.AddressError(address) is { } bad)
            {
                errors.Invalid(at + ".ip", address, bad);
            }

            if (ingress[i]["hostname"]?.AsString is { Length: > 0 } host)
            {
                if (ObjectMetadataRules.SubdomainError(host) is { } wrong)
                {
                    errors.Invalid(at + ".hostname", host, wrong);
                }

                if (IPAddress.TryParse(host, out _))
                {
                    errors.Invalid(at + ".hostname", host, "must be a DNS name, not an IP address");
                }
            }
        }
    }

    /// <inheritdoc />
    public override IEnumerable<string> Warnings(RequestContext context, JsonObject value, JsonObject? old)
    {
        if (old is null && value.At("metadata", "annotations", ClassAnnotation) is not null && value.At("spec", "ingressClassName") is null)
        {
            yield return $"annotation \"{ClassAnnotation}\" is deprecated, please use 'spec.ingressClassName' instead";
        }
    }

    private static void CheckRule(JsonValue rule, string at, FieldErrors errors)
    {
        if (rule["host"]?.AsString is { Length: > 0 } host)
        {
            if (IPAddress.TryParse(host, out _))
            {
                errors.Invalid(at + ".host", host, "must be a DNS name, not an IP address");
            }
            else if (ValueForms.HostError(host) is { } bad)
            {
                errors.Invalid(at + ".host", host, bad);
            }
        }

        if (rule["http"] is not JsonObject http)
        {
            return;
        }

        var paths = http.Find("paths") as JsonArray ?? JsonArray.Empty;
        if (paths.Count == 0)
        {
            errors.Required(at + ".http.paths");
        }

        for (var i = 0; i < paths.Count; i++)
        {
            CheckPath(paths[i], FieldErrors.Item(at + ".http.paths", i), errors);
        }
    }

    private static void CheckPath(JsonValue path, string at, FieldErrors errors)
    {
        var type = path["pathType"]?.AsString;
        if (type is null)
        {
            errors.Required(at + ".pathType", "pathType must be specified");
            return;
        }

        var text = path["path"]?.AsString ?? "";
        switch (type)
        {
            case "Exact" or "Prefix":
                if (!text.StartsWith('/'))
                {
                    errors.Invalid(at + ".path", text, "must be an absolute path");
                }

                foreach (var part in BadParts.Where(part => text.Contains(part, StringComparison.Ordinal)))
                {
                    errors.Invalid(at + ".path", text, $"must not contain '{part}'");
                }

                foreach (var end in BadEnds.Where(end => text.EndsWith(end, StringComparison.Ordinal)))
                {
                    errors.Invalid(at + ".path", text, $"cannot end with '{end}'");
                }

                break;
            case "ImplementationSpecific":
                if (text.Length > 0 && !text.StartsWith('/'))
                {
                    errors.Invalid(at + ".path", text, "must be an absolute path");
                }

                break;
            default:
                errors.NotSupported(at + ".pathType", type, "Exact", "ImplementationSpecific", "Prefix");
                break;
        }

        CheckBackend(path["backend"] ?? JsonObject.Empty, at + ".backend", errors);
    }

    private static void CheckBackend(JsonValue backend, string at, FieldErrors errors)
    {
        var service = backend["service"] as JsonObject;
        var resource = backend["resource"] as JsonObject;
        if (service is not null && resource is not null)
        {
            errors.Invalid(at, "", "cannot set both resource and service backends");
            return;
        }

        if (resource is not null)
        {
            foreach (var member in (ReadOnlySpan<string>)["kind", "name"])
            {
                if (resource.Find(member)?.AsString is null or "")
                {
                    errors.Required($"{at}.resource.{member}");
                }
            }

            return;
        }

        if (service is null)
        {
            errors.Required(at, "resource or service backend is required");
            return;
        }

        var name = service.Find("name")?.AsString ?? "";
        if (name.Length == 0)
        {
            errors.Required(at + ".service.name");
        }
        else if (ObjectMetadataRules.LabelError(name) is { } bad)
        {
            errors.Invalid(at + ".service.name", name, bad);
        }

        var port = service.At("port", "name")?.AsString ?? "";
        var number = service.At("port", "number")?.AsInteger ?? 0;
        if (port.Length > 0 && number != 0)
        {
            errors.Invalid(at, "", "cannot set both port name & port number");
        }
        else if (port.Length > 0)
        {
            ValueForms.CheckPort(errors, at + ".service.port.name", port);
        }
        else if (number != 0)
        {
            ValueForms.CheckPort(errors, at + ".service.port.number", number);
        }
        else
        {
            errors.Required(at, "port name or number is required");
        }
    }

    private static void CheckCertificates(JsonArray tls, FieldErrors errors)
    {
        for (var i = 0; i < tls.Count; i++)
        {
            var at = FieldErrors.Item("spec.tls", i);
            var hosts = tls[i]["hosts"] as JsonArray ?? JsonArray.Empty;
            for (var h = 0; h < hosts.Count; h++)
            {
                if (ValueForms.HostError(hosts[h].AsString ?? "") is { } bad)
                {
                    errors.Invalid(FieldErrors.Item(at + ".hosts", h), hosts[h], bad);
                }
            }

            if (tls[i]["secretName"]?.AsString is { Length: > 0 } secret && ObjectMetadataRules.SubdomainError(secret) is { } wrong)
            {
                errors.Invalid(at + ".secretName", secret, wrong);
            }
        }
    }
}

/// <summary>Classes of ingresses.</summary>
internal sealed class IngressClassStrategy : KindStrategy
{
    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) =>
        value.Edit("spec", spec => spec.Edit("parameters", parameters => parameters.Default("scope", "Cluster")));

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var controller = value.At("spec", "controller")?.AsString ?? "";
        if (controller.Length == 0)
        {
            errors.Required("spec.controller");
        }
        else if (controller.Length > 250)
        {
            errors.TooLong("spec.controller", 250);
        }
        else if (controller.IndexOf('/', StringComparison.Ordinal) is var slash && (slash <= 0 || slash == controller.Length - 1))
        {
            errors.Invalid("spec.controller", controller, "must be a domain-prefixed path (such as \"acme.io/foo\")");
        }

        if (value.At("spec", "parameters") is not JsonObject parameters)
        {
            return;
        }

        foreach (var member in (ReadOnlySpan<string>)["kind", "name"])
        {
            if (parameters.Find(member)?.AsString is null or "")
            {
                errors.Required("spec.parameters." + member);
            }
        }

        var scope = parameters.Find("scope")?.AsString ?? "";
        errors.OneOf("spec.parameters.scope", scope, "Cluster", "Namespace");
        var hasNamespace = parameters.Find("namespace")?.AsString is { Length: > 0 };
        if (scope == "Namespace" && !hasNamespace)
        {
            errors.Required("spec.parameters.namespace", "`parameters.scope` is set to 'Namespace'");
        }
        else if (scope == "Cluster" && hasNamespace)
        {
            errors.Forbidden("spec.parameters.namespace", "`parameters.scope` is set to 'Cluster'");
        }
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes) =>
        new FieldErrors(causes).Immutable("spec.controller", value.At("spec", "controller"), old.At("spec", "controller"));
}
