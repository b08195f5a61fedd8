using System.Globalization;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources.Admission;

/// <summary>Applies a namespace's limit ranges to new pods and claims: defaults for what they leave out, bounds for the rest.</summary>
internal sealed class LimitRangerPlugin : AdmissionPlugin
{
    private static readonly GroupResource LimitRanges = new("", "limitranges");

    private static readonly string[] ContainerLists = ["containers", "initContainers"];

    /// <inheritdoc />
    public override JsonObject Mutate(RequestContext context, JsonObject value, JsonObject? old)
    {
        if (old is not null || !Concerns(context, "", "pods"))
        {
            return value;
        }

        foreach (var limit in Limits(context, "Container"))
        {
            var said = new List<string>();
            foreach (var list in ContainerLists)
            {
                if (value.At("spec", list) is JsonArray containers)
                {
                    var what = list == "containers" ? "container" : "init container";
                    value = value.WithAt(
                        ["spec", list],
                        JsonArray.Of(containers.Select(item => item is JsonObject container ? Completed(container, limit, what, said) : item)));
                }
            }

            if (said.Count > 0)
            {
                value = value.WithAt(
                    ["metadata", "annotations", "kubernetes.io/limit-ranger"],
                    "LimitRanger plugin set: " + string.Join("; ", said));
            }
        }

        return value;
    }

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, JsonObject? old)
    {
        if (old is not null)
        {
            return;
        }

        var errors = new List<string>();
        if (Concerns(context, "", "pods"))
        {
            CheckPod(context, value, errors);
        }
        else if (Concerns(context, "", "persistentvolumeclaims"))
        {
            var requests = Amounts(value.At("spec", "resources", "requests"));
            foreach (var limit in Limits(context, "PersistentVolumeClaim"))
            {
                Least(limit, "PersistentVolumeClaim", requests, requests, errors);
                Most(limit, "PersistentVolumeClaim", requests, null, errors);
            }
        }

        if (errors.Count > 0)
        {
            throw Refusal(context, value, errors.Count == 1 ? errors[0] : $"[{string.Join(", ", errors)}]");
        }
    }

    private static void CheckPod(RequestContext context, JsonObject value, List<string> errors)
    {
        foreach (var limit in Limits(context, "Container"))
        {
            foreach (var container in ContainerLists.SelectMany(list => value.At("spec", list) as JsonArray ?? JsonArray.Empty))
            {
                Check(
                    limit,
                    "Container",
                    Amounts(container.At("resources", "requests")),
                    Amounts(container.At("resources", "limits")),
                    errors);
            }
        }

        foreach (var limit in Limits(context, "Pod"))
        {
            Check(limit, "Pod", Total(value, "requests"), Total(value, "limits"), errors);
        }
    }

    private static void Check(
        JsonObject limit, string what, Dictionary<string, Quantity> requests, Dictionary<string, Quantity> limits, List<string> errors)
    {
        Least(limit, what, requests, limits, errors);
        Most(limit, what, limits, requests, errors);
        Ratio(limit, what, requests, limits, errors);
    }

    private static void Least(
        JsonObject limit, string what, Dictionary<string, Quantity> requests, Dictionary<string, Quantity> limits, List<string> errors)
    {
        foreach (var (resource, bound, text) in Bounds(limit, "min"))
        {
            var start = $"minimum {resource} usage per {what} is {text}";
            if (!requests.TryGetValue(resource, out var request))
            {
                errors.Add($"{start}.  No request is specified");
            }
            else if (request < bound)
            {
                errors.Add($"{start}, but request is {request}");
            }
            else if (limits.TryGetValue(resource, out var most) && most < bound)
            {
                errors.Add($"{start}, but limit is {most}");
            }
        }
    }

    // What a claim asks for is its limit.
    private static void Most(
        JsonObject limit, string what, Dictionary<string, Quantity> limits, Dictionary<string, Quantity>? requests, List<string> errors)
    {
        var word = requests is null ? "request" : "limit";
        foreach (var (resource, bound, text) in Bounds(limit, "max"))
        {
            var start = $"maximum {resource} usage per {what} is {text}";
            if (!limits.TryGetValue(resource, out var most))
            {
                errors.Add($"{start}.  No {word} is specified");
            }
            else if (most > bound)
            {
                errors.Add($"{start}, but {word} is {most}");
            }
            else if (requests is not null && requests.TryGetValue(resource, out var request) && request > bound)
            {
                errors.Add($"{start}, but request is {request}");
            }
        }
    }

    private static void Ratio(
        JsonObject limit, string what, Dictionary<string, Quantity> requests, Dictionary<string, Quantity> limits, List<string> errors)
    {
        foreach (var (resource, bound, text) in Bounds(limit, "maxLimitRequestRatio"))
        {
            var start = $"{resource} max limit to request ratio per {what} is {text}, but ";
            if (!requests.TryGetValue(resource, out var request) || request.Sign == 0)
            {
                errors.Add(start + "no request is specified or request is 0");
            }
            else if (!limits.TryGetValue(resource, out var most) || most.Sign == 0)
            {
                errors.Add(start + "no limit is specified or limit is 0");
            }
            else if (most.ToDouble() / request.ToDouble() is var ratio && ratio > bound.ToDouble())
            {
                errors.Add(start + string.Create(CultureInfo.InvariantCulture, $"provided ratio is {ratio:F6}"));
            }
        }
    }

    private static JsonObject Completed(JsonObject container, JsonObject limit, string what, List<string> said)
    {
        var name = container.Find("name")?.AsString;
        foreach (var (member, from, word) in (ReadOnlySpan<(string, string, string)>)[("requests", "defaultRequest", "request"), ("limits", "default", "limit")])
        {
            if (limit.Find(from) is not JsonObject defaults)
            {
                continue;
            }

            var amounts = new JsonObject.Builder(container.At("resources", member) as JsonObject ?? JsonObject.Empty);
            var added = new List<string>();
            foreach (var (resource, amount) in defaults)
            {
                if (amounts.TryAdd(resource, amount))
                {
                    added.Add(resource);
                }
            }

            if (added.Count > 0)
            {
                container = container.WithAt(["resources", member], amounts.Build());
                said.Add($"{string.Join(", ", added)} {word} for {what} {name}");
            }
        }

        return container;
    }

    private static IEnumerable<JsonObject> Limits(RequestContext context, string type) =>
        context.Log.State.Range(LimitRanges, context.Namespace, "")
            .SelectMany(entry => entry.Object.At("spec", "limits") as JsonArray ?? JsonArray.Empty)
            .OfType<JsonObject>()
            .Where(limit => limit.Find("type")?.AsString == type);

    private static IEnumerable<(string Resource, Quantity Bound, string Text)> Bounds(JsonObject limit, string member)
    {
        foreach (var (resource, amount) in limit.Find(member) as JsonObject ?? JsonObject.Empty)
        {
            if (amount.AsString is { } text && Quantity.TryParse(text) is { } bound)
            {
                yield return (resource, bound, text);
            }
        }
    }

    private static Dictionary<string, Quantity> Amounts(JsonValue? resources)
    {
        var amounts = new Dictionary<string, Quantity>();
        foreach (var (resource, amount) in resources as JsonObject ?? JsonObject.Empty)
        {
            if (amount.AsString is { } text && Quantity.TryParse(text) is { } quantity)
            {
                amounts[resource] = quantity;
            }
        }

        return amounts;
    }

    // Containers run together; those that initialise run before, one after the other.
    private static Dictionary<string, Quantity> Total(JsonObject pod, string member)
    {
        var total = new Dictionary<string, Quantity>();
        foreach (var container in pod.At("spec", "containers") as JsonArray ?? JsonArray.Empty)
        {
            foreach (var (resource, amount) in Amounts(container.At("resources", member)))
            {
                total[resource] = total.TryGetValue(resource, out var sum) ? sum + amount : amount;
            }
        }

        foreach (var container in pod.At("spec", "initContainers") as JsonArray ?? JsonArray.Empty)
        {
            foreach (var (resource, amount) in Amounts(container.At("resources", member)))
            {
                total[resource] = total.TryGetValue(resource, out var sum) && sum > amount ? sum : amount;
            }
        }

        return total;
    }
}
