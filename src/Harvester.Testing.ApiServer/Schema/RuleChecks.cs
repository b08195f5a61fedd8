using Harvester.Testing.ApiServer.Schema.Cel;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>
/// Compiles the rules of a definition's schema for its validation, and adds up what they may cost: the more often a value can
/// occur in an object, the more its rules cost.
/// </summary>
internal sealed class RuleChecks
{
    private const ulong RuleLimit = 10_000_000;
    private const ulong TotalLimit = 100_000_000;
    private const ulong RequestLimit = 3 * 1024 * 1024;

    private readonly StructuralSchema? _schema;
    private readonly bool _isResource;
    private readonly bool _unchanged;
    private readonly ulong? _occurrences;
    private readonly Totals _totals;

    /// <summary>Checks the rules from the root of a schema on.</summary>
    /// <param name="root">The schema.</param>
    /// <param name="unchanged">True when it was stored like this before: then each rule may cost what it costs.</param>
    public RuleChecks(StructuralSchema root, bool unchanged)
        : this(root, isResource: true, unchanged, 1, new Totals())
    {
    }

    private RuleChecks(StructuralSchema? schema, bool isResource, bool unchanged, ulong? occurrences, Totals totals)
    {
        _schema = schema;
        _isResource = isResource;
        _unchanged = unchanged;
        _occurrences = occurrences;
        _totals = totals;
    }

    /// <summary>The checks of a member's rules.</summary>
    /// <param name="name">The member's name.</param>
    public RuleChecks OfProperty(string name) => Below(_schema?.Properties.GetValueOrDefault(name));

    /// <summary>The checks of the rules of a list's items.</summary>
    public RuleChecks OfItems() => Below(_schema?.Items);

    /// <summary>The checks of the rules of a map's values.</summary>
    public RuleChecks OfAdditionalProperties() => Below(_schema?.AdditionalProperties);

    /// <summary>Checks the rules of this schema.</summary>
    /// <param name="path">The schema's path.</param>
    /// <param name="uncorrelatableAt">The outermost schema whose parts cannot be paired with what they were, or null.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public void Validate(string path, string? uncorrelatableAt, List<FieldError> errors)
    {
        if (_schema is null)
        {
            return;
        }

        var at = path + ".x-kubernetes-validations";
        if (CelDeclaration.Of(_schema, _isResource) is not { } self)
        {
            errors.Add(new FieldError(
                at,
                FieldErrorType.Internal,
                "internal error: failed to construct type information for x-kubernetes-validations rules: "
                + "unable to convert structural schema to CEL declarations"));
            return;
        }

        var rules = _schema.CompiledRules(_isResource);
        for (var i = 0; i < rules.Length; i++)
        {
            Check(rules[i], self, $"{at}[{i}]", uncorrelatableAt, errors);
        }
    }

    /// <summary>Adds what all rules together may cost, when that is too much.</summary>
    /// <param name="path">The path of the whole schema.</param>
    /// <param name="errors">Receives it.</param>
    public void AddTotal(string path, List<FieldError> errors)
    {
        if (_totals.Sum <= TotalLimit)
        {
            return;
        }

        foreach (var (rule, _) in _totals.Expensive.OrderByDescending(entry => entry.Cost).Take(4))
        {
            errors.Add(FieldError.Forbidden(
                rule, "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"));
        }

        errors.Add(FieldError.Forbidden(
            path, TooExpensive("x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema", _totals.Sum, TotalLimit)));
    }

    private void Check(CelRule rule, CelDeclaration self, string at, string? uncorrelatableAt, List<FieldError> errors)
    {
        if (rule.Program is not null)
        {
            var cost = CelCostEstimator.Estimate(rule.Program, self).Max;
            cost = CelRange.Multiply(cost, _occurrences ?? RequestLimit / (ulong)(self.MinSize + 1));
            if (!_unchanged && cost > RuleLimit)
            {
                errors.Add(FieldError.Forbidden(at + ".rule", TooExpensive("estimated rule cost", cost, RuleLimit)));
            }

            _totals.Add(at + ".rule", cost);
        }

        if (rule.Error is not null)
        {
            errors.Add(Wrong(rule, at + ".rule", rule.Error));
        }

        if (rule.MessageError is not null)
        {
            errors.Add(Wrong(rule, at + ".messageExpression", rule.MessageError));
        }
        else if (rule.MessageProgram is not null)
        {
            var cost = CelCostEstimator.Estimate(rule.MessageProgram, self).Max;
            if (!_unchanged && cost > RuleLimit)
            {
                errors.Add(FieldError.Forbidden(
                    at + ".messageExpression", TooExpensive("estimated messageExpression cost", cost, RuleLimit)));
            }

            _totals.Add(at + ".messageExpression", cost);
        }

        if (rule.UsesOldSelf && uncorrelatableAt is not null)
        {
            errors.Add(FieldError.Invalid(
                at + ".rule", rule.Text, $"oldSelf cannot be used on the uncorrelatable portion of the schema within {uncorrelatableAt}"));
        }
        else if (!rule.UsesOldSelf && rule.Optional is { } optional)
        {
            errors.Add(FieldError.Invalid(at + ".optionalOldSelf", optional, "may not be set if oldSelf is not used in rule"));
        }
    }

    private RuleChecks Below(StructuralSchema? schema)
    {
        var factor = _schema is null ? 1 : FactorOf(_schema);
        return new RuleChecks(
            schema,
            schema?.EmbeddedResource == true,
            _unchanged,
            _occurrences is { } known && factor is { } times ? CelRange.Multiply(known, times) : null,
            _totals);
    }

    // How often a part can occur in each value; null when nothing limits it.
    private static ulong? FactorOf(StructuralSchema schema) => schema.Type switch
    {
        "array" => schema.MaxItems is { } items ? (ulong)Math.Max(items, 0) : null,
        "object" when schema.AllowsAdditionalProperties => schema.MaxProperties is { } members ? (ulong)Math.Max(members, 0) : null,
        _ => 1,
    };

    // The rule as Go's JSON shows the struct it is held in.
    private static FieldError Wrong(CelRule rule, string field, string detail)
    {
        var reason = rule.ReasonText.Length == 0 ? "null" : GoText.OfValue(rule.ReasonText);
        var optional = rule.Optional switch { null => "null", true => "true", false => "false" };
        var shown = $"{{\"Rule\":{Json(rule.Text)},\"Message\":{Json(rule.Message)},\"MessageExpression\":{Json(rule.MessageText)},"
            + $"\"Reason\":{reason},\"FieldPath\":{Json(rule.FieldPathText)},\"OptionalOldSelf\":{optional}}}";
        return new FieldError(field, FieldErrorType.Invalid, detail, Shown: shown);
    }

    private static string Json(string text) =>
        Harvester.Testing.ApiServer.Json.JsonText.Write(text).Replace("<", "\\u003c").Replace(">", "\\u003e").Replace("&", "\\u0026");

    private static string TooExpensive(string what, ulong cost, ulong limit)
    {
        var factor = (double)cost / limit;
        var shown = factor > 100 ? "more than 100x"
            : factor < 1.5 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{factor:0.000000}x")
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{factor:0.0}x");
        return $"{what} exceeds budget by factor of {shown} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength "
            + "where arrays, maps, and strings are declared)";
    }

    private sealed class Totals
    {
        public ulong Sum { get; private set; }

        public List<(string Rule, ulong Cost)> Expensive { get; } = [];

        public void Add(string rule, ulong cost)
        {
            Sum = CelRange.Add(Sum, cost);
            if (cost >= TotalLimit / 100)
            {
                Expensive.Add((rule, cost));
            }
        }
    }
}
