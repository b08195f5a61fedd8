using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>One of a schema's <c>x-kubernetes-validations</c> (statements V-6, V-12).</summary>
internal sealed class CelRule
{
    private readonly CelExpression _rule;
    private readonly CelExpression? _messageExpression;
    private readonly string _text;
    private readonly string _message;
    private readonly FieldErrorType _reason;
    private readonly string _fieldPath;
    private readonly bool _optionalOldSelf;
    private readonly bool _isTransition;

    private CelRule(JsonObject rule)
    {
        _text = (rule.Find("rule")?.AsString ?? "").Trim();
        _rule = CelParser.Parse(_text);
        _message = rule.Find("message")?.AsString ?? "";
        _messageExpression = rule.Find("messageExpression")?.AsString is { Length: > 0 } expression ? CelParser.Parse(expression) : null;
        _reason = rule.Find("reason")?.AsString switch
        {
            "FieldValueForbidden" => FieldErrorType.Forbidden,
            "FieldValueRequired" => FieldErrorType.Required,
            "FieldValueDuplicate" => FieldErrorType.Duplicate,
            _ => FieldErrorType.Invalid,
        };
        _fieldPath = rule.Find("fieldPath")?.AsString ?? "";
        _optionalOldSelf = rule.Find("optionalOldSelf")?.AsBoolean == true;
        _isTransition = _rule.Mentions("oldSelf");
    }

    /// <summary>Reads a rule of a definition.</summary>
    /// <param name="rule">The rule.</param>
    /// <exception cref="CelSyntaxException">It is no CEL.</exception>
    /// <exception cref="CelNotSupportedException">It uses what is not evaluated here.</exception>
    public static CelRule Parse(JsonObject rule) => new(rule);

    /// <summary>Evaluates all rules of a schema on an object and all below.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="value">The value.</param>
    /// <param name="old">The value it was before; null where there is none or it cannot be paired.</param>
    /// <param name="path">The value's path; empty at the top.</param>
    /// <param name="errors">Receives the rules violated.</param>
    public static void Validate(StructuralSchema schema, JsonValue value, JsonValue? old, string path, List<FieldError> errors)
    {
        if (!schema.HasRules || value.IsNull)
        {
            return;
        }

        foreach (var rule in schema.Rules)
        {
            if (rule.Judge(schema, value, old, path) is { } error)
            {
                errors.Add(error);
            }
        }

        switch (value)
        {
            case JsonObject members:
                foreach (var (name, member) in members)
                {
                    if (schema.OfMember(name) is { } declared)
                    {
                        Validate(declared, member, old?[name], Pruning.Join(path, name), errors);
                    }
                }

                break;
            case JsonArray items when schema.Items is { } each:
                for (var i = 0; i < items.Count; i++)
                {
                    Validate(each, items[i], SchemaValidation.Paired(schema, items[i], old), $"{path}[{i}]", errors);
                }

                break;
        }
    }

    private FieldError? Judge(StructuralSchema schema, JsonValue value, JsonValue? old, string path)
    {
        if (_isTransition ? old is null && !_optionalOldSelf : value.Equals(old))
        {
            // Nothing to compare with, or unchanged and hence tolerated.
            return null;
        }

        try
        {
            var variables = new Dictionary<string, object?> { ["self"] = CelValues.Of(value, schema) };
            if (_isTransition)
            {
                var before = old is null ? null : CelValues.Of(old, schema);
                variables["oldSelf"] = _optionalOldSelf ? new CelOptional(old is not null, before) : before;
            }

            if (CelEvaluator.Evaluate(_rule, variables) is true)
            {
                return null;
            }

            return Violated(MessageFor(variables), value is JsonObject or JsonArray ? null : value, path);
        }
        catch (CelEvaluationException failed)
        {
            var type = schema.Types.Count == 1 ? schema.Types[0] : "object";
            return Violated($"{failed.Message} evaluating rule: {(_message.Length > 0 ? _message : _text)}", type, path);
        }
    }

    private FieldError Violated(string message, JsonValue? shown, string path)
    {
        var field = path + _fieldPath.Replace("['", ".").Replace("']", "");
        field = path.Length == 0 ? field.TrimStart('.') : field;
        return new FieldError(field.Length == 0 ? null : field, _reason, message, shown);
    }

    private string MessageFor(Dictionary<string, object?> variables)
    {
        try
        {
            if (_messageExpression is not null
                && CelEvaluator.Evaluate(_messageExpression, variables) is string { Length: > 0 and <= 5120 } text
                && !string.IsNullOrWhiteSpace(text)
                && !text.Contains('\n'))
            {
                return text;
            }
        }
        catch (CelEvaluationException)
        {
            // The plain message is there for this case.
        }

        return _message.Length > 0 ? _message : "failed rule: " + _text;
    }
}
