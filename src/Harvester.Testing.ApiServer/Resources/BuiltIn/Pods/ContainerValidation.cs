using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>What containers must satisfy.</summary>
/// <param name="errors">Receives the errors.</param>
/// <param name="volumes">The names of the pod's volumes.</param>
/// <param name="onHost">True for a pod on the host's network.</param>
internal sealed class ContainerValidation(FieldErrors errors, HashSet<string> volumes, bool onHost)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Checks one list of containers; names are taken once among all lists.</summary>
    /// <param name="spec">The pod's spec.</param>
    /// <param name="field">Its path.</param>
    /// <param name="list">The list's name.</param>
    public void CheckList(JsonValue? spec, string field, string list)
    {
        var i = 0;
        foreach (var container in spec.Items(list))
        {
            Check(container, FieldErrors.Item($"{field}.{list}", i++), list);
        }
    }

    /// <summary>Checks that no port of the host is taken twice.</summary>
    /// <param name="spec">The pod's spec.</param>
    /// <param name="field">Its path.</param>
    public void CheckHostPorts(JsonValue? spec, string field)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var i = 0;
        foreach (var container in spec.Items("containers"))
        {
            var at = FieldErrors.Item(field + ".containers", i++);
            var j = 0;
            foreach (var port in container.Items("ports"))
            {
                var portField = FieldErrors.Item(at + ".ports", j++);
                if (port.Find("hostPort")?.AsInteger is not (> 0 and var number))
                {
                    continue;
                }

                var text = $"{port.Find("protocol")?.AsString}/{port.Find("hostIP")?.AsString}/{RequestContext.Text(number)}";
                if (!taken.Add(text))
                {
                    errors.Duplicate(portField + ".hostPort", text);
                }
            }
        }
    }

    private void Check(JsonObject container, string at, string list)
    {
        var name = Text(container, "name");
        if (name.Length == 0)
        {
            errors.Required(at + ".name");
        }
        else if (ObjectMetadataRules.LabelError(name) is { } wrong)
        {
            errors.Invalid(at + ".name", name, wrong);
        }

        if (name.Length > 0 && !_names.Add(name))
        {
            errors.Duplicate(at + ".name", name);
        }

        var image = Text(container, "image");
        if (image.Length == 0)
        {
            errors.Required(at + ".image");
        }
        else if (image.Trim().Length != image.Length)
        {
            errors.Invalid(at + ".image", image, "must not have leading or trailing whitespace");
        }

        if (Text(container, "terminationMessagePolicy") is { Length: > 0 } policy)
        {
            errors.OneOf(at + ".terminationMessagePolicy", policy, "FallbackToLogsOnError", "File");
        }

        Ports(container, at + ".ports");
        EnvironmentValidation.Check(container, at, errors);
        Mounts(container, at + ".volumeMounts");
        if (Text(container, "imagePullPolicy") is { Length: > 0 } pull)
        {
            errors.OneOf(at + ".imagePullPolicy", pull, "Always", "IfNotPresent", "Never");
        }

        ResourceValidation.Check(container.Find("resources"), at + ".resources", errors);
        var restarts = Text(container, "restartPolicy");
        var isSidecar = list == "initContainers" && restarts == "Always";
        if (list == "initContainers" && restarts.Length > 0)
        {
            errors.OneOf(at + ".restartPolicy", restarts, "Always", "Never", "OnFailure");
        }

        if (list == "initContainers" && !isSidecar)
        {
            foreach (var probe in (ReadOnlySpan<string>)["livenessProbe", "readinessProbe", "startupProbe"])
            {
                if (container.Has(probe))
                {
                    errors.Forbidden($"{at}.{probe}", "may not be set for init containers without restartPolicy=Always");
                }
            }

            if (container.Has("lifecycle"))
            {
                errors.Forbidden(at + ".lifecycle", "may not be set for init containers without restartPolicy=Always");
            }

            return;
        }

        ProbeValidation.Check(container, at, errors);
    }

    private void Ports(JsonObject container, string field)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var i = 0;
        foreach (var port in container.Items("ports"))
        {
            var at = FieldErrors.Item(field, i++);
            var name = Text(port, "name");
            if (name.Length > 0)
            {
                var wrong = ValueForms.PortNameErrors(name).ToList();
                foreach (var why in wrong)
                {
                    errors.Invalid(at + ".name", name, why);
                }

                if (wrong.Count == 0 && !names.Add(name))
                {
                    errors.Duplicate(at + ".name", name);
                }
            }

            var number = port.Find("containerPort")?.AsInteger ?? 0;
            if (number == 0)
            {
                errors.Required(at + ".containerPort");
            }
            else if (number is < 1 or > 65535)
            {
                errors.Invalid(at + ".containerPort", number, "must be between 1 and 65535, inclusive");
            }

            var hostPort = port.Find("hostPort")?.AsInteger ?? 0;
            if (hostPort is < 0 or > 65535)
            {
                errors.Invalid(at + ".hostPort", hostPort, "must be between 1 and 65535, inclusive");
            }
            else if (onHost && hostPort != 0 && hostPort != number)
            {
                errors.Invalid(at + ".hostPort", hostPort, "must match `containerPort` when `hostNetwork` is true");
            }

            if (Text(port, "protocol") is not { Length: > 0 } protocol)
            {
                errors.Required(at + ".protocol");
            }
            else
            {
                errors.OneOf(at + ".protocol", protocol, "SCTP", "TCP", "UDP");
            }
        }
    }

    private void Mounts(JsonObject container, string field)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var i = 0;
        foreach (var mount in container.Items("volumeMounts"))
        {
            var at = FieldErrors.Item(field, i++);
            var name = Text(mount, "name");
            if (name.Length == 0)
            {
                errors.Required(at + ".name");
            }
            else if (!volumes.Contains(name))
            {
                errors.NotFound(at + ".name", name);
            }

            var path = Text(mount, "mountPath");
            if (path.Length == 0)
            {
                errors.Required(at + ".mountPath");
            }

            if (!paths.Add(path))
            {
                errors.Invalid(at + ".mountPath", path, "must be unique");
            }

            foreach (var part in (ReadOnlySpan<string>)["subPath", "subPathExpr"])
            {
                if (Text(mount, part) is { Length: > 0 } inside)
                {
                    PathValidation.CheckInside(inside, $"{at}.{part}", errors);
                }
            }

            if (Text(mount, "subPath").Length > 0 && Text(mount, "subPathExpr").Length > 0)
            {
                errors.Invalid(at + ".subPathExpr", mount.Find("subPathExpr"), "subPathExpr and subPath are mutually exclusive");
            }
        }
    }

    private static string Text(JsonObject value, string name) => value.Find(name)?.AsString ?? "";
}
