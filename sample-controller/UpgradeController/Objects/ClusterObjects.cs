using System.Net;
using System.Reflection;
using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Harvester.Samples.UpgradeController;

/// <summary>Reads, creates, patches and deletes objects of any kind that is not in the core group. Always the live object, never a cached one.</summary>
public static class ClusterObjects
{
    public static async Task<T?> FindAsync<T>(this IKubernetes client, string? ns, string name, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var kind = Kind<T>();
        try
        {
            return string.IsNullOrEmpty(ns)
                ? await client.CustomObjects.GetClusterCustomObjectAsync<T>(kind.Group, kind.ApiVersion, kind.PluralName, name, cancellationToken)
                : await client.CustomObjects.GetNamespacedCustomObjectAsync<T>(kind.Group, kind.ApiVersion, ns, kind.PluralName, name, cancellationToken);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public static async Task<IList<T>> ListAsync<T>(this IKubernetes client, string ns, string? labelSelector, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var kind = Kind<T>();
        var list = await client.CustomObjects.ListNamespacedCustomObjectAsync<ResourceList<T>>(
            kind.Group, kind.ApiVersion, ns, kind.PluralName, labelSelector: labelSelector, cancellationToken: cancellationToken);
        return list.Items;
    }

    /// <summary>
    /// Creates a child, or adopts the one that is there. "Already exists" is an answer to look at, not to swallow: the object is read, and it must be
    /// this owner's.
    /// </summary>
    public static async Task<T> CreateOrAdoptAsync<T>(this IKubernetes client, T desired, string ownerUid, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var kind = Kind<T>();
        var ns = desired.Namespace();
        try
        {
            return string.IsNullOrEmpty(ns)
                ? await client.CustomObjects.CreateClusterCustomObjectAsync<T>(
                    desired, kind.Group, kind.ApiVersion, kind.PluralName, cancellationToken: cancellationToken)
                : await client.CustomObjects.CreateNamespacedCustomObjectAsync<T>(
                    desired, kind.Group, kind.ApiVersion, ns, kind.PluralName, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict)
        {
            var existing = await client.FindAsync<T>(ns, desired.Name(), cancellationToken);
            if (existing is null)
            {
                throw; // it went away in between: the next pass creates it
            }

            if (!Ownership.IsOf(existing, ownerUid))
            {
                throw new ForeignObjectException($"{kind.PluralName}/{desired.Name()} exists and was not made for uid {ownerUid}");
            }

            return existing;
        }
    }

    /// <summary>Deletes a child if it is there and was made for this owner. Returns true when there was something to delete.</summary>
    public static async Task<bool> DeleteOwnAsync<T>(this IKubernetes client, string? ns, string name, string ownerUid, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var existing = await client.FindAsync<T>(ns, name, cancellationToken);
        if (existing is null || existing.DeletionTimestamp() is not null || !Ownership.IsOf(existing, ownerUid))
        {
            return false;
        }

        var kind = Kind<T>();
        var options = new V1DeleteOptions { PropagationPolicy = "Background", Preconditions = new V1Preconditions { Uid = existing.Uid() } };
        try
        {
            if (string.IsNullOrEmpty(ns))
            {
                await client.CustomObjects.DeleteClusterCustomObjectAsync(
                    kind.Group, kind.ApiVersion, kind.PluralName, name, options, cancellationToken: cancellationToken);
            }
            else
            {
                await client.CustomObjects.DeleteNamespacedCustomObjectAsync(
                    kind.Group, kind.ApiVersion, ns, kind.PluralName, name, options, cancellationToken: cancellationToken);
            }

            return true;
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Changes metadata and nothing else. A full-object PUT to set a label would send the status, the spec and every field we do not know.</summary>
    public static Task<T> PatchMetadataAsync<T>(this IKubernetes client, T target, object metadata, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var kind = Kind<T>();
        var patch = new V1Patch(KubernetesJson.Serialize(new { metadata }), V1Patch.PatchType.MergePatch);
        return client.CustomObjects.PatchNamespacedCustomObjectAsync<T>(
            patch, kind.Group, kind.ApiVersion, target.Namespace(), kind.PluralName, target.Name(), cancellationToken: cancellationToken);
    }

    public static T Copy<T>(T source) => KubernetesJson.Deserialize<T>(KubernetesJson.Serialize(source));

    private static KubernetesEntityAttribute Kind<T>() =>
        typeof(T).GetCustomAttribute<KubernetesEntityAttribute>() ?? throw new InvalidOperationException($"{typeof(T)} has no [KubernetesEntity].");
}
