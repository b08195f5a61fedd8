using System.Collections.Frozen;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>
/// What the client's model assembly does not tell about the built-in kinds: how clients may write them, how they are
/// called for short, what there is below them. Kinds are named <c>plural.group</c>, those of the core group just by plural.
/// </summary>
internal static class BuiltInFacts
{
    private static readonly FrozenSet<string> WithGeneration = FrozenSet.Create(
        "pods", "replicationcontrollers", "deployments.apps", "daemonsets.apps", "statefulsets.apps", "replicasets.apps",
        "jobs.batch", "cronjobs.batch", "ingresses.networking.k8s.io", "ingressclasses.networking.k8s.io",
        "networkpolicies.networking.k8s.io", "poddisruptionbudgets.policy", "horizontalpodautoscalers.autoscaling",
        "priorityclasses.scheduling.k8s.io", "endpointslices.discovery.k8s.io",
        "customresourcedefinitions.apiextensions.k8s.io",
        "flowschemas.flowcontrol.apiserver.k8s.io", "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
        "validatingwebhookconfigurations.admissionregistration.k8s.io",
        "mutatingwebhookconfigurations.admissionregistration.k8s.io",
        "validatingadmissionpolicies.admissionregistration.k8s.io",
        "validatingadmissionpolicybindings.admissionregistration.k8s.io",
        "mutatingadmissionpolicies.admissionregistration.k8s.io",
        "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
        "resourceslices.resource.k8s.io", "deviceclasses.resource.k8s.io", "devicetaintrules.resource.k8s.io");

    private static readonly FrozenSet<string> Conditional = FrozenSet.Create(
        "customresourcedefinitions.apiextensions.k8s.io", "apiservices.apiregistration.k8s.io", "leases.coordination.k8s.io",
        "poddisruptionbudgets.policy", "leasecandidates.coordination.k8s.io",
        "validatingwebhookconfigurations.admissionregistration.k8s.io",
        "mutatingwebhookconfigurations.admissionregistration.k8s.io",
        "validatingadmissionpolicies.admissionregistration.k8s.io",
        "validatingadmissionpolicybindings.admissionregistration.k8s.io",
        "mutatingadmissionpolicies.admissionregistration.k8s.io",
        "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
        "flowschemas.flowcontrol.apiserver.k8s.io", "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io");

    private static readonly FrozenSet<string> CreatedByPut = FrozenSet.Create(
        "services", "endpoints", "events", "events.events.k8s.io", "limitranges", "leases.coordination.k8s.io",
        "roles.rbac.authorization.k8s.io", "rolebindings.rbac.authorization.k8s.io",
        "clusterroles.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io");

    private static readonly FrozenDictionary<string, string[]> ShortNames = new Dictionary<string, string[]>
    {
        ["componentstatuses"] = ["cs"],
        ["configmaps"] = ["cm"],
        ["endpoints"] = ["ep"],
        ["events"] = ["ev"],
        ["events.events.k8s.io"] = ["ev"],
        ["limitranges"] = ["limits"],
        ["namespaces"] = ["ns"],
        ["nodes"] = ["no"],
        ["persistentvolumeclaims"] = ["pvc"],
        ["persistentvolumes"] = ["pv"],
        ["pods"] = ["po"],
        ["replicationcontrollers"] = ["rc"],
        ["resourcequotas"] = ["quota"],
        ["serviceaccounts"] = ["sa"],
        ["services"] = ["svc"],
        ["daemonsets.apps"] = ["ds"],
        ["deployments.apps"] = ["deploy"],
        ["replicasets.apps"] = ["rs"],
        ["statefulsets.apps"] = ["sts"],
        ["cronjobs.batch"] = ["cj"],
        ["horizontalpodautoscalers.autoscaling"] = ["hpa"],
        ["certificatesigningrequests.certificates.k8s.io"] = ["csr"],
        ["customresourcedefinitions.apiextensions.k8s.io"] = ["crd", "crds"],
        ["ingresses.networking.k8s.io"] = ["ing"],
        ["ipaddresses.networking.k8s.io"] = ["ip"],
        ["networkpolicies.networking.k8s.io"] = ["netpol"],
        ["poddisruptionbudgets.policy"] = ["pdb"],
        ["priorityclasses.scheduling.k8s.io"] = ["pc"],
        ["storageclasses.storage.k8s.io"] = ["sc"],
        ["volumeattributesclasses.storage.k8s.io"] = ["vac"],
    }.ToFrozenDictionary();

    // What `kubectl get all` shows.
    private static readonly FrozenSet<string> ShownWithAll = FrozenSet.Create(
        "pods", "replicationcontrollers", "services", "daemonsets.apps", "deployments.apps", "replicasets.apps",
        "statefulsets.apps", "cronjobs.batch", "jobs.batch", "horizontalpodautoscalers.autoscaling");

    private static readonly FrozenSet<string> Extensions = FrozenSet.Create(
        "customresourcedefinitions.apiextensions.k8s.io", "apiservices.apiregistration.k8s.io",
        "validatingwebhookconfigurations.admissionregistration.k8s.io",
        "mutatingwebhookconfigurations.admissionregistration.k8s.io",
        "validatingadmissionpolicies.admissionregistration.k8s.io",
        "validatingadmissionpolicybindings.admissionregistration.k8s.io",
        "mutatingadmissionpolicies.admissionregistration.k8s.io",
        "mutatingadmissionpolicybindings.admissionregistration.k8s.io");

    private static readonly string[] AllVerbs =
        ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    private static readonly string[] StreamVerbs = ["create", "get"];

    private static readonly string[] ProxyVerbs = ["create", "delete", "get", "patch", "update"];

    private static readonly FrozenDictionary<string, SubresourceEntry[]> Subresources = new Dictionary<string, SubresourceEntry[]>
    {
        ["pods"] =
        [
            new("attach", "PodAttachOptions", StreamVerbs),
            new("binding", "Binding", ["create"]),
            new("ephemeralcontainers", "Pod", SubresourceEntry.Readable),
            new("eviction", "Eviction", ["create"], "policy", "v1"),
            new("exec", "PodExecOptions", StreamVerbs),
            new("log", "Pod", ["get"]),
            new("portforward", "PodPortForwardOptions", StreamVerbs),
            new("proxy", "PodProxyOptions", ProxyVerbs),
            new("resize", "Pod", SubresourceEntry.Readable),
        ],
        ["nodes"] = [new("proxy", "NodeProxyOptions", ProxyVerbs)],
        ["services"] = [new("proxy", "ServiceProxyOptions", ProxyVerbs)],
        ["namespaces"] = [new("finalize", "Namespace", ["update"])],
        ["serviceaccounts"] = [new("token", "TokenRequest", ["create"], "authentication.k8s.io", "v1")],
        ["certificatesigningrequests.certificates.k8s.io"] =
            [new("approval", "CertificateSigningRequest", SubresourceEntry.Readable)],
    }.ToFrozenDictionary();

    public static bool HasGeneration(string name) => WithGeneration.Contains(name);

    /// <summary>True when a PUT must carry a resourceVersion.</summary>
    public static bool IsConditional(string name) => Conditional.Contains(name);

    /// <summary>True when a PUT of a missing name creates it.</summary>
    public static bool IsCreatedByPut(string name) => CreatedByPut.Contains(name);

    public static string[] ShortNamesOf(string name) => ShortNames.GetValueOrDefault(name, []);

    public static string[] CategoriesOf(string name) =>
        ShownWithAll.Contains(name) ? ["all"] : Extensions.Contains(name) ? ["api-extensions"] : [];

    public static IReadOnlyList<string> VerbsOf(string name, bool isStored) => name switch
    {
        "namespaces" => [.. AllVerbs.Where(verb => verb != "deletecollection")],
        "componentstatuses" => ["get", "list"],
        _ => isStored ? AllVerbs : ["create"],
    };

    /// <summary>What there is below an object beside its status and scale.</summary>
    public static IReadOnlyList<SubresourceEntry> SubresourcesOf(string name) => Subresources.GetValueOrDefault(name, []);

    /// <summary>Where objects are kept: the events of both groups are the same objects.</summary>
    public static GroupResource? StoredAs(string name) => name == "events.events.k8s.io" ? new GroupResource("", "events") : null;
}
