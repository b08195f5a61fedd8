// The flat methods of KubernetesClient v7.2.19 for three kinds: namespaces, names and parameters are upstream's, bodies are not.
// A project that has this client has no other.
using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using k8s.Autorest;
using k8s.Models;

namespace k8s.Autorest
{
    public class HttpOperationResponse<T> : IDisposable
    {
        public HttpRequestMessage Request { get; set; } = null!;

        public HttpResponseMessage Response { get; set; } = null!;

        public T Body { get; set; } = default!;

        public void Dispose() => throw null!;
    }
}

namespace k8s
{
    public interface IKubernetesObject
    {
        string ApiVersion { get; set; }

        string Kind { get; set; }
    }

    public interface IMetadata<T>
    {
        T Metadata { get; set; }
    }

    public interface IKubernetesObject<TMetadata> : IKubernetesObject, IMetadata<TMetadata>;

    public interface ISpec<T>
    {
        T Spec { get; set; }
    }

    public interface IStatus<T>
    {
        T Status { get; set; }
    }

    public interface IKubernetes : IBasicKubernetes, IDisposable
    {
        Uri BaseUri { get; set; }
    }

    public interface IBasicKubernetes
    {
        Task<HttpOperationResponse<V1Deployment>> ReadNamespacedDeploymentWithHttpMessagesAsync(string name, string namespaceParameter, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Deployment>> CreateNamespacedDeploymentWithHttpMessagesAsync(V1Deployment body, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Deployment>> ReplaceNamespacedDeploymentWithHttpMessagesAsync(V1Deployment body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Deployment>> ReplaceNamespacedDeploymentStatusWithHttpMessagesAsync(V1Deployment body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Deployment>> PatchNamespacedDeploymentWithHttpMessagesAsync(V1Patch body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, bool? force = null, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Deployment>> PatchNamespacedDeploymentStatusWithHttpMessagesAsync(V1Patch body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, bool? force = null, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Deployment>> ReadNamespacedDeploymentStatusWithHttpMessagesAsync(string name, string namespaceParameter, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Node>> ReadNodeWithHttpMessagesAsync(string name, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Node>> CreateNodeWithHttpMessagesAsync(V1Node body, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Node>> ReplaceNodeWithHttpMessagesAsync(V1Node body, string name, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Node>> ReplaceNodeStatusWithHttpMessagesAsync(V1Node body, string name, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Node>> PatchNodeWithHttpMessagesAsync(V1Patch body, string name, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, bool? force = null, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Node>> PatchNodeStatusWithHttpMessagesAsync(V1Patch body, string name, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, bool? force = null, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Node>> ReadNodeStatusWithHttpMessagesAsync(string name, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Pod>> ReadNamespacedPodWithHttpMessagesAsync(string name, string namespaceParameter, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Pod>> CreateNamespacedPodWithHttpMessagesAsync(V1Pod body, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Pod>> ReplaceNamespacedPodWithHttpMessagesAsync(V1Pod body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Pod>> ReplaceNamespacedPodStatusWithHttpMessagesAsync(V1Pod body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Pod>> PatchNamespacedPodWithHttpMessagesAsync(V1Patch body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, bool? force = null, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Pod>> PatchNamespacedPodStatusWithHttpMessagesAsync(V1Patch body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, bool? force = null, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);

        Task<HttpOperationResponse<V1Pod>> ReadNamespacedPodStatusWithHttpMessagesAsync(string name, string namespaceParameter, string? pretty = null, IReadOnlyDictionary<string, IReadOnlyList<string>>? customHeaders = null, CancellationToken cancellationToken = default);
    }

    public static class KubernetesExtensions
    {
        public static V1Deployment ReadNamespacedDeployment(this IBasicKubernetes operations, string name, string namespaceParameter, string? pretty = null) => throw null!;

        public static Task<V1Deployment> ReadNamespacedDeploymentAsync(this IBasicKubernetes operations, string name, string namespaceParameter, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Deployment CreateNamespacedDeployment(this IBasicKubernetes operations, V1Deployment body, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null) => throw null!;

        public static Task<V1Deployment> CreateNamespacedDeploymentAsync(this IBasicKubernetes operations, V1Deployment body, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Deployment ReplaceNamespacedDeployment(this IBasicKubernetes operations, V1Deployment body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null) => throw null!;

        public static Task<V1Deployment> ReplaceNamespacedDeploymentAsync(this IBasicKubernetes operations, V1Deployment body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Deployment ReplaceNamespacedDeploymentStatus(this IBasicKubernetes operations, V1Deployment body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null) => throw null!;

        public static Task<V1Deployment> ReplaceNamespacedDeploymentStatusAsync(this IBasicKubernetes operations, V1Deployment body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Deployment PatchNamespacedDeployment(this IBasicKubernetes operations, V1Patch body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, bool? force = null, string? pretty = null) => throw null!;

        public static Task<V1Deployment> PatchNamespacedDeploymentAsync(this IBasicKubernetes operations, V1Patch body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, bool? force = null, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Deployment PatchNamespacedDeploymentStatus(this IBasicKubernetes operations, V1Patch body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, bool? force = null, string? pretty = null) => throw null!;

        public static Task<V1Deployment> PatchNamespacedDeploymentStatusAsync(this IBasicKubernetes operations, V1Patch body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, bool? force = null, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Deployment ReadNamespacedDeploymentStatus(this IBasicKubernetes operations, string name, string namespaceParameter, string? pretty = null) => throw null!;

        public static Task<V1Deployment> ReadNamespacedDeploymentStatusAsync(this IBasicKubernetes operations, string name, string namespaceParameter, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Node ReadNode(this IBasicKubernetes operations, string name, string? pretty = null) => throw null!;

        public static Task<V1Node> ReadNodeAsync(this IBasicKubernetes operations, string name, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Node CreateNode(this IBasicKubernetes operations, V1Node body, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null) => throw null!;

        public static Task<V1Node> CreateNodeAsync(this IBasicKubernetes operations, V1Node body, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Node ReplaceNode(this IBasicKubernetes operations, V1Node body, string name, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null) => throw null!;

        public static Task<V1Node> ReplaceNodeAsync(this IBasicKubernetes operations, V1Node body, string name, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Node ReplaceNodeStatus(this IBasicKubernetes operations, V1Node body, string name, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null) => throw null!;

        public static Task<V1Node> ReplaceNodeStatusAsync(this IBasicKubernetes operations, V1Node body, string name, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Node PatchNode(this IBasicKubernetes operations, V1Patch body, string name, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, bool? force = null, string? pretty = null) => throw null!;

        public static Task<V1Node> PatchNodeAsync(this IBasicKubernetes operations, V1Patch body, string name, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, bool? force = null, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Node PatchNodeStatus(this IBasicKubernetes operations, V1Patch body, string name, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, bool? force = null, string? pretty = null) => throw null!;

        public static Task<V1Node> PatchNodeStatusAsync(this IBasicKubernetes operations, V1Patch body, string name, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, bool? force = null, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Node ReadNodeStatus(this IBasicKubernetes operations, string name, string? pretty = null) => throw null!;

        public static Task<V1Node> ReadNodeStatusAsync(this IBasicKubernetes operations, string name, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Pod ReadNamespacedPod(this IBasicKubernetes operations, string name, string namespaceParameter, string? pretty = null) => throw null!;

        public static Task<V1Pod> ReadNamespacedPodAsync(this IBasicKubernetes operations, string name, string namespaceParameter, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Pod CreateNamespacedPod(this IBasicKubernetes operations, V1Pod body, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null) => throw null!;

        public static Task<V1Pod> CreateNamespacedPodAsync(this IBasicKubernetes operations, V1Pod body, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Pod ReplaceNamespacedPod(this IBasicKubernetes operations, V1Pod body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null) => throw null!;

        public static Task<V1Pod> ReplaceNamespacedPodAsync(this IBasicKubernetes operations, V1Pod body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Pod ReplaceNamespacedPodStatus(this IBasicKubernetes operations, V1Pod body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null) => throw null!;

        public static Task<V1Pod> ReplaceNamespacedPodStatusAsync(this IBasicKubernetes operations, V1Pod body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Pod PatchNamespacedPod(this IBasicKubernetes operations, V1Patch body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, bool? force = null, string? pretty = null) => throw null!;

        public static Task<V1Pod> PatchNamespacedPodAsync(this IBasicKubernetes operations, V1Patch body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, bool? force = null, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Pod PatchNamespacedPodStatus(this IBasicKubernetes operations, V1Patch body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, bool? force = null, string? pretty = null) => throw null!;

        public static Task<V1Pod> PatchNamespacedPodStatusAsync(this IBasicKubernetes operations, V1Patch body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, string? fieldValidation = null, bool? force = null, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;

        public static V1Pod ReadNamespacedPodStatus(this IBasicKubernetes operations, string name, string namespaceParameter, string? pretty = null) => throw null!;

        public static Task<V1Pod> ReadNamespacedPodStatusAsync(this IBasicKubernetes operations, string name, string namespaceParameter, string? pretty = null, CancellationToken cancellationToken = default) => throw null!;
    }
}

namespace k8s.Models
{
    public sealed class KubernetesEntityAttribute : Attribute
    {
        public string Group { get; set; } = "";

        public string Kind { get; set; } = "";

        public string PluralName { get; set; } = "";

        public string ApiVersion { get; set; } = "";
    }

    public class V1Patch
    {
        public V1Patch(object body, PatchType type) => throw null!;

        public enum PatchType
        {
            Unknown,
            JsonPatch,
            MergePatch,
            StrategicMergePatch,
            ApplyPatch,
        }
    }

    public class V1ObjectMeta
    {
        public string Name { get; set; } = null!;

        public string NamespaceProperty { get; set; } = null!;

        public string Uid { get; set; } = null!;

        public string ResourceVersion { get; set; } = null!;

        public long? Generation { get; set; }

        public DateTime? DeletionTimestamp { get; set; }

        public IDictionary<string, string> Labels { get; set; } = null!;

        public IDictionary<string, string> Annotations { get; set; } = null!;

        public IList<string> Finalizers { get; set; } = null!;
    }

    public class V1Deployment : IKubernetesObject<V1ObjectMeta>, ISpec<V1DeploymentSpec>, IStatus<V1DeploymentStatus>
    {
        public string ApiVersion { get; set; } = null!;

        public string Kind { get; set; } = null!;

        public V1ObjectMeta Metadata { get; set; } = null!;

        public V1DeploymentSpec Spec { get; set; } = null!;

        public V1DeploymentStatus Status { get; set; } = null!;
    }

    public class V1DeploymentSpec
    {
        public int? Replicas { get; set; }

        public bool? Paused { get; set; }
    }

    public class V1DeploymentStatus
    {
        public int? ReadyReplicas { get; set; }

        public long? ObservedGeneration { get; set; }
    }

    public class V1Node : IKubernetesObject<V1ObjectMeta>, ISpec<V1NodeSpec>, IStatus<V1NodeStatus>
    {
        public string ApiVersion { get; set; } = null!;

        public string Kind { get; set; } = null!;

        public V1ObjectMeta Metadata { get; set; } = null!;

        public V1NodeSpec Spec { get; set; } = null!;

        public V1NodeStatus Status { get; set; } = null!;
    }

    public class V1NodeSpec
    {
        public bool? Unschedulable { get; set; }
    }

    public class V1NodeStatus
    {
        public string Phase { get; set; } = null!;

        public IDictionary<string, string> Capacity { get; set; } = null!;
    }

    public class V1Pod : IKubernetesObject<V1ObjectMeta>, ISpec<V1PodSpec>, IStatus<V1PodStatus>
    {
        public string ApiVersion { get; set; } = null!;

        public string Kind { get; set; } = null!;

        public V1ObjectMeta Metadata { get; set; } = null!;

        public V1PodSpec Spec { get; set; } = null!;

        public V1PodStatus Status { get; set; } = null!;
    }

    public class V1PodSpec
    {
        public long? ActiveDeadlineSeconds { get; set; }
    }

    public class V1PodStatus
    {
        public string Phase { get; set; } = null!;

        public string Message { get; set; } = null!;
    }
}
