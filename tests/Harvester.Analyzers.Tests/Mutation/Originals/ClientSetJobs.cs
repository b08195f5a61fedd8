// surface: ClientSets; mutants: HARV1002 HARV1006 HARV1008 HARV1004
using k8s;
using k8s.ClientSets;
using k8s.Models;

namespace Shop.ClientSetJobs;

/// <summary>Starts nightly jobs by server-side apply and notes on them who asked.</summary>
public sealed class NightlyJobs
{
    private readonly ClientSet _clients;
    private readonly string _ns;

    public NightlyJobs(Kubernetes kubernetes, string ns)
    {
        _clients = new ClientSet(kubernetes);
        _ns = ns;
    }

    public async Task<V1Job> ApplyAsync(string name, string image, CancellationToken ct)
    {
        var job = new V1Job
        {
            ApiVersion = "batch/v1",
            Kind = "Job",
            Metadata = new V1ObjectMeta { Name = name },
            Spec = new V1JobSpec
            {
                BackoffLimit = 2,
                Template = new V1PodTemplateSpec
                {
                    Spec = new V1PodSpec
                    {
                        RestartPolicy = "Never",
                        Containers = new List<V1Container> { new() { Name = "run", Image = image } },
                    },
                },
            },
        };
        return await _clients.BatchV1.Job.PatchAsync(new V1Patch(job, V1Patch.PatchType.ApplyPatch), name, _ns, fieldManager: "nightly", cancellationToken: ct);
    }

    public async Task NoteAsync(string name, string who, CancellationToken ct)
    {
        var job = await _clients.BatchV1.Job.GetAsync(name, _ns, cancellationToken: ct);
        if (job.Metadata.Annotations?.ContainsKey("shop.example.io/asked-by") == true)
        {
            return;
        }

        var annotations = new Dictionary<string, string> { ["shop.example.io/asked-by"] = who };
        await _clients.BatchV1.Job.PatchAsync(new V1Patch(new { metadata = new { annotations } }, V1Patch.PatchType.MergePatch), name, _ns, cancellationToken: ct);
    }

    public Task ActiveAsync(string name, int active, CancellationToken ct)
    {
        var body = new V1Patch(new { status = new { active } }, V1Patch.PatchType.MergePatch);
        return _clients.BatchV1.Job.PatchStatusAsync(body, name, _ns, cancellationToken: ct);
    }

    public async Task<IReadOnlyList<string>> FailedAsync(CancellationToken ct)
    {
        var jobs = await _clients.BatchV1.Job.ListAsync(_ns, cancellationToken: ct);
        return jobs.Items.Where(j => j.Status?.Failed > 0).Select(j => j.Metadata.Name).ToList();
    }
}
