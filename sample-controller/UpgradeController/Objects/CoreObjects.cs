using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Harvester.Samples.UpgradeController;

/// <summary>The same as <see cref="ClusterObjects"/> for the kinds of the core group, which have calls of their own.</summary>
public static class CoreObjects
{
    public static async Task<V1Service> CreateOrAdoptServiceAsync(
        this IKubernetes client, V1Service desired, string ownerUid, CancellationToken cancellationToken)
    {
        try
        {
            return await client.CoreV1.CreateNamespacedServiceAsync(desired, desired.Namespace(), cancellationToken: cancellationToken);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict)
        {
            var existing = await client.CoreV1.ReadNamespacedServiceAsync(desired.Name(), desired.Namespace(), cancellationToken: cancellationToken);
            return Ownership.IsOf(existing, ownerUid)
                ? existing
                : throw new ForeignObjectException($"services/{desired.Name()} exists and was not made for uid {ownerUid}");
        }
    }

    public static async Task DeleteOwnServiceAsync(
        this IKubernetes client, string ns, string name, string ownerUid, CancellationToken cancellationToken)
    {
        try
        {
            var existing = await client.CoreV1.ReadNamespacedServiceAsync(name, ns, cancellationToken: cancellationToken);
            if (Ownership.IsOf(existing, ownerUid))
            {
                await client.CoreV1.DeleteNamespacedServiceAsync(name, ns, cancellationToken: cancellationToken);
            }
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            // Gone is what was wanted.
        }
    }
}
