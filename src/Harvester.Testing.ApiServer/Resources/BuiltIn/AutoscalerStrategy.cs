using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>Horizontal pod autoscalers of both versions; they are validated in the form of version 2.</summary>
internal sealed class AutoscalerStrategy : KindStrategy
{
    private static readonly AutoscalerConversion Conversion = new();

    private static readonly JsonArray DefaultMetrics = JsonArray.Of(AutoscalerMetrics.Utilization(80));

    private static readonly JsonArray WholeInFifteenSeconds = JsonArray.Of(Policy("Percent", 100, 15));

    private static readonly JsonArray FourOrWholeInFifteenSeconds = JsonArray.Of(Policy("Pods", 4, 15), Policy("Percent", 100, 15));

    private static readonly JsonObject InitialStatus = JsonObject.Of(("desiredReplicas", 0), ("currentMetrics", JsonValue.Null));

    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value)
    {
        if (value.Find("apiVersion")?.AsString != "autoscaling/v1")
        {
            return WithDefaults(value);
        }

        return value.Find("spec") is JsonObject spec && !spec.Has("minReplicas") ? value.WithAt(["spec", "minReplicas"], 1) : value;
    }

    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value) =>
        value.With("status", context.Kind.Version == "v1"
            ? JsonObject.Of(("currentReplicas", 0), ("desiredReplicas", 0))
            : InitialStatus);

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var stored = context.Kind.Version == "v1" ? Conversion.ToStored(value) : value;
        var fields = new FieldErrors(causes);
        var spec = stored.Find("spec");
        var least = spec?["minReplicas"]?.AsInteger ?? 1;
        if (least < 1)
        {
            fields.Invalid("spec.minReplicas", least, "must be greater than or equal to 1");
        }

        var most = spec?["maxReplicas"]?.AsInteger ?? 0;
        if (most == 0)
        {
            fields.Required("spec.maxReplicas");
        }
        else if (most < 1)
        {
            fields.Invalid("spec.maxReplicas", most, "must be greater than 0");
        }

        if (most < least)
        {
            fields.Invalid("spec.maxReplicas", most, "must be greater than or equal to `minReplicas`");
        }

        ValidateTarget(fields, spec?["scaleTargetRef"], "spec.scaleTargetRef");
        ValidateMetrics(fields, spec?["metrics"] as JsonArray ?? JsonArray.Empty);
        ValidateRules(fields, spec?.At("behavior", "scaleUp"), "spec.behavior.scaleUp");
        ValidateRules(fields, spec?.At("behavior", "scaleDown"), "spec.behavior.scaleDown");
    }

    /// <summary>Completes an object of version 2.</summary>
    /// <param name="value">The object.</param>
    internal static JsonObject WithDefaults(JsonObject value)
    {
        if (value.Find("spec") is not JsonObject spec)
        {
            return value;
        }

        var result = new JsonObject.Builder(spec);
        result["minReplicas"] ??= 1;
        if (result["metrics"] is null or JsonArray { Count: 0 })
        {
            result["metrics"] = DefaultMetrics;
        }

        if (result["behavior"] is JsonObject behavior)
        {
            result["behavior"] = behavior
                .With("scaleUp", Rules(behavior.Find("scaleUp"), 0, FourOrWholeInFifteenSeconds))
                .With("scaleDown", Rules(behavior.Find("scaleDown"), null, WholeInFifteenSeconds));
        }

        return value.With("spec", result.Build());
    }

    private static JsonObject Rules(JsonValue? rules, long? window, JsonArray policies)
    {
        var result = new JsonObject.Builder(rules as JsonObject ?? JsonObject.Empty);
        result["selectPolicy"] ??= "Max";
        if (window is { } seconds)
        {
            result["stabilizationWindowSeconds"] ??= seconds;
        }

        result["policies"] ??= policies;
        return result.Build();
    }

    private static JsonObject Policy(string type, long value, long period) =>
        JsonObject.Of(("type", type), ("value", value), ("periodSeconds", period));

    private static void ValidateTarget(FieldErrors fields, JsonValue? target, string at)
    {
        if (target?["kind"]?.AsString is null or "")
        {
            fields.Required(at + ".kind");
        }

        if (target?["name"]?.AsString is null or "")
        {
            fields.Required(at + ".name");
        }

        var version = target?["apiVersion"]?.AsString ?? "";
        if (version.Count(letter => letter == '/') > 1)
        {
            fields.Invalid(at + ".apiVersion", version, $"unexpected GroupVersion string: {version}");
        }
        else if (!version.Contains('/', StringComparison.Ordinal) && (version.Length == 0 || target?["kind"]?.AsString is not "ReplicationController"))
        {
            fields.Invalid(at + ".apiVersion", version, "apiVersion must specify API group");
        }
    }

    private static void ValidateMetrics(FieldErrors fields, JsonArray metrics)
    {
        for (var i = 0; i < metrics.Count; i++)
        {
            var at = FieldErrors.Item("spec.metrics", i);
            var type = metrics[i]["type"]?.AsString ?? "";
            if (type.Length == 0)
            {
                fields.Required(at + ".type", "must specify a metric source type");
                continue;
            }

            if (!fields.OneOf(at + ".type", type, ["ContainerResource", "External", "Object", "Pods", "Resource"]))
            {
                continue;
            }

            var member = char.ToLowerInvariant(type[0]) + type[1..];
            if (metrics[i][member] is not JsonObject source)
            {
                fields.Required($"{at}.{member}", $"must populate information for the given metric source");
                continue;
            }

            ValidateSource(fields, type, source, $"{at}.{member}");
        }
    }

    private static void ValidateSource(FieldErrors fields, string type, JsonObject source, string at)
    {
        if (type is "Resource" or "ContainerResource")
        {
            if (source.Find("name")?.AsString is null or "")
            {
                fields.Required(at + ".name", "must specify a resource name");
            }
        }
        else if (source.At("metric", "name")?.AsString is null or "")
        {
            fields.Required(at + ".metric.name", "must specify a metric name");
        }

        var target = source.Find("target");
        var targetType = target?["type"]?.AsString ?? "";
        if (targetType.Length == 0)
        {
            fields.Required(at + ".target.type", "must specify a metric target type");
        }
        else
        {
            fields.OneOf(at + ".target.type", targetType, ["AverageValue", "Utilization", "Value"]);
        }

        if (target?["averageUtilization"]?.AsInteger is { } percentage && percentage < 1)
        {
            fields.Invalid(at + ".target.averageUtilization", percentage, "must be greater than 0");
        }
    }

    private static void ValidateRules(FieldErrors fields, JsonValue? rules, string at)
    {
        if (rules is not JsonObject)
        {
            return;
        }

        if (rules["stabilizationWindowSeconds"]?.AsInteger is { } window)
        {
            if (window < 0)
            {
                fields.Invalid(at + ".stabilizationWindowSeconds", window, "must be greater than or equal to zero");
            }
            else if (window > 3600)
            {
                fields.Invalid(at + ".stabilizationWindowSeconds", window, "must be less than or equal to 3600");
            }
        }

        if (rules["selectPolicy"]?.AsString is { } select)
        {
            fields.OneOf(at + ".selectPolicy", select, ["Disabled", "Max", "Min"]);
        }

        var policies = rules["policies"] as JsonArray ?? JsonArray.Empty;
        if (policies.Count == 0)
        {
            fields.Required(at + ".policies", "must specify at least one Policy");
        }

        for (var i = 0; i < policies.Count; i++)
        {
            var item = FieldErrors.Item(at + ".policies", i);
            fields.OneOf(item + ".type", policies[i]["type"]?.AsString ?? "", ["Percent", "Pods"]);
            Positive(fields, item + ".value", policies[i]["value"]);
            var period = policies[i]["periodSeconds"]?.AsInteger ?? 0;
            Positive(fields, item + ".periodSeconds", policies[i]["periodSeconds"]);
            if (period > 1800)
            {
                fields.Invalid(item + ".periodSeconds", period, "must be less than or equal to 1800");
            }
        }
    }

    private static void Positive(FieldErrors fields, string field, JsonValue? number)
    {
        var value = number?.AsInteger ?? 0;
        if (value <= 0)
        {
            fields.Invalid(field, value, "must be greater than zero");
        }
    }
}
