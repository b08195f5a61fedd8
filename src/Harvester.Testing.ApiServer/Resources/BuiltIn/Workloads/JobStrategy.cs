using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>Jobs.</summary>
internal sealed class JobStrategy : WorkloadStrategy
{
    private const string Prefix = "batch.kubernetes.io/";
    private const string ControllerUid = "controller-uid";
    private const string JobName = "job-name";
    private const int NameLimit = 63;

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
        value = value.With("spec", spec);

        // A name too long for a label is complained of where it was put, not where it is copied to.
        return name.Length > NameLimit ? value : Complete(value);
    }

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var spec = value.Find("spec");
        var errors = new FieldErrors(causes);
        if (context.Before is null && spec?["manualSelector"]?.AsBoolean != true)
        {
            GeneratedSelector(value, errors);
        }

        JobValidation.CheckSpec(spec, "spec", errors);
        if (spec?["selector"] is not JsonObject selector)
        {
            errors.Required("spec.selector");
        }
        else
        {
            ValueForms.CheckSelector(errors, "spec.selector", selector);
        }

        TemplateValidation.CheckMatch(spec, errors);
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes) =>
        JobValidation.CheckChange(value, old, new FieldErrors(causes));

    /// <inheritdoc />
    public override void ValidateStatusUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes) =>
        JobStatusValidation.Check(value, old, new FieldErrors(causes));

    /// <inheritdoc />
    protected override JsonObject CompleteSpec(JsonObject spec) => JobDefaults.Apply(spec);

    /// <inheritdoc />
    protected override JsonObject Complete(JsonObject value) =>
        value.At("metadata", "labels") is null && value.At("spec", "template", "metadata", "labels") is { } labels
            ? ObjectMetadata.WithMeta(value, "labels", labels)
            : value;

    private static void GeneratedSelector(JsonObject value, FieldErrors errors)
    {
        const string field = "spec.template.metadata.labels";
        var labels = value.At("spec", "template", "metadata", "labels") as JsonObject ?? JsonObject.Empty;
        var uid = ObjectMetadata.Uid(value);
        var name = ObjectMetadata.Name(value);
        foreach (var (key, wanted) in new[] { (ControllerUid, uid), (JobName, name), (Prefix + ControllerUid, uid), (Prefix + JobName, name) })
        {
            if (labels.Find(key)?.AsString is not { } given)
            {
                errors.Required(FieldErrors.Key(field, key), $"must be '{wanted}'");
            }
            else if (given != wanted)
            {
                errors.Invalid(FieldErrors.Key(field, key), labels, $"must be '{wanted}'");
            }
        }

        var expected = JsonObject.Of((ControllerUid, uid), (JobName, name), (Prefix + ControllerUid, uid), (Prefix + JobName, name));
        if (value.At("spec", "selector") is { } selector && !TemplateSelector.Matches(selector, expected))
        {
            errors.Invalid("spec.selector", selector, "`selector` not auto-generated");
        }
    }
}
