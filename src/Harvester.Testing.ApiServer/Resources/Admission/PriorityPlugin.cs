using System.Globalization;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources.Admission;

/// <summary>Translates a pod's priority class to its priority; keeps the default class the only one.</summary>
internal sealed class PriorityPlugin : AdmissionPlugin
{
    private static readonly GroupResource Classes = new("scheduling.k8s.io", "priorityclasses");

    /// <inheritdoc />
    public override JsonObject Mutate(RequestContext context, JsonObject value, JsonObject? old)
    {
        if (!Concerns(context, "", "pods") || value.Find("spec") is not JsonObject spec)
        {
            return value;
        }

        if (old is not null)
        {
            return value.With("spec", Kept(Kept(spec, old, "priority"), old, "preemptionPolicy"));
        }

        var name = spec.Find("priorityClassName")?.AsString ?? "";
        var found = name.Length == 0
            ? context.Log.State.Of(Classes).Values.FirstOrDefault(stored => stored.Object.Find("globalDefault")?.AsBoolean == true)
            : context.Log.State.Find(Classes, null, name)
                ?? throw Refusal(context, value, $"no PriorityClass with name {name} was found");
        var priority = found?.Object.Find("value")?.AsInteger ?? 0;
        var preemption = found?.Object.Find("preemptionPolicy")?.AsString ?? "PreemptLowerPriority";
        if (spec.Find("priority")?.AsInteger is { } given && given != priority)
        {
            throw Refusal(context, value, string.Create(
                CultureInfo.InvariantCulture,
                $"the integer value of priority ({given}) must not be provided in pod spec; priority admission controller computed {priority} from the given PriorityClass name"));
        }

        if (spec.Find("preemptionPolicy")?.AsString is { Length: > 0 } policy && policy != preemption)
        {
            throw Refusal(
                context,
                value,
                $"the string value of PreemptionPolicy ({policy}) must not be provided in pod spec; priority admission controller computed {preemption} from the given PriorityClass name");
        }

        spec = spec.With("priority", priority).With("preemptionPolicy", preemption);
        return value.With("spec", name.Length == 0 && found is not null ? spec.With("priorityClassName", found.Name) : spec);
    }

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, JsonObject? old)
    {
        if (!Concerns(context, "scheduling.k8s.io", "priorityclasses") || value.Find("globalDefault")?.AsBoolean != true)
        {
            return;
        }

        var name = ObjectMetadata.Name(value);
        var other = context.Log.State.Of(Classes).Values
            .FirstOrDefault(stored => stored.Name != name && stored.Object.Find("globalDefault")?.AsBoolean == true);
        if (other is not null)
        {
            throw Refusal(context, value, $"PriorityClass {other.Name} is already marked as default. Only one default can exist");
        }
    }

    private static JsonObject Kept(JsonObject spec, JsonObject old, string member) =>
        spec.Has(member) ? spec : spec.With(member, old.At("spec", member));
}
