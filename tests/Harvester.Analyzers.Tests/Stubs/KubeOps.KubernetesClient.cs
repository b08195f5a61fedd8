// The write and read methods of KubeOps.KubernetesClient 9 and 10: namespaces, names and parameters are upstream's, bodies are not.
// Its patches that need the type JsonPatch or PatchOperation of another library are left out.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using k8s;
using k8s.Models;

namespace KubeOps.KubernetesClient
{
    public interface IKubernetesClient : IDisposable
    {
        IKubernetes ApiClient { get; }

        Uri BaseUri { get; }

        Task<string> GetCurrentNamespaceAsync(string downwardApiEnvName = "POD_NAMESPACE", CancellationToken cancellationToken = default);

        string GetCurrentNamespace(string downwardApiEnvName = "POD_NAMESPACE");

        Task<TEntity?> GetAsync<TEntity>(string name, string? @namespace = null, CancellationToken cancellationToken = default) where TEntity : IKubernetesObject<V1ObjectMeta>;

        TEntity? Get<TEntity>(string name, string? @namespace = null) where TEntity : IKubernetesObject<V1ObjectMeta>;

        Task<IList<TEntity>> ListAsync<TEntity>(string? @namespace = null, string? labelSelector = null, CancellationToken cancellationToken = default) where TEntity : IKubernetesObject<V1ObjectMeta>;

        Task<IList<TEntity>> ListAsync<TEntity>(string? @namespace = null, params LabelSelectors.LabelSelector[] labelSelectors) where TEntity : IKubernetesObject<V1ObjectMeta>;

        IList<TEntity> List<TEntity>(string? @namespace = null, string? labelSelector = null) where TEntity : IKubernetesObject<V1ObjectMeta>;

        IList<TEntity> List<TEntity>(string? @namespace = null, params LabelSelectors.LabelSelector[] labelSelectors) where TEntity : IKubernetesObject<V1ObjectMeta>;

        Task<TEntity> SaveAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default) where TEntity : IKubernetesObject<V1ObjectMeta>;

        Task<IEnumerable<TEntity>> SaveAsync<TEntity>(IEnumerable<TEntity> entities, CancellationToken cancellationToken = default) where TEntity : IKubernetesObject<V1ObjectMeta>;

        Task<IEnumerable<TEntity>> SaveAsync<TEntity>(params TEntity[] entities) where TEntity : IKubernetesObject<V1ObjectMeta>;

        TEntity Save<TEntity>(TEntity entity) where TEntity : IKubernetesObject<V1ObjectMeta>;

        IEnumerable<TEntity> Save<TEntity>(IEnumerable<TEntity> entities) where TEntity : IKubernetesObject<V1ObjectMeta>;

        IEnumerable<TEntity> Save<TEntity>(params TEntity[] entities) where TEntity : IKubernetesObject<V1ObjectMeta>;

        Task<TEntity> CreateAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default) where TEntity : IKubernetesObject<V1ObjectMeta>;

        Task<IEnumerable<TEntity>> CreateAsync<TEntity>(IEnumerable<TEntity> entities, CancellationToken cancellationToken = default) where TEntity : IKubernetesObject<V1ObjectMeta>;

        Task<IEnumerable<TEntity>> CreateAsync<TEntity>(params TEntity[] entities) where TEntity : IKubernetesObject<V1ObjectMeta>;

        TEntity Create<TEntity>(TEntity entity) where TEntity : IKubernetesObject<V1ObjectMeta>;

        IEnumerable<TEntity> Create<TEntity>(IEnumerable<TEntity> entities) where TEntity : IKubernetesObject<V1ObjectMeta>;

        IEnumerable<TEntity> Create<TEntity>(params TEntity[] entities) where TEntity : IKubernetesObject<V1ObjectMeta>;

        Task<TEntity> UpdateAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default) where TEntity : IKubernetesObject<V1ObjectMeta>;

        Task<IEnumerable<TEntity>> UpdateAsync<TEntity>(IEnumerable<TEntity> entities, CancellationToken cancellationToken = default) where TEntity : IKubernetesObject<V1ObjectMeta>;

        Task<IEnumerable<TEntity>> UpdateAsync<TEntity>(params TEntity[] entities) where TEntity : IKubernetesObject<V1ObjectMeta>;

        TEntity Update<TEntity>(TEntity entity) where TEntity : IKubernetesObject<V1ObjectMeta>;

        IEnumerable<TEntity> Update<TEntity>(IEnumerable<TEntity> entities) where TEntity : IKubernetesObject<V1ObjectMeta>;

        IEnumerable<TEntity> Update<TEntity>(params TEntity[] entities) where TEntity : IKubernetesObject<V1ObjectMeta>;

        Task<TEntity> UpdateStatusAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default) where TEntity : IKubernetesObject<V1ObjectMeta>;

        TEntity UpdateStatus<TEntity>(TEntity entity) where TEntity : IKubernetesObject<V1ObjectMeta>;

        Task<TEntity> PatchAsync<TEntity>(TEntity entity, V1Patch patch, string? fieldManager = null, bool? force = null, string? dryRun = null, CancellationToken cancellationToken = default) where TEntity : IKubernetesObject<V1ObjectMeta>;

        Task<TEntity> PatchAsync<TEntity>(V1Patch patch, string name, string? @namespace = null, string? fieldManager = null, bool? force = null, string? dryRun = null, CancellationToken cancellationToken = default) where TEntity : IKubernetesObject<V1ObjectMeta>;

        TEntity Patch<TEntity>(TEntity entity) where TEntity : IKubernetesObject<V1ObjectMeta>;

        TEntity Patch<TEntity>(TEntity from, TEntity to) where TEntity : IKubernetesObject<V1ObjectMeta>;

        TEntity Patch<TEntity>(TEntity entity, V1Patch patch, string? fieldManager = null, bool? force = null, string? dryRun = null) where TEntity : IKubernetesObject<V1ObjectMeta>;

        TEntity Patch<TEntity>(V1Patch patch, string name, string? @namespace = null, string? fieldManager = null, bool? force = null, string? dryRun = null) where TEntity : IKubernetesObject<V1ObjectMeta>;

        Task DeleteAsync<TEntity>(TEntity entity, CancellationToken cancellationToken = default) where TEntity : IKubernetesObject<V1ObjectMeta>;

        Task DeleteAsync<TEntity>(string name, string? @namespace = null, CancellationToken cancellationToken = default) where TEntity : IKubernetesObject<V1ObjectMeta>;

        void Delete<TEntity>(TEntity entity) where TEntity : IKubernetesObject<V1ObjectMeta>;

        void Delete<TEntity>(string name, string? @namespace = null) where TEntity : IKubernetesObject<V1ObjectMeta>;
    }
}

namespace KubeOps.KubernetesClient.LabelSelectors
{
    public abstract record LabelSelector;
}
