using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Core;

/// <summary>Limit ranges.</summary>
internal sealed class LimitRangeStrategy : KindStrategy
{
    private static readonly string[] Members = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"];

    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) => value.At("spec", "limits") is JsonArray limits
        ? value.WithAt(["spec", "limits"], JsonArray.Of(limits.Select(limit => limit is JsonObject item ? Completed(item) : limit)))
        : value;

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var limits = value.At("spec", "limits") as JsonArray ?? JsonArray.Empty;
        var types = new HashSet<string>();
        for (var i = 0; i < limits.Count; i++)
        {
            var at = FieldErrors.Item("spec.limits", i);
            var type = limits[i]["type"]?.AsString ?? "";
            if (ObjectMetadataRules.QualifiedNameError(type) is { } bad)
            {
                errors.Invalid(at + ".type", type, bad);
            }
            else if (!type.Contains('/', StringComparison.Ordinal) && type is not ("Pod" or "Container" or "PersistentVolumeClaim"))
            {
                errors.Invalid(at + ".type", type, "must be a standard limit type or fully qualified");
            }

            if (!types.Add(type))
            {
                errors.Duplicate(at + ".type", type);
            }

            if (type == "Pod")
            {
                foreach (var member in (ReadOnlySpan<string>)["default", "defaultRequest"])
                {
                    if (limits[i][member] is JsonObject { Count: > 0 })
                    {
                        errors.Forbidden($"{at}.{member}", "may not be specified when `type` is 'Pod'");
                    }
                }
            }

            if (type == "PersistentVolumeClaim" && limits[i].At("min", "storage") is null && limits[i].At("max", "storage") is null)
            {
                errors.Required("spec.limits", "either minimum or maximum storage value is required, but neither was provided");
            }

            CheckAmounts(limits[i], at, errors);
        }
    }

    // What is not said follows from what is: the limit from the maximum, the request from the limit or the minimum.
    private static JsonObject Completed(JsonObject limit)
    {
        if (limit.Find("type")?.AsString != "Container")
        {
            return limit;
        }

        limit = Filled(limit, "default", "max");
        limit = Filled(limit, "defaultRequest", "default");
        return Filled(limit, "defaultRequest", "min");
    }

    private static JsonObject Filled(JsonObject limit, string member, string from)
    {
        if (limit.Find(from) is not JsonObject { Count: > 0 } source)
        {
            return limit;
        }

        var target = new JsonObject.Builder(limit.Find(member) as JsonObject ?? JsonObject.Empty);
        foreach (var (resource, amount) in source)
        {
            target.TryAdd(resource, amount);
        }

        return limit.With(member, target.Build());
    }

    private static void CheckAmounts(JsonValue limit, string at, FieldErrors errors)
    {
        foreach (var resource in Members.SelectMany(member => limit[member] is JsonObject amounts ? amounts.Names.ToArray() : []).Distinct())
        {
            var min = Amount(limit, "min", resource);
            var max = Amount(limit, "max", resource);
            var request = Amount(limit, "defaultRequest", resource);
            var most = Amount(limit, "default", resource);
            if (min > max)
            {
                errors.Invalid($"{at}.min[{resource}]", limit.At("min", resource), $"min value {min} is greater than max value {max}");
            }

            if (request < min)
            {
                errors.Invalid(
                    $"{at}.defaultRequest[{resource}]",
                    limit.At("defaultRequest", resource),
                    $"min value {min} is greater than default request value {request}");
            }

            if (request > max)
            {
                errors.Invalid(
                    $"{at}.defaultRequest[{resource}]",
                    limit.At("defaultRequest", resource),
                    $"default request value {request} is greater than max value {max}");
            }

            if (request > most)
            {
                errors.Invalid(
                    $"{at}.defaultRequest[{resource}]",
                    limit.At("defaultRequest", resource),
                    $"default request value {request} is greater than default limit value {most}");
            }

            if (most < min)
            {
                errors.Invalid($"{at}.default[{resource}]", limit.At("default", resource), $"min value {min} is greater than default value {most}");
            }

            if (most > max)
            {
                errors.Invalid($"{at}.default[{resource}]", limit.At("default", resource), $"default value {most} is greater than max value {max}");
            }

            if (Amount(limit, "maxLimitRequestRatio", resource) is { } ratio && ratio < Quantity.Of(1))
            {
                errors.Invalid(
                    $"{at}.maxLimitRequestRatio[{resource}]", limit.At("maxLimitRequestRatio", resource), $"ratio {ratio} is less than 1");
            }
        }
    }

    private static Quantity? Amount(JsonValue limit, string member, string resource) => ValueForms.Amount(limit.At(member, resource));
}
