using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>Jobs.</summary>
internal sealed class JobStrategy : WorkloadStrategy
{
    private const string Prefix = "batch.kubernetes.io/";
    private const string ControllerUid = "controller-uid";
    private const string JobName = "job-name";

    /// <inheritdoc />
    public override bool OrphansByDefault => true;

    public override string OrphanWarning =>
        "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning";

    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value)
    {
        if (value.At("spec", "manualSelector")?.AsBoolean == true)
        {
            return value;
        }

        // The pods of a job are found by its uid, which its template gets as labels, unless there are such labels already.
        var uid = ObjectMetadata.Uid(value);
        var name = ObjectMetadata.Name(value);
        var spec = value.Find("spec") as JsonObject ?? JsonObject.Empty;
        var labels = spec.At("template", "metadata", "labels") as JsonObject ?? JsonObject.Empty;
        labels = labels
            .Default(ControllerUid, uid)
            .Default(JobName, name)
            .Default(Prefix + ControllerUid, uid)
            .Default(Prefix + JobName, name);
        spec = spec.WithAt(["template", "metadata", "labels"], labels);
        var matched = spec.At("selector", "matchLabels") as JsonObject ?? JsonObject.Empty;
        spec = spec.WithAt(["selector", "matchLabels"], matched.Default(Prefix + ControllerUid, uid));
        return Complete(value.With("spec", spec));
    }

    /// <inheritdoc />
    protected override JsonObject CompleteSpec(JsonObject spec) => JobDefaults.Apply(spec);

    /// <inheritdoc />
    protected override JsonObject Complete(JsonObject value) =>
        value.At("metadata", "labels") is null && value.At("spec", "template", "metadata", "labels") is { } labels
            ? ObjectMetadata.WithMeta(value, "labels", labels)
            : value;
}
