using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>What can be said about the rules of a schema without compiling them.</summary>
internal static class RuleTexts
{
    private static readonly string[] Reasons =
        ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"];

    /// <summary>Checks the rules of one schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="rules">Its rules.</param>
    /// <param name="path">Their path.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static void Validate(JsonObject schema, JsonArray rules, string path, List<FieldError> errors)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            var at = $"{path}[{i}]";
            var rule = rules[i] as JsonObject ?? JsonObject.Empty;
            var text = rule.Text("rule").Trim();
            var message = rule.Text("message");
            if (text.Length == 0)
            {
                errors.Add(FieldError.Required(at + ".rule", "rule is not specified"));
            }
            else if (message.Length > 0 && message.Trim().Length == 0)
            {
                errors.Add(FieldError.Invalid(at + ".message", message, "must be non-empty if specified"));
            }
            else if (HasLineBreak(message.Trim()))
            {
                errors.Add(FieldError.Invalid(at + ".message", message, "must not contain line breaks"));
            }
            else if (HasLineBreak(text) && message.Trim().Length == 0)
            {
                errors.Add(FieldError.Required(at + ".message", "message must be specified if rule contains line breaks"));
            }

            if (rule.Text("messageExpression") is { Length: > 0 } expression && expression.Trim().Length == 0)
            {
                errors.Add(FieldError.Required(at + ".messageExpression", "messageExpression must be non-empty if specified"));
            }

            if (rule.Given("reason")?.AsString is { } reason && !Reasons.Contains(reason))
            {
                errors.Add(FieldError.NotSupported(at + ".reason", reason, Reasons));
            }

            CheckFieldPath(schema, rule.Text("fieldPath"), at + ".fieldPath", errors);
        }
    }

    private static void CheckFieldPath(JsonObject schema, string fieldPath, string at, List<FieldError> errors)
    {
        if (fieldPath.Length == 0)
        {
            return;
        }

        if (fieldPath.Trim().Length == 0)
        {
            errors.Add(FieldError.Invalid(at, fieldPath, "must be non-empty if specified"));
        }

        if (HasLineBreak(fieldPath))
        {
            errors.Add(FieldError.Invalid(at, fieldPath, "must not contain line breaks"));
        }

        if (SchemaText.Unsupported(schema) is null && SchemaPath.Resolve(fieldPath, schema, allowBrackets: true).Error is not null)
        {
            errors.Add(FieldError.Invalid(at, fieldPath, "must be a valid path"));
        }
    }

    private static bool HasLineBreak(string text) => text.AsSpan().IndexOfAny('\n', '\r') >= 0;
}
