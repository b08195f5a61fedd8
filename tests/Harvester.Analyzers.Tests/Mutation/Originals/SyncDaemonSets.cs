// surface: typed sync; mutants: HARV1001 HARV1002 HARV1004 HARV1010
using k8s;
using k8s.Models;

namespace Shop.SyncDaemonSets;

/// <summary>A console tool that pins and unpins daemon sets; it runs alone, so it may block.</summary>
public sealed class DaemonSetTool
{
    private readonly IKubernetes _client;
    private readonly TextWriter _output;

    public DaemonSetTool(IKubernetes client, TextWriter output)
    {
        _client = client;
        _output = output;
    }

    public int Pin(string name, string ns, string reason)
    {
        var daemons = _client.AppsV1.ReadNamespacedDaemonSet(name, ns);
        if (daemons.Metadata.Annotations is { } known && known.ContainsKey("shop.example.io/pinned"))
        {
            _output.WriteLine($"{name} is pinned already");
            return 0;
        }

        var annotations = new Dictionary<string, string> { ["shop.example.io/pinned"] = reason };
        _client.AppsV1.PatchNamespacedDaemonSet(new V1Patch(new { metadata = new { annotations } }, V1Patch.PatchType.MergePatch), name, ns);
        _output.WriteLine($"pinned {name}");
        return 0;
    }

    public int Freeze(string name, string ns)
    {
        var daemons = _client.AppsV1.ReadNamespacedDaemonSet(name, ns);
        if (daemons.Spec.UpdateStrategy?.Type == "OnDelete")
        {
            return 0;
        }

        _client.AppsV1.PatchNamespacedDaemonSet(new V1Patch(new { spec = new { updateStrategy = new { type = "OnDelete" } } }, V1Patch.PatchType.MergePatch), name, ns);
        _output.WriteLine($"froze {name}");
        return 0;
    }

    public int Observe(string name, string ns)
    {
        var daemons = _client.AppsV1.ReadNamespacedDaemonSet(name, ns);
        if (daemons.Status.ObservedGeneration == daemons.Metadata.Generation)
        {
            return 0;
        }

        daemons.Status.ObservedGeneration = daemons.Metadata.Generation;
        _client.AppsV1.ReplaceNamespacedDaemonSetStatus(daemons, name, ns);
        return 0;
    }

    public int List(string ns)
    {
        foreach (var daemons in _client.AppsV1.ListNamespacedDaemonSet(ns).Items)
        {
            _output.WriteLine($"{daemons.Metadata.Name} {daemons.Status.NumberReady}/{daemons.Status.DesiredNumberScheduled}");
        }

        return 0;
    }
}
