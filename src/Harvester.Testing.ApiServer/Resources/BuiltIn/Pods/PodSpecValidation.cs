using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>What a pod's spec must satisfy, wherever it stands.</summary>
internal static class PodSpecValidation
{
    private static readonly string[] TaintEffects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

    /// <summary>Adds what is wrong with a pod's spec.</summary>
    /// <param name="spec">The spec; null when there is none.</param>
    /// <param name="field">Its path.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void Check(JsonValue? spec, string field, FieldErrors errors)
    {
        var volumes = VolumeValidation.Check(spec, field + ".volumes", errors);
        var rules = new ContainerValidation(errors, volumes, spec?["hostNetwork"]?.AsBoolean == true);
        if (spec?["containers"] is not JsonArray { Count: > 0 })
        {
            errors.Required(field + ".containers");
        }

        rules.CheckList(spec, field, "containers");
        rules.CheckList(spec, field, "initContainers");
        rules.CheckList(spec, field, "ephemeralContainers");
        rules.CheckHostPorts(spec, field);
        if (spec is null)
        {
            return;
        }

        OneOf(spec, field, "restartPolicy", errors, "Always", "OnFailure", "Never");
        OneOf(spec, field, "dnsPolicy", errors, "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
        OneOf(spec, field, "preemptionPolicy", errors, "PreemptLowerPriority", "Never");
        Names(spec, field, errors);
        errors.NotNegative(field + ".terminationGracePeriodSeconds", spec["terminationGracePeriodSeconds"]);
        if (spec["activeDeadlineSeconds"]?.AsInteger is { } deadline && deadline is < 1 or > int.MaxValue)
        {
            errors.Invalid(field + ".activeDeadlineSeconds", deadline, "must be between 1 and 2147483647, inclusive");
        }

        ValueForms.CheckLabels(errors, field + ".nodeSelector", spec["nodeSelector"]);
        Tolerations(spec, field + ".tolerations", errors);
        Gates(spec, field + ".schedulingGates", errors);
        Aliases(spec, field + ".hostAliases", errors);
        Spread(spec, field + ".topologySpreadConstraints", errors);
        if (spec["dnsPolicy"]?.AsString == "None" && spec.At("dnsConfig", "nameservers") is not JsonArray { Count: > 0 })
        {
            errors.Required(
                field + ".dnsConfig.nameservers", "must provide at least one DNS nameserver when `dnsPolicy` is None");
        }
    }

    private static void Names(JsonValue spec, string field, FieldErrors errors)
    {
        foreach (var name in (ReadOnlySpan<string>)["serviceAccountName", "nodeName", "priorityClassName", "runtimeClassName"])
        {
            if (spec[name]?.AsString is { Length: > 0 } text && ObjectMetadataRules.SubdomainError(text) is { } wrong)
            {
                errors.Invalid($"{field}.{name}", text, wrong);
            }
        }

        foreach (var name in (ReadOnlySpan<string>)["hostname", "subdomain"])
        {
            if (spec[name]?.AsString is { Length: > 0 } text && ObjectMetadataRules.LabelError(text) is { } wrong)
            {
                errors.Invalid($"{field}.{name}", text, wrong);
            }
        }

        if (spec["schedulingGates"] is JsonArray { Count: > 0 } && spec["nodeName"]?.AsString is { Length: > 0 })
        {
            errors.Forbidden(field + ".nodeName", "cannot be set until all schedulingGates have been cleared");
        }
    }

    private static void Tolerations(JsonValue spec, string field, FieldErrors errors)
    {
        var i = 0;
        foreach (var toleration in spec.Items("tolerations"))
        {
            var at = FieldErrors.Item(field, i++);
            string Text(string name) => toleration.Find(name)?.AsString ?? "";
            var key = Text("key");
            var wanted = Text("operator");
            if (key.Length > 0 && ObjectMetadataRules.QualifiedNameError(key) is { } wrong)
            {
                errors.Invalid(at + ".key", key, wrong);
            }

            if (key.Length == 0 && wanted != "Exists")
            {
                errors.Invalid(
                    at + ".operator",
                    wanted,
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
            }

            var effect = Text("effect");
            if (toleration.Has("tolerationSeconds") && effect != "NoExecute")
            {
                errors.Invalid(at + ".effect", effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
            }

            switch (wanted)
            {
                case "Equal" or "":
                    if (ObjectMetadataRules.LabelValueError(Text("value")) is { } badValue)
                    {
                        errors.Invalid(at + ".operator", Text("value"), badValue);
                    }

                    break;
                case "Exists":
                    if (Text("value").Length > 0)
                    {
                        errors.Invalid(
                            at + ".operator", toleration, "value must be empty when `operator` is 'Exists'");
                    }

                    break;
                default:
                    errors.NotSupported(at + ".operator", wanted, "Equal", "Exists");
                    break;
            }

            if (effect.Length > 0)
            {
                errors.OneOf(at + ".effect", effect, TaintEffects);
            }
        }
    }

    private static void Gates(JsonValue spec, string field, FieldErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var i = 0;
        foreach (var gate in spec.Items("schedulingGates"))
        {
            var at = FieldErrors.Item(field, i++);
            var name = gate.Find("name")?.AsString ?? "";
            if (ObjectMetadataRules.QualifiedNameError(name) is { } wrong)
            {
                errors.Invalid(at, name, wrong);
            }

            if (!seen.Add(name))
            {
                errors.Duplicate(at, name);
            }
        }
    }

    private static void Aliases(JsonValue spec, string field, FieldErrors errors)
    {
        var i = 0;
        foreach (var alias in spec.Items("hostAliases"))
        {
            var at = FieldErrors.Item(field, i++);
            var address = alias.Find("ip")?.AsString ?? "";
            if (ValueForms.AddressError(address) is { } wrong)
            {
                errors.Invalid(at + ".ip", address, wrong);
            }

            var names = alias.Find("hostnames") as JsonArray ?? JsonArray.Empty;
            for (var j = 0; j < names.Count; j++)
            {
                if (ObjectMetadataRules.SubdomainError(names[j].AsString ?? "") is { } bad)
                {
                    errors.Invalid(FieldErrors.Item(at + ".hostnames", j), names[j], bad);
                }
            }
        }
    }

    private static void Spread(JsonValue spec, string field, FieldErrors errors)
    {
        var seen = new HashSet<(string, string)>();
        var i = 0;
        foreach (var constraint in spec.Items("topologySpreadConstraints"))
        {
            var at = FieldErrors.Item(field, i++);
            if (constraint.Find("maxSkew")?.AsInteger is not > 0)
            {
                errors.Invalid(at + ".maxSkew", constraint.Find("maxSkew"), "must be greater than zero");
            }

            var key = constraint.Find("topologyKey")?.AsString ?? "";
            if (key.Length == 0)
            {
                errors.Required(at + ".topologyKey", "can not be empty");
            }
            else if (ObjectMetadataRules.QualifiedNameError(key) is { } wrong)
            {
                errors.Invalid(at + ".topologyKey", key, wrong);
            }

            var otherwise = constraint.Find("whenUnsatisfiable")?.AsString ?? "";
            errors.OneOf(at + ".whenUnsatisfiable", otherwise, "DoNotSchedule", "ScheduleAnyway");
            if (!seen.Add((key, otherwise)))
            {
                errors.DuplicateText($"{at}.{{topologyKey, whenUnsatisfiable}}", $"{{{key}, {otherwise}}}");
            }

            ValueForms.CheckSelector(errors, at + ".labelSelector", constraint.Find("labelSelector"));
        }
    }

    private static void OneOf(JsonValue spec, string field, string name, FieldErrors errors, params ReadOnlySpan<string> known)
    {
        if (spec[name]?.AsString is { Length: > 0 } text)
        {
            errors.OneOf($"{field}.{name}", text, known);
        }
    }
}
