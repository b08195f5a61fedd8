namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>A part of a rule, as parsed.</summary>
internal abstract record CelExpression
{
    /// <summary>A value written down.</summary>
    internal sealed record Literal(object? Value) : CelExpression;

    /// <summary>A variable.</summary>
    internal sealed record Name(string Text) : CelExpression;

    /// <summary>A member of an object: <c>target.member</c>.</summary>
    internal sealed record Select(CelExpression Target, string Member) : CelExpression;

    /// <summary>The macro <c>has(target.member)</c>.</summary>
    internal sealed record Has(CelExpression Target, string Member) : CelExpression;

    /// <summary>An item: <c>target[index]</c>.</summary>
    internal sealed record Index(CelExpression Target, CelExpression At) : CelExpression;

    /// <summary>A function or, with a target, a method.</summary>
    internal sealed record Call(CelExpression? Target, string Function, IReadOnlyList<CelExpression> Arguments) : CelExpression;

    /// <summary>An operator with one or two operands.</summary>
    internal sealed record Operator(string Symbol, CelExpression Left, CelExpression? Right) : CelExpression;

    /// <summary>A choice: <c>condition ? then : otherwise</c>.</summary>
    internal sealed record Choice(CelExpression Condition, CelExpression Then, CelExpression Otherwise) : CelExpression;

    /// <summary>A macro over a list or the keys of an object, such as <c>target.all(variable, body)</c>.</summary>
    internal sealed record Over(string Macro, CelExpression Target, string Variable, CelExpression? Filter, CelExpression Body)
        : CelExpression;

    /// <summary>A list written down.</summary>
    internal sealed record ListOf(IReadOnlyList<CelExpression> Items) : CelExpression;

    /// <summary>A map written down.</summary>
    internal sealed record MapOf(IReadOnlyList<(CelExpression Key, CelExpression Value)> Entries) : CelExpression;

    /// <summary>True when a variable of that name occurs in it.</summary>
    /// <param name="name">The variable's name.</param>
    public bool Mentions(string name) => this switch
    {
        Name variable => variable.Text == name,
        Select select => select.Target.Mentions(name),
        Has has => has.Target.Mentions(name),
        Index index => index.Target.Mentions(name) || index.At.Mentions(name),
        Call call => call.Target?.Mentions(name) == true || call.Arguments.Any(a => a.Mentions(name)),
        Operator op => op.Left.Mentions(name) || op.Right?.Mentions(name) == true,
        Choice choice => choice.Condition.Mentions(name) || choice.Then.Mentions(name) || choice.Otherwise.Mentions(name),
        Over over => over.Target.Mentions(name) || over.Filter?.Mentions(name) == true || over.Body.Mentions(name),
        ListOf list => list.Items.Any(i => i.Mentions(name)),
        MapOf map => map.Entries.Any(e => e.Key.Mentions(name) || e.Value.Mentions(name)),
        _ => false,
    };
}
