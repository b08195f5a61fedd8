using k8s;

namespace Harvester.ControllerRuntime;

/// <summary>Deep copies through JSON: what a cache holds is shared, and a handler that changed it would change what others see.</summary>
internal static class ObjectCopy
{
    public static T Of<T>(T value)
        where T : class => KubernetesJson.Deserialize<T>(KubernetesJson.Serialize(value));
}
