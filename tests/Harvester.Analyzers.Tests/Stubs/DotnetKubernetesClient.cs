// The read and write methods of DotnetKubernetesClient 3: namespaces, names and parameters are upstream's. Its constraint
// IStatus<object> on UpdateStatus is left out: it needs the covariant IStatus of the client that library was built for.
using System.Collections.Generic;
using System.Threading.Tasks;
using k8s;
using k8s.Models;

namespace DotnetKubernetesClient
{
    public interface IKubernetesClient
    {
        IKubernetes ApiClient { get; }

        Task<string> GetCurrentNamespace(string downwardApiEnvName = "POD_NAMESPACE");

        Task<TResource?> Get<TResource>(string name, string? @namespace = null) where TResource : class, IKubernetesObject<V1ObjectMeta>;

        Task<IList<TResource>> List<TResource>(string? @namespace = null, string? labelSelector = null) where TResource : IKubernetesObject<V1ObjectMeta>;

        Task<IList<TResource>> List<TResource>(string? @namespace = null, params LabelSelectors.ILabelSelector[] labelSelectors) where TResource : IKubernetesObject<V1ObjectMeta>;

        Task<TResource> Save<TResource>(TResource resource) where TResource : class, IKubernetesObject<V1ObjectMeta>;

        Task<TResource> Create<TResource>(TResource resource) where TResource : IKubernetesObject<V1ObjectMeta>;

        Task<TResource> Update<TResource>(TResource resource) where TResource : IKubernetesObject<V1ObjectMeta>;

        Task UpdateStatus<TResource>(TResource resource) where TResource : IKubernetesObject<V1ObjectMeta>;

        Task Delete<TResource>(TResource resource) where TResource : IKubernetesObject<V1ObjectMeta>;

        Task Delete<TResource>(IEnumerable<TResource> resources) where TResource : IKubernetesObject<V1ObjectMeta>;

        Task Delete<TResource>(params TResource[] resources) where TResource : IKubernetesObject<V1ObjectMeta>;

        Task Delete<TResource>(string name, string? @namespace = null) where TResource : IKubernetesObject<V1ObjectMeta>;
    }
}

namespace DotnetKubernetesClient.LabelSelectors
{
    public interface ILabelSelector;
}
