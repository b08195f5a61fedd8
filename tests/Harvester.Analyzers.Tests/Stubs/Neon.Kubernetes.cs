// Typed custom object extensions of the Neon SDK: namespaces, names and parameters are upstream's.
using System.Threading;
using System.Threading.Tasks;
using k8s;
using k8s.Models;

namespace Neon.K8s
{
    public static class KubernetesExtensions
    {
        public static Task<T> GetNamespacedCustomObjectAsync<T>(this ICustomObjectsOperations k8s, string name, string namespaceParameter, bool throwIfNotFound = true, CancellationToken cancellationToken = default) where T : IKubernetesObject, new() => throw null!;

        public static Task<T> GetClusterCustomObjectAsync<T>(this ICustomObjectsOperations k8s, string name, bool throwIfNotFound = true, CancellationToken cancellationToken = default) where T : IKubernetesObject, new() => throw null!;

        public static Task<T> CreateNamespacedCustomObjectAsync<T>(this ICustomObjectsOperations k8s, T body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, CancellationToken cancellationToken = default) where T : IKubernetesObject<V1ObjectMeta>, new() => throw null!;

        public static Task<T> ReplaceNamespacedCustomObjectAsync<T>(this ICustomObjectsOperations k8s, T body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, CancellationToken cancellationToken = default) where T : IKubernetesObject, new() => throw null!;

        public static Task<T> ReplaceClusterCustomObjectAsync<T>(this ICustomObjectsOperations k8s, T body, string name, string? dryRun = null, string? fieldManager = null, CancellationToken cancellationToken = default) where T : IKubernetesObject, new() => throw null!;

        public static Task<T> UpsertNamespacedCustomObjectAsync<T>(this ICustomObjectsOperations k8s, T body, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, CancellationToken cancellationToken = default) where T : IKubernetesObject<V1ObjectMeta>, new() => throw null!;

        public static Task<T> UpsertClusterCustomObjectAsync<T>(this ICustomObjectsOperations k8s, T body, string name, string? dryRun = null, string? fieldManager = null, CancellationToken cancellationToken = default) where T : IKubernetesObject<V1ObjectMeta>, new() => throw null!;

        public static Task<T> PatchNamespacedCustomObjectAsync<T>(this ICustomObjectsOperations k8s, V1Patch patch, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, bool? force = null, CancellationToken cancellationToken = default) where T : IKubernetesObject<V1ObjectMeta>, new() => throw null!;

        public static Task<T> ReplaceNamespacedCustomObjectStatusAsync<T>(this ICustomObjectsOperations k8s, T @object, string namespaceParameter, int? gracePeriodSeconds = null, bool? orphanDependents = null, string? propagationPolicy = null, string? dryRun = null, string? fieldManager = null, CancellationToken cancellationToken = default) where T : IKubernetesObject<V1ObjectMeta>, new() => throw null!;

        public static Task<T> PatchNamespacedCustomObjectStatusAsync<T>(this ICustomObjectsOperations k8s, V1Patch patch, string name, string namespaceParameter, string? dryRun = null, string? fieldManager = null, bool? force = null, CancellationToken cancellationToken = default) where T : IKubernetesObject<V1ObjectMeta>, new() => throw null!;
    }
}
