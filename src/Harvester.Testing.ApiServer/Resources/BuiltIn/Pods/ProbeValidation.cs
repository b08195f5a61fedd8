using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>What probes and lifecycle handlers must satisfy.</summary>
internal static class ProbeValidation
{
    private static readonly string[] Handlers = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"];

    /// <summary>Checks the probes and handlers of a container.</summary>
    /// <param name="container">The container.</param>
    /// <param name="field">Its path.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void Check(JsonObject container, string field, FieldErrors errors)
    {
        if (container.Find("lifecycle") is JsonObject lifecycle)
        {
            foreach (var name in (ReadOnlySpan<string>)["postStart", "preStop"])
            {
                if (lifecycle.Find(name) is JsonObject handler)
                {
                    Handler(handler, $"{field}.lifecycle.{name}", errors);
                }
            }
        }

        foreach (var name in (ReadOnlySpan<string>)["livenessProbe", "readinessProbe", "startupProbe"])
        {
            if (container.Find(name) is not JsonObject probe)
            {
                continue;
            }

            var at = $"{field}.{name}";
            Handler(probe, at, errors);
            foreach (var number in (ReadOnlySpan<string>)["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"])
            {
                errors.NotNegative($"{at}.{number}", probe.Find(number));
            }

            if (probe.Find("terminationGracePeriodSeconds")?.AsInteger is { } grace)
            {
                if (name == "readinessProbe")
                {
                    errors.Invalid(at + ".terminationGracePeriodSeconds", grace, "must not be set for readinessProbes");
                }
                else if (grace <= 0)
                {
                    errors.Invalid(at + ".terminationGracePeriodSeconds", grace, "must be greater than 0");
                }
            }

            if (name != "readinessProbe" && probe.Find("successThreshold")?.AsInteger is { } threshold && threshold != 1)
            {
                errors.Invalid(at + ".successThreshold", threshold, "must be 1");
            }
        }
    }

    private static void Handler(JsonObject handler, string field, FieldErrors errors)
    {
        var count = 0;
        foreach (var name in Handlers)
        {
            if (handler.Find(name) is not JsonObject action)
            {
                continue;
            }

            var at = $"{field}.{name}";
            if (count++ > 0)
            {
                errors.Forbidden(at, "may not specify more than 1 handler type");
                continue;
            }

            switch (name)
            {
                case "exec":
                    if (action.Find("command") is not JsonArray { Count: > 0 })
                    {
                        errors.Required(at + ".command");
                    }

                    break;
                case "httpGet":
                    if (action.Find("path")?.AsString is null or { Length: 0 })
                    {
                        errors.Required(at + ".path");
                    }

                    ValueForms.CheckPort(errors, at + ".port", action.Find("port"));
                    errors.OneOf(at + ".scheme", action.Find("scheme")?.AsString ?? "", "HTTP", "HTTPS");
                    Headers(action, at + ".httpHeaders", errors);
                    break;
                case "tcpSocket" or "grpc":
                    ValueForms.CheckPort(errors, at + ".port", action.Find("port"));
                    break;
                default:
                    break;
            }
        }

        if (count == 0)
        {
            errors.Required(field, "must specify a handler type");
        }
    }

    private static void Headers(JsonObject action, string field, FieldErrors errors)
    {
        var i = 0;
        foreach (var header in action.Items("httpHeaders"))
        {
            var name = header.Find("name")?.AsString ?? "";
            if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
            {
                errors.Invalid(
                    FieldErrors.Item(field, i) + ".name",
                    name,
                    "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')");
            }

            i++;
        }
    }
}
