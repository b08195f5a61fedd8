using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>What the status of a job must satisfy (B-27).</summary>
internal static class JobStatusValidation
{
    private const string Field = "status.conditions";

    private static readonly string[] Terminal = ["Failed", "Complete", "FailureTarget", "SuccessCriteriaMet"];

    /// <summary>Checks a new status.</summary>
    /// <param name="value">The job.</param>
    /// <param name="old">The stored one.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void Check(JsonObject value, JsonObject old, FieldErrors errors)
    {
        var status = value.Find("status");
        var complete = IsTrue(value, "Complete");
        var failed = IsTrue(value, "Failed");
        foreach (var name in (ReadOnlySpan<string>)["active", "ready", "terminating", "succeeded", "failed"])
        {
            errors.NotNegative("status." + name, status?[name]);
        }

        if (status?["startTime"] is null && old.At("status", "startTime") is { } started && old.At("spec", "suspend")?.AsBoolean != true)
        {
            _ = started;
            errors.Required("status.startTime", "startTime cannot be removed for unsuspended job");
        }

        if (complete && status?["completionTime"] is null)
        {
            errors.Required("status.completionTime", "completionTime is required for Complete jobs");
        }
        else if (!complete && status?["completionTime"] is { } time)
        {
            errors.Invalid("status.completionTime", time, "cannot set completionTime when there is no Complete=True condition");
        }

        if (complete && failed)
        {
            Refuse(errors, "cannot set Complete=True and Failed=true conditions");
        }

        if (complete && IsTrue(value, "FailureTarget"))
        {
            Refuse(errors, "cannot set Complete=True and FailureTarget=true conditions");
        }

        if (complete && !IsTrue(value, "SuccessCriteriaMet"))
        {
            Refuse(errors, "cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
        }

        if (failed && !IsTrue(value, "FailureTarget"))
        {
            Refuse(errors, "cannot set Failed=True condition without the FailureTarget=true condition");
        }

        if (failed && IsTrue(value, "SuccessCriteriaMet"))
        {
            Refuse(errors, "cannot set SuccessCriteriaMet=True and Failed=true conditions");
        }

        if (IsTrue(value, "FailureTarget") && IsTrue(value, "SuccessCriteriaMet"))
        {
            Refuse(errors, "cannot set SuccessCriteriaMet=true and FailureTarget=true conditions");
        }

        foreach (var type in Terminal)
        {
            if (IsTrue(old, type) && !IsTrue(value, type))
            {
                Refuse(errors, type is "Failed" or "Complete" ? $"cannot disable the terminal {type}=True condition" : $"cannot disable the {type}=True condition");
            }
        }

        if ((complete || failed) && status?["active"]?.AsInteger > 0)
        {
            errors.Invalid("status.active", status["active"], "active>0 is invalid for finished job");
        }
    }

    private static void Refuse(FieldErrors errors, string why) => errors.InvalidState(Field, why);

    private static bool IsTrue(JsonObject job, string type) =>
        job.Find("status").Items("conditions").Any(item => item.Find("type")?.AsString == type && item.Find("status")?.AsString == "True");
}
