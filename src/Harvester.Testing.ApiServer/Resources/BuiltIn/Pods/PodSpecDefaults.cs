using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>The defaults of a pod's spec, wherever it stands: in a pod or in a template.</summary>
internal static class PodSpecDefaults
{
    private static readonly string[] ContainerLists = ["containers", "initContainers", "ephemeralContainers"];

    /// <summary>Fills in a template: its pod spec, nothing else.</summary>
    /// <param name="template">The template.</param>
    public static JsonObject ApplyToTemplate(JsonObject template) => template.Edit("spec", Apply);

    /// <summary>Fills in a pod's spec.</summary>
    /// <param name="spec">The spec.</param>
    public static JsonObject Apply(JsonObject spec)
    {
        spec = spec
            .Default("restartPolicy", "Always")
            .Default("dnsPolicy", "ClusterFirst")
            .Default("schedulerName", "default-scheduler")
            .Default("terminationGracePeriodSeconds", 30)
            .Default("securityContext", JsonObject.Empty);

        // Two names of one value; the newer one counts.
        var account = spec.Find("serviceAccountName") ?? spec.Find("serviceAccount");
        spec = spec.With("serviceAccountName", account).With("serviceAccount", account);
        foreach (var list in ContainerLists)
        {
            spec = spec.EditItems(list, Container);
        }

        return spec.EditItems("volumes", VolumeDefaults.Apply);
    }

    /// <summary>The tag of an image decides how often it is pulled.</summary>
    /// <param name="image">The image's reference.</param>
    public static string PullPolicy(string image)
    {
        var name = image;
        if (name.Contains('@', StringComparison.Ordinal))
        {
            return "IfNotPresent";
        }

        var colon = name.LastIndexOf(':');
        var tag = colon > name.LastIndexOf('/') ? name[(colon + 1)..] : null;
        return name.Length > 0 && tag is null or "latest" ? "Always" : "IfNotPresent";
    }

    private static JsonObject Container(JsonObject container)
    {
        container = container
            .Default("terminationMessagePath", "/dev/termination-log")
            .Default("terminationMessagePolicy", "File")
            .EditItems("ports", port => port.Default("protocol", "TCP"))
            .EditItems("env", variable => variable.Edit("valueFrom", ValueFrom))
            .Edit("livenessProbe", Probe)
            .Edit("readinessProbe", Probe)
            .Edit("startupProbe", Probe)
            .Edit("lifecycle", lifecycle => lifecycle
                .Edit("postStart", Handler)
                .Edit("preStop", Handler));
        return container.Has("imagePullPolicy")
            ? container
            : container.With("imagePullPolicy", PullPolicy(container.Find("image")?.AsString ?? ""));
    }

    private static JsonObject ValueFrom(JsonObject source) => source
        .Edit("fieldRef", VolumeDefaults.FieldRef)
        .Edit("fileKeyRef", file => file.Default("optional", false));

    private static JsonObject Probe(JsonObject probe) => Handler(probe)
        .Default("timeoutSeconds", 1)
        .Default("periodSeconds", 10)
        .Default("successThreshold", 1)
        .Default("failureThreshold", 3)
        .Edit("grpc", grpc => grpc.Default("service", ""));

    private static JsonObject Handler(JsonObject handler) => handler.Edit(
        "httpGet",
        get => get.Default("path", "/").Default("scheme", "HTTP"));
}
