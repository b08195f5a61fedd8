using Harvester.Testing.ApiServer.Resources.BuiltIn.Core;
using Harvester.Testing.ApiServer.Resources.BuiltIn.Extension;
using Harvester.Testing.ApiServer.Resources.BuiltIn.Network;
using Harvester.Testing.ApiServer.Resources.BuiltIn.Policy;
using Harvester.Testing.ApiServer.Resources.BuiltIn.Storage;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>The strategies of the kinds that run nothing: configuration, networks, storage, policies, extensions.</summary>
internal static class ObjectStrategies
{
    /// <summary>The strategy of a built-in kind that is no workload.</summary>
    /// <param name="group">Its API group.</param>
    /// <param name="plural">Its plural name.</param>
    public static KindStrategy For(string group, string plural) => (group, plural) switch
    {
        ("", "configmaps") => new ConfigMapStrategy(),
        ("", "endpoints") => new EndpointsStrategy(),
        ("" or "events.k8s.io", "events") => new EventStrategy(),
        ("", "limitranges") => new LimitRangeStrategy(),
        ("", "namespaces") => new NamespaceStrategy(),
        ("", "nodes") => new NodeStrategy(),
        ("", "persistentvolumeclaims") => new PersistentVolumeClaimStrategy(),
        ("", "persistentvolumes") => new PersistentVolumeStrategy(),
        ("", "resourcequotas") => new ResourceQuotaStrategy(),
        ("", "secrets") => new SecretStrategy(),
        ("", "services") => new ServiceStrategy(),
        ("admissionregistration.k8s.io", "mutatingwebhookconfigurations" or "validatingwebhookconfigurations") =>
            new WebhookConfigurationStrategy(),
        ("admissionregistration.k8s.io", "mutatingadmissionpolicies" or "validatingadmissionpolicies") => new AdmissionPolicyStrategy(),
        ("admissionregistration.k8s.io", "mutatingadmissionpolicybindings" or "validatingadmissionpolicybindings") =>
            new AdmissionPolicyBindingStrategy(),
        ("apiregistration.k8s.io", "apiservices") => new ApiServiceStrategy(),
        ("apps", "controllerrevisions") => new ControllerRevisionStrategy(),
        ("autoscaling", "horizontalpodautoscalers") => new AutoscalerStrategy(),
        ("certificates.k8s.io", "certificatesigningrequests") => new CertificateSigningRequestStrategy(),
        ("coordination.k8s.io", "leases") => new LeaseStrategy(),
        ("discovery.k8s.io", "endpointslices") => new EndpointSliceStrategy(),
        ("flowcontrol.apiserver.k8s.io", "flowschemas") => new FlowSchemaStrategy(),
        ("flowcontrol.apiserver.k8s.io", "prioritylevelconfigurations") => new PriorityLevelStrategy(),
        ("networking.k8s.io", "ingresses") => new IngressStrategy(),
        ("networking.k8s.io", "ingressclasses") => new IngressClassStrategy(),
        ("networking.k8s.io", "networkpolicies") => new NetworkPolicyStrategy(),
        ("node.k8s.io", "runtimeclasses") => new RuntimeClassStrategy(),
        ("policy", "poddisruptionbudgets") => new PodDisruptionBudgetStrategy(),
        ("rbac.authorization.k8s.io", _) => new RbacStrategy(),
        ("scheduling.k8s.io", "priorityclasses") => new PriorityClassStrategy(),
        ("storage.k8s.io", "csidrivers") => new CsiDriverStrategy(),
        ("storage.k8s.io", "storageclasses") => new StorageClassStrategy(),
        ("storage.k8s.io", "volumeattachments") => new VolumeAttachmentStrategy(),
        ("storage.k8s.io", "volumeattributesclasses") => new VolumeAttributesClassStrategy(),
        _ => KindStrategy.Default,
    };
}
