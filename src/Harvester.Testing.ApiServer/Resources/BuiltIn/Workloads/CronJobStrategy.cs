using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>Cron jobs.</summary>
internal sealed class CronJobStrategy : KindStrategy
{
    private const int NameLimit = 52;

    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) => value.Edit("spec", spec => spec
        .Default("concurrencyPolicy", "Allow")
        .Default("suspend", false)
        .Default("successfulJobsHistoryLimit", 3)
        .Default("failedJobsHistoryLimit", 1)
        .Edit("jobTemplate", job => job.Edit("spec", inner => JobDefaults.PodFailurePolicy(inner)
            .Edit("template", PodSpecDefaults.ApplyToTemplate))));

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var spec = value.Find("spec");
        var errors = new FieldErrors(causes);
        if (ObjectMetadata.Name(value) is { Length: > NameLimit } name)
        {
            // The name of a job is that of its cron job with eleven characters more.
            errors.Invalid("metadata.name", name, "must be no more than 52 characters");
        }

        var schedule = spec?["schedule"]?.AsString ?? "";
        if (schedule.Length == 0)
        {
            errors.Required("spec.schedule");
        }
        else if (schedule.Contains("TZ", StringComparison.Ordinal))
        {
            errors.Invalid("spec.schedule", schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        }
        else if (CronSchedule.Error(schedule) is { } wrong)
        {
            errors.Invalid("spec.schedule", schedule, wrong);
        }

        errors.NotNegative("spec.startingDeadlineSeconds", spec?["startingDeadlineSeconds"]);
        TimeZone(spec?["timeZone"], errors);
        errors.OneOf("spec.concurrencyPolicy", spec?["concurrencyPolicy"]?.AsString ?? "", "Allow", "Forbid", "Replace");
        var job = spec?.At("jobTemplate", "spec");
        JobValidation.CheckSpec(job, "spec.jobTemplate.spec", errors);
        if (job?["selector"] is { } selector)
        {
            errors.Invalid("spec.jobTemplate.spec.selector", selector, "`selector` will be auto-generated");
        }

        if (job?["manualSelector"]?.AsBoolean == true)
        {
            errors.NotSupported("spec.jobTemplate.spec.manualSelector", true, "nil", "false");
        }

        errors.NotNegative("spec.successfulJobsHistoryLimit", spec?["successfulJobsHistoryLimit"]);
        errors.NotNegative("spec.failedJobsHistoryLimit", spec?["failedJobsHistoryLimit"]);
    }

    private static void TimeZone(JsonValue? zone, FieldErrors errors)
    {
        if (zone?.AsString is not { } name)
        {
            return;
        }

        if (name.Length == 0)
        {
            errors.Invalid("spec.timeZone", name, "timeZone must be nil or non-empty string");
        }
        else if (name.Equals("local", StringComparison.OrdinalIgnoreCase))
        {
            errors.Invalid("spec.timeZone", name, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
        }
        else if (name is not ("UTC" or "Etc/UTC") && !TimeZoneInfo.TryFindSystemTimeZoneById(name, out _))
        {
            errors.Invalid("spec.timeZone", name, $"unknown time zone {name}");
        }
    }
}
