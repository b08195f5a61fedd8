using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>What of a pod may change once it is there (B-14).</summary>
internal static class PodChanges
{
    private const string Others =
        "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
        + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
        + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    /// <summary>Adds what is wrong with a change.</summary>
    /// <param name="spec">The new spec.</param>
    /// <param name="old">The stored one.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void Check(JsonValue? spec, JsonValue? old, FieldErrors errors)
    {
        if (spec is not JsonObject now || old is not JsonObject before)
        {
            return;
        }

        foreach (var list in (ReadOnlySpan<string>)["containers", "initContainers"])
        {
            if (now.Items(list).Count() != before.Items(list).Count())
            {
                errors.Forbidden("spec." + list, "pod updates may not add or remove containers");
                return;
            }
        }

        var count = errors.Count;
        Deadline(now, before, errors);
        Gates(now, before, errors);
        Tolerations(now, before, errors);
        var comparable = now;
        foreach (var list in (ReadOnlySpan<string>)["containers", "initContainers"])
        {
            var stored = before.Items(list).ToList();
            var i = 0;
            comparable = comparable.EditItems(list, container => container.With("image", stored[i++].Find("image")));
        }

        foreach (var name in (ReadOnlySpan<string>)["activeDeadlineSeconds", "tolerations", "schedulingGates"])
        {
            comparable = comparable.With(name, before.Find(name));
        }

        if (before.Find("terminationGracePeriodSeconds")?.AsInteger < 0 && now.Find("terminationGracePeriodSeconds")?.AsInteger == 1)
        {
            comparable = comparable.With("terminationGracePeriodSeconds", before.Find("terminationGracePeriodSeconds"));
        }

        if (before.Find("schedulingGates") is JsonArray { Count: > 0 } && Narrows(now.Find("nodeSelector"), before.Find("nodeSelector")))
        {
            // What is not yet to be scheduled may still be told where to go.
            comparable = comparable.With("nodeSelector", before.Find("nodeSelector"));
            if (!before.Has("affinity"))
            {
                comparable = comparable.Without("affinity");
            }
        }

        if (errors.Count == count && !comparable.Equals(before))
        {
            errors.Forbidden("spec", Others);
        }
    }

    private static bool Narrows(JsonValue? now, JsonValue? before) =>
        before is not JsonObject old || old.All(pair => Equals(now?[pair.Key], pair.Value));

    private static void Deadline(JsonObject now, JsonObject before, FieldErrors errors)
    {
        var deadline = now.Find("activeDeadlineSeconds");
        if (before.Find("activeDeadlineSeconds")?.AsInteger is not { } limit)
        {
            return;
        }

        if (deadline is null)
        {
            errors.Invalid("spec.activeDeadlineSeconds", null, "must not update from a positive integer to nil value");
        }
        else if (deadline.AsInteger > limit)
        {
            errors.Invalid("spec.activeDeadlineSeconds", deadline, "must be less than or equal to previous value");
        }
    }

    private static void Gates(JsonObject now, JsonObject before, FieldErrors errors)
    {
        var known = before.Items("schedulingGates").Select(gate => gate.Find("name")?.AsString).ToHashSet();
        var i = 0;
        foreach (var gate in now.Items("schedulingGates"))
        {
            var name = gate.Find("name")?.AsString;
            if (!known.Contains(name))
            {
                errors.Forbidden(
                    FieldErrors.Item("spec.schedulingGates", i) + ".name",
                    $"only deletion is allowed, but found new scheduling gate '{name}'");
            }

            i++;
        }
    }

    private static void Tolerations(JsonObject now, JsonObject before, FieldErrors errors)
    {
        var kept = now.Items("tolerations").Select(toleration => toleration.Without("tolerationSeconds")).ToHashSet();
        foreach (var toleration in before.Items("tolerations"))
        {
            if (!kept.Contains(toleration.Without("tolerationSeconds")))
            {
                errors.Forbidden("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
    }
}
