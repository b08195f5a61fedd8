using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>One of a schema's <c>x-kubernetes-validations</c>, compiled (statements V-6, V-12).</summary>
internal sealed class CelRule
{
    private CelRule(JsonObject source)
    {
        Text = source.Text("rule");
        Message = source.Text("message");
        MessageText = source.Text("messageExpression");
        ReasonText = source.Text("reason");
        FieldPathText = source.Text("fieldPath");
        Optional = source.Find("optionalOldSelf")?.AsBoolean;
        Reason = source.Text("reason") switch
        {
            "FieldValueForbidden" => FieldErrorType.Forbidden,
            "FieldValueRequired" => FieldErrorType.Required,
            "FieldValueDuplicate" => FieldErrorType.Duplicate,
            _ => FieldErrorType.Invalid,
        };
    }

    /// <summary>The rule as written.</summary>
    public string Text { get; }

    /// <summary>The message as written; empty for none.</summary>
    public string Message { get; }

    /// <summary>The expression of the message as written; empty for none.</summary>
    public string MessageText { get; }

    /// <summary>The reason as written; empty for none.</summary>
    public string ReasonText { get; }

    /// <summary>The path of a violation as written; empty for none.</summary>
    public string FieldPathText { get; }

    /// <summary><c>optionalOldSelf</c> as written.</summary>
    public bool? Optional { get; }

    /// <summary>What a violation counts as.</summary>
    public FieldErrorType Reason { get; }

    /// <summary>Where a violation is, seen from the value; empty for the value itself.</summary>
    public string FieldPath { get; private init; } = "";

    /// <summary>The compiled rule; null when it is empty or wrong.</summary>
    public CelNode? Program { get; private set; }

    /// <summary>Why the rule is wrong, or null.</summary>
    public string? Error { get; private set; }

    /// <summary>The compiled expression of the message, or null.</summary>
    public CelNode? MessageProgram { get; private set; }

    /// <summary>Why the expression of the message is wrong, or null.</summary>
    public string? MessageError { get; private set; }

    /// <summary>True when the rule compares with what was before.</summary>
    public bool UsesOldSelf { get; private set; }

    /// <summary>Compiles the rules of a schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="self">What <c>self</c> is.</param>
    public static CelRule[] Compile(StructuralSchema schema, CelDeclaration self) =>
        [.. schema.RuleSources.Select(source => Compile(source, schema, self))];

    private static CelRule Compile(JsonObject source, StructuralSchema schema, CelDeclaration self)
    {
        var path = source.Text("fieldPath");
        var rule = new CelRule(source)
        {
            FieldPath = path.Length > 0 && SchemaPath.Resolve(path, schema.Source, allowBrackets: true) is { Error: null } found
                ? found.Normal
                : "",
        };
        if (rule.Text.Trim().Length == 0)
        {
            return rule;
        }

        var variables = new Dictionary<string, CelType>
        {
            ["self"] = self.Type,
            ["oldSelf"] = rule.Optional == true ? CelType.Optional(self.Type) : self.Type,
        };
        rule.Program = Compile(rule.Text, variables, CelType.Bool, "cel expression must evaluate to a bool", "", out var error);
        rule.Error = error;
        if (rule.Program is null)
        {
            return rule;
        }

        rule.UsesOldSelf = rule.Program.Mentions("oldSelf");
        if (rule.MessageText.Length > 0)
        {
            rule.MessageProgram = Compile(
                rule.MessageText, variables, CelType.String, "messageExpression must evaluate to a string", "messageExpression ", out error);
            rule.MessageError = error;
        }

        return rule;
    }

    private static CelNode? Compile(
        string text, Dictionary<string, CelType> variables, CelType wanted, string otherwise, string prefix, out string? error)
    {
        var source = new CelSource(text);
        error = null;
        var node = CelParser.Parse(source);
        if (node is not null)
        {
            node = CelChecker.Check(source, node, variables);
        }

        if (!source.HasErrors && node is not null)
        {
            CelLiteralRules.Check(source, node);
        }

        if (source.HasErrors || node is null)
        {
            error = $"{prefix}compilation failed: {source.ErrorText()}";
            return null;
        }

        if (!node.Type.Equals(wanted))
        {
            error = otherwise;
            return null;
        }

        return node;
    }
}

/// <summary>Constant durations, moments and patterns must be some.</summary>
internal static class CelLiteralRules
{
    /// <summary>Checks the constants in an expression.</summary>
    /// <param name="source">Receives errors.</param>
    /// <param name="node">The expression.</param>
    public static void Check(CelSource source, CelNode node)
    {
        if (node is CelCall call)
        {
            var literal = call.Function switch
            {
                "duration" or "timestamp" when call.Target is null && call.Arguments.Count == 1 => call.Arguments[0],
                "matches" when call.Arguments.Count > 0 => call.Arguments[^1],
                _ => null,
            };
            if (literal is CelLiteral { Value: string text } && !IsValid(call.Function, text))
            {
                source.Report(literal.At, $"invalid {call.Function} argument");
            }
        }

        foreach (var child in node.Children)
        {
            Check(source, child);
        }
    }

    private static bool IsValid(string function, string text) => function switch
    {
        "duration" => CelTime.ParseDuration(text) is not null,
        "timestamp" => CelTime.ParseMoment(text) is not null,
        _ => CelTextFunctions.Compile(text, out _) is null,
    };
}
