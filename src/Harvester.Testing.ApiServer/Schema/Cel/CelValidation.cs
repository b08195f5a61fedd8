using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>
/// Judges a value by all rules of its schema and of those below (statements V-6, V-7, V-12), within a budget: what is unchanged
/// since it was stored is only warned about.
/// </summary>
internal sealed class CelValidation
{
    private const long CallLimit = 1_000_000;
    private const long TotalLimit = 10_000_000;
    private const int MessageLimit = 5 * 1024;

    private readonly List<FieldError> _errors = [];
    private readonly List<FieldError> _tolerated = [];
    private long _budget = TotalLimit;

    private CelValidation()
    {
    }

    /// <summary>Judges a value.</summary>
    /// <param name="schema">Its schema.</param>
    /// <param name="value">The value.</param>
    /// <param name="old">What it was before; null where there is nothing or it cannot be paired.</param>
    /// <param name="path">Its path; empty at the top.</param>
    /// <param name="isResource">True for a whole object.</param>
    /// <param name="unchangedIsTolerated">True to only warn about what did not change.</param>
    /// <param name="warnings">Receives what is tolerated.</param>
    /// <returns>The rules violated.</returns>
    public static List<FieldError> Validate(
        StructuralSchema schema,
        JsonValue value,
        JsonValue? old,
        string path,
        bool isResource,
        bool unchangedIsTolerated,
        List<string>? warnings = null)
    {
        var validation = new CelValidation();
        if (schema.HasRules)
        {
            var pairing = new Pairing(unchangedIsTolerated ? old : null, ParentUnchanged: false);
            validation.Judge(schema, value, old, path, isResource, pairing.At(value));
        }

        warnings?.AddRange(validation._tolerated.Select(error => error.ToString()));
        return validation._errors;
    }

    private bool Judge(StructuralSchema schema, JsonValue value, JsonValue? old, string path, bool isResource, Pairing pairing)
    {
        if (!schema.HasRules || value.IsNull)
        {
            return true;
        }

        return JudgeValue(schema, value, old, path, isResource, pairing) && value switch
        {
            JsonObject members => JudgeMembers(schema, members, old, path, pairing),
            JsonArray items => JudgeItems(schema, items, old, path, pairing),
            _ => true,
        };
    }

    private bool JudgeMembers(StructuralSchema schema, JsonObject members, JsonValue? old, string path, Pairing pairing)
    {
        foreach (var (name, member) in members)
        {
            if (schema.OfMember(name) is { HasRules: true } declared)
            {
                var before = old?[name];
                if (!Judge(declared, member, before, schema.PathOfMember(path, name), declared.EmbeddedResource, pairing.Below(members, pairing.Old?[name]).At(member)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool JudgeItems(StructuralSchema schema, JsonArray items, JsonValue? old, string path, Pairing pairing)
    {
        if (schema.Items is not { HasRules: true } each)
        {
            return true;
        }

        for (var i = 0; i < items.Count; i++)
        {
            var before = SchemaValidation.Paired(schema, items[i], old);
            if (!Judge(each, items[i], before, $"{path}[{i}]", each.EmbeddedResource, pairing.Below(items, SchemaValidation.Paired(schema, items[i], pairing.Old)).At(items[i])))
            {
                return false;
            }
        }

        return true;
    }

    private bool JudgeValue(StructuralSchema schema, JsonValue value, JsonValue? old, string path, bool isResource, Pairing pairing)
    {
        var rules = schema.CompiledRules(isResource);
        if (rules.Length == 0)
        {
            return true;
        }

        if (_budget <= 0)
        {
            return OutOfBudget(schema, path);
        }

        var self = CelValues.Of(value, schema, isResource);
        var oldSelf = old is null || old.IsNull ? null : CelValues.Of(old, schema, isResource);
        foreach (var rule in rules)
        {
            if (rule.Program is null || (rule.UsesOldSelf && oldSelf is null && rule.Optional != true))
            {
                continue;
            }

            var bound = rule.Optional == true ? oldSelf is null ? CelOption.None : new CelOption(oldSelf) : oldSelf;
            var result = CelProgram.Run(rule.Program, self, bound, CallLimit, out var cost);
            if (cost > _budget)
            {
                return OutOfBudget(schema, path);
            }

            _budget -= cost;
            if (result is CelFault fault)
            {
                if (!AddFault(schema, rule, fault, path))
                {
                    return false;
                }
            }
            else if (result is not true && !AddViolation(schema, rule, value, self, oldSelf, path, pairing))
            {
                return false;
            }
        }

        return true;
    }

    private bool OutOfBudget(StructuralSchema schema, string path)
    {
        Invalid(schema, path, "validation failed due to running out of cost budget, no further validation rules will be run");
        return false;
    }

    private bool AddFault(StructuralSchema schema, CelRule rule, CelFault fault, string path)
    {
        var name = (rule.Message.Length > 0 ? rule.Message : rule.Text).Trim();
        if (fault.Message.StartsWith("no such overload", StringComparison.Ordinal))
        {
            Invalid(schema, path, $"'{fault.Message}': call arguments did not match a supported operator, function or macro signature for rule: {name}");
            return true;
        }

        if (fault.Message.StartsWith("operation cancelled: actual cost limit exceeded", StringComparison.Ordinal))
        {
            Invalid(schema, path, $"'{fault.Message}': no further validation rules will be run due to call cost exceeds limit for rule: {name}");
            return false;
        }

        Invalid(schema, path, $"{fault.Message} evaluating rule: {name}");
        return true;
    }

    private bool AddViolation(
        StructuralSchema schema, CelRule rule, JsonValue value, object self, object? oldSelf, string path, Pairing pairing)
    {
        var field = rule.FieldPath.Length == 0 ? path
            : rule.FieldPath[0] == '[' ? path + rule.FieldPath
            : Pruning.Join(path, rule.FieldPath);
        string? message = null;
        if (rule.MessageProgram is not null)
        {
            var text = CelProgram.Run(rule.MessageProgram, self, oldSelf, CallLimit, out var cost);
            if (cost > _budget)
            {
                Add(rule, pairing, FieldError.Invalid(
                    Field(field),
                    schema.Type,
                    "messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run"));
                return false;
            }

            if (text is CelFault { Message: "operation cancelled: actual cost limit exceeded" })
            {
                Add(rule, pairing, FieldError.Invalid(
                    Field(field),
                    schema.Type,
                    $"no further validation rules will be run due to call cost exceeds limit for messageExpression: {GoText.Quote(rule.MessageText)}"));
                return false;
            }

            _budget -= cost;
            message = Usable(text);
        }

        message ??= rule.Message.Length > 0 ? rule.Message.Trim() : "failed rule: " + rule.Text.Trim();
        var shown = schema.Type is "object" or "array" ? null : value;
        var error = rule.Reason == FieldErrorType.Duplicate
            ? new FieldError(Field(field), FieldErrorType.Duplicate, "", shown)
            : new FieldError(Field(field), rule.Reason, message, shown);
        Add(rule, pairing, error);
        return true;
    }

    private static string? Usable(object text) =>
        text is string given && given.Trim() is { Length: > 0 and <= MessageLimit } trimmed && !trimmed.Contains('\n') ? trimmed : null;

    private void Add(CelRule rule, Pairing pairing, FieldError error)
    {
        if (!rule.UsesOldSelf && pairing.IsUnchanged)
        {
            _tolerated.Add(error);
        }
        else
        {
            _errors.Add(error);
        }
    }

    private void Invalid(StructuralSchema schema, string path, string detail) =>
        _errors.Add(FieldError.Invalid(Field(path), schema.Type, detail));

    private static string? Field(string path) => path.Length == 0 ? null : path;

    /// <summary>What a value was before, for tolerance: where it cannot be paired, whether what holds it is unchanged.</summary>
    private sealed record Pairing(JsonValue? Old, bool ParentUnchanged)
    {
        private JsonValue? Value { get; init; }

        public bool IsUnchanged => Old is not null && Value is not null ? Value.Equals(Old) : ParentUnchanged;

        public Pairing Below(JsonValue holder, JsonValue? old) =>
            new(old, Old is null ? ParentUnchanged : holder.Equals(Old));

        public Pairing At(JsonValue value) => this with { Value = value };
    }
}
