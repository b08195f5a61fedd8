using System.Collections.Frozen;
using Harvester.Testing.ApiServer.Schema.Models;

namespace Harvester.Testing.ApiServer.Http.OpenApi;

/// <summary>Which members of built-in structures a client must give, as the OpenAPI documents say.</summary>
internal static class RequiredMembers
{
    // Left out when empty, and demanded all the same.
    private static readonly FrozenSet<string> Demanded = FrozenSet.Create(
        "V1ContainerRestartRule.action", "V1ContainerRestartRuleOnExitCodes.operator", "V1CronJob.spec", "V1DaemonSet.spec",
        "V1Deployment.spec", "V1FlowSchema.spec", "V1HorizontalPodAutoscaler.spec", "V1IPAddress.spec", "V1IPAddressSpec.parentRef",
        "V1ImageVolumeStatus.imageRef", "V1LimitedPriorityLevelConfiguration.limitResponse",
        "V1ParentReference.name", "V1ParentReference.resource", "V1PodCertificateProjection.keyType",
        "V1PodCertificateProjection.signerName", "V1PriorityLevelConfiguration.spec", "V1ReplicaSet.spec", "V1StatefulSet.spec",
        "V1TokenReviewSpec.token", "V1ValidatingAdmissionPolicyBinding.spec", "V1ValidatingAdmissionPolicyBindingSpec.policyName",
        "V1ValidatingAdmissionPolicyBindingSpec.validationActions", "V2HorizontalPodAutoscaler.spec");

    // Printed when empty, and not demanded.
    private static readonly FrozenSet<string> Optional = FrozenSet.Create(
        "Authenticationv1TokenRequest.spec", "Corev1Event.reportingComponent", "Corev1Event.reportingInstance",
        "V1AzureFilePersistentVolumeSource.secretNamespace", "V1CSINodeDriver.topologyKeys", "V1ClusterRole.rules",
        "V1ContainerImage.names", "V1ControllerRevision.revision", "V1DaemonSetCondition.status", "V1DaemonSetCondition.type",
        "V1DeploymentCondition.status", "V1DeploymentCondition.type", "V1EndpointSlice.endpoints", "V1EndpointSlice.ports",
        "V1FlowSchemaSpec.matchingPrecedence", "V1GRPCAction.service", "V1IngressClassParametersReference.scope",
        "V1LimitedPriorityLevelConfiguration.nominalConcurrencyShares", "V1NetworkPolicySpec.podSelector", "V1NodeRuntimeHandler.name",
        "V1PodDisruptionBudgetStatus.currentHealthy", "V1PodDisruptionBudgetStatus.desiredHealthy",
        "V1PodDisruptionBudgetStatus.disruptionsAllowed", "V1PodDisruptionBudgetStatus.expectedPods",
        "V1PodFailurePolicyOnPodConditionsPattern.status", "V1PriorityClass.value", "V1ProjectedVolumeSource.sources",
        "V1QueuingConfiguration.handSize", "V1QueuingConfiguration.queueLengthLimit", "V1QueuingConfiguration.queues",
        "V1ReplicaSetCondition.status", "V1ReplicaSetCondition.type", "V1ResourcePolicyRule.namespaces", "V1Role.rules",
        "V1RoleRef.apiGroup", "V1StatefulSetCondition.status", "V1StatefulSetCondition.type", "V1StatefulSetOrdinals.start",
        "V1StatefulSetSpec.serviceName", "V1StatefulSetStatus.availableReplicas", "V1TokenRequestSpec.audiences",
        "V1TokenRequestSpec.boundObjectRef", "V1TokenRequestStatus.expirationTimestamp", "V1TokenRequestStatus.token",
        "V1TypedLocalObjectReference.apiGroup", "V1TypedObjectReference.apiGroup", "V2HorizontalPodAutoscalerStatus.currentMetrics");

    /// <summary>True when a member must be given: most that are printed even when they are empty.</summary>
    public static bool Contains(StructureType structure, ModelMember member)
    {
        var name = $"{structure.Model.Name}.{member.Name}";
        return Demanded.Contains(name)
            || (member.Marks is { IsAlwaysPrinted: true } && member.Name != "creationTimestamp" && !Optional.Contains(name));
    }
}
