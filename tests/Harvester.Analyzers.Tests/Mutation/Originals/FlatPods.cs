// surface: flat; mutants: HARV1001 HARV1005 HARV1006 HARV1010
using k8s;
using k8s.Models;

namespace Shop.FlatPods;

/// <summary>Ends pods that ran too long, and says so in their status; reads the answers with their headers.</summary>
public sealed class PodDeadlines
{
    private readonly IKubernetes _client;
    private readonly string _ns;
    private readonly TimeSpan _most;

    public PodDeadlines(IKubernetes client, string ns, TimeSpan most)
    {
        _client = client;
        _ns = ns;
        _most = most;
    }

    public async Task LimitAsync(string name, CancellationToken ct)
    {
        using var answer = await _client.ReadNamespacedPodWithHttpMessagesAsync(name, _ns, cancellationToken: ct);
        var pod = answer.Body;
        var seconds = (long)_most.TotalSeconds;
        if (pod.Spec.ActiveDeadlineSeconds <= seconds)
        {
            return;
        }

        using var patched = await _client.PatchNamespacedPodWithHttpMessagesAsync(new V1Patch(new { spec = new { activeDeadlineSeconds = seconds } }, V1Patch.PatchType.MergePatch), name, _ns, cancellationToken: ct);
        Console.WriteLine($"{name} is limited: {patched.Response.StatusCode}");
    }

    public async Task FailAsync(string name, string message, CancellationToken ct)
    {
        using var answer = await _client.ReadNamespacedPodWithHttpMessagesAsync(name, _ns, cancellationToken: ct);
        var pod = answer.Body;
        if (pod.Status.Phase is "Failed" or "Succeeded")
        {
            return;
        }

        pod.Status.Phase = "Failed";
        pod.Status.Message = message;
        using var stored = await _client.ReplaceNamespacedPodStatusWithHttpMessagesAsync(pod, name, _ns, cancellationToken: ct);
        Console.WriteLine($"{name} failed: {stored.Response.StatusCode}");
    }

    public async Task NoteAsync(string name, string message, CancellationToken ct)
    {
        using var stored = await _client.PatchNamespacedPodStatusWithHttpMessagesAsync(new V1Patch(new { status = new { message } }, V1Patch.PatchType.MergePatch), name, _ns, cancellationToken: ct);
        if (!stored.Response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{name} could not be told");
        }
    }

    public static bool IsOver(V1Pod pod) => pod.Status?.Phase is "Failed" or "Succeeded";

    public static string Describe(V1Pod pod) => $"{pod.Metadata.Name} {pod.Status?.Phase ?? "unknown"}";
}
