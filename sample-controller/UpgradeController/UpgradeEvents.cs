using Harvester.Samples.UpgradeApi;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.UpgradeController;

/// <summary>Events are for people. One that cannot be written stops nothing.</summary>
internal static class UpgradeEvents
{
    public static async Task WarnAsync(UpgradeServices services, Upgrade upgrade, string reason, string message, CancellationToken cancellationToken)
    {
        var now = services.Time.GetUtcNow();
        var happened = new Corev1Event
        {
            Metadata = new V1ObjectMeta { Name = $"{upgrade.Name()}.{now.UtcTicks:x}", NamespaceProperty = upgrade.Namespace() },
            InvolvedObject = new V1ObjectReference
            {
                ApiVersion = upgrade.ApiVersion,
                Kind = upgrade.Kind,
                Name = upgrade.Name(),
                NamespaceProperty = upgrade.Namespace(),
                Uid = upgrade.Uid(),
            },
            Type = "Warning",
            Reason = reason,
            Message = message,
            FirstTimestamp = now.UtcDateTime,
            LastTimestamp = now.UtcDateTime,
            Count = 1,
            Source = new V1EventSource { Component = "harvester-upgrade-controller" },
        };
        try
        {
            await services.Client.CoreV1.CreateNamespacedEventAsync(happened, upgrade.Namespace(), cancellationToken: cancellationToken);
        }
        catch (HttpOperationException e)
        {
            services.Log.LogWarning("The event {Reason} for {Name} was not written: {Status}", reason, upgrade.Name(), e.Response?.StatusCode);
        }
    }
}
