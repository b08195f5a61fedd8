using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Extension;

/// <summary>The conditions of a certificate signing request: approved, denied, failed.</summary>
internal static class CertificateConditions
{
    /// <summary>Fills in the times of new and of changed conditions.</summary>
    /// <param name="value">The request as it was sent.</param>
    /// <param name="old">The stored one.</param>
    /// <param name="now">The time.</param>
    public static JsonObject Timed(JsonObject value, JsonObject old, DateTimeOffset now)
    {
        if (value.At("status", "conditions") is not JsonArray conditions)
        {
            return value;
        }

        var known = Of(old);
        var time = ObjectMetadata.Timestamp(now);
        var timed = conditions.OfType<JsonObject>().Select(condition =>
        {
            if (!condition.Has("lastUpdateTime") || condition.Find("lastUpdateTime") is JsonNull)
            {
                condition = condition.With("lastUpdateTime", time);
            }

            if (condition.Find("lastTransitionTime") is JsonString)
            {
                return (JsonValue)condition;
            }

            var before = known.FirstOrDefault(item => item["type"]?.AsString == condition.Find("type")?.AsString
                && item["status"]?.AsString == condition.Find("status")?.AsString);
            return condition.With("lastTransitionTime", before?["lastTransitionTime"] ?? time);
        });
        return value.WithAt(["status", "conditions"], JsonArray.Of(timed));
    }

    /// <summary>Adds what is wrong with the conditions themselves.</summary>
    /// <param name="value">The request.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void Check(JsonObject value, FieldErrors errors)
    {
        var conditions = Of(value);
        var types = new HashSet<string>();
        for (var i = 0; i < conditions.Count; i++)
        {
            var at = FieldErrors.Item("status.conditions", i);
            var type = conditions[i]["type"]?.AsString ?? "";
            if (type.Length == 0)
            {
                errors.Required(at + ".type");
            }

            var status = conditions[i]["status"]?.AsString ?? "";
            if (status.Length == 0)
            {
                errors.Required(at + ".status");
            }
            else if (type is "Approved" or "Denied" or "Failed")
            {
                errors.OneOf(at + ".status", status, "True");
            }
            else
            {
                errors.OneOf(at + ".status", status, "True", "False", "Unknown");
            }

            if (!types.Add(type))
            {
                errors.Duplicate(at + ".type", type);
            }
        }

        if (types.Contains("Approved") && types.Contains("Denied"))
        {
            errors.Invalid("status.conditions", "Denied", "Approved and Denied conditions are mutually exclusive");
        }
    }

    /// <summary>Adds what is wrong with a change that is no decision: approval and denial stay what they are.</summary>
    /// <param name="value">The request as it would be stored.</param>
    /// <param name="old">The stored one.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void CheckDecisions(JsonObject value, JsonObject old, FieldErrors errors)
    {
        foreach (var type in (ReadOnlySpan<string>)["Approved", "Denied"])
        {
            var had = Has(old, type);
            var has = Has(value, type);
            if (has && !had)
            {
                errors.Forbidden("status.conditions", $"updates may not add a condition of type \"{type}\"");
            }
            else if (had && !has)
            {
                errors.Forbidden("status.conditions", $"updates may not remove a condition of type \"{type}\"");
            }
        }
    }

    private static bool Has(JsonObject value, string type) => Of(value).Any(condition => condition["type"]?.AsString == type);

    private static JsonArray Of(JsonObject value) => value.At("status", "conditions") as JsonArray ?? JsonArray.Empty;
}
