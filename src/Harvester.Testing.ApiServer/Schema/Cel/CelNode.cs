namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>A part of an expression. The checker writes its type and the overloads of its call into it.</summary>
/// <param name="at">Where errors about it point to.</param>
internal abstract class CelNode(int at)
{
    /// <summary>Where errors about it point to.</summary>
    public int At { get; } = at;

    /// <summary>What it evaluates to.</summary>
    public CelType Type { get; set; } = CelType.Dyn;

    /// <summary>The parts evaluated for it.</summary>
    public virtual IEnumerable<CelNode> Children => [];

    /// <summary>True when it or a part of it uses a variable.</summary>
    /// <param name="variable">The variable's name.</param>
    public bool Mentions(string variable) =>
        (this is CelIdent ident && ident.Name == variable) || Children.Any(child => child.Mentions(variable));
}

/// <summary>A constant.</summary>
internal sealed class CelLiteral(int at, object value) : CelNode(at)
{
    public object Value { get; } = value;
}

/// <summary>A variable, or the name of a type.</summary>
internal sealed class CelIdent(int at, string name) : CelNode(at)
{
    public string Name { get; } = name;

    /// <summary>The type it names, when it names one.</summary>
    public CelType? Named { get; set; }
}

/// <summary>A member of a value, or the question whether there is one.</summary>
internal sealed class CelSelect(int at, CelNode operand, string field, bool isTest = false) : CelNode(at)
{
    public CelNode Operand { get; } = operand;

    public string Field { get; } = field;

    public bool IsTest { get; } = isTest;

    /// <summary>The type the whole names, when it names one.</summary>
    public CelType? Named { get; set; }

    public override IEnumerable<CelNode> Children => [Operand];
}

/// <summary>A call of a function or an operator.</summary>
internal sealed class CelCall(int at, string function, CelNode? target, IReadOnlyList<CelNode> arguments) : CelNode(at)
{
    /// <summary>The function; the checker puts the full name of one in a namespace here.</summary>
    public string Function { get; set; } = function;

    /// <summary>The value whose function it is, or null.</summary>
    public CelNode? Target { get; set; } = target;

    public IReadOnlyList<CelNode> Arguments { get; } = arguments;

    /// <summary>The overloads that can be meant.</summary>
    public IReadOnlyList<CelOverload> Overloads { get; set; } = [];

    public override IEnumerable<CelNode> Children => Target is null ? Arguments : Arguments.Prepend(Target);
}

/// <summary>A list.</summary>
internal sealed class CelListNode(int at, IReadOnlyList<CelNode> items, IReadOnlyList<bool> optional) : CelNode(at)
{
    public IReadOnlyList<CelNode> Items { get; } = items;

    /// <summary>Which items are left out when they are empty options.</summary>
    public IReadOnlyList<bool> Optional { get; } = optional;

    public override IEnumerable<CelNode> Children => Items;
}

/// <summary>A map.</summary>
internal sealed class CelMapNode(int at, IReadOnlyList<(CelNode Key, CelNode Value, bool Optional)> entries) : CelNode(at)
{
    public IReadOnlyList<(CelNode Key, CelNode Value, bool Optional)> Entries { get; } = entries;

    public override IEnumerable<CelNode> Children => Entries.SelectMany(entry => (CelNode[])[entry.Key, entry.Value]);
}

/// <summary>An object of a named type.</summary>
internal sealed class CelStructNode(int at, string name, IReadOnlyList<CelNode> values) : CelNode(at)
{
    public string Name { get; } = name;

    public override IEnumerable<CelNode> Children => values;
}

/// <summary>A fold over a list or a map, which most macros become; one over nothing binds a variable.</summary>
internal sealed class CelFold(int at) : CelNode(at)
{
    public required CelNode Range { get; init; }

    public required string Variable { get; init; }

    /// <summary>The second variable, or null: then of a map the first is the key, of a list the item.</summary>
    public string? SecondVariable { get; init; }

    public required string Accumulator { get; init; }

    public required CelNode Initial { get; init; }

    public required CelNode Condition { get; init; }

    public required CelNode Step { get; init; }

    public required CelNode Result { get; init; }

    /// <summary>True for a fold that only binds a variable.</summary>
    public bool IsBinding => Range is CelListNode { Items.Count: 0 } && Condition is CelLiteral { Value: false };

    public override IEnumerable<CelNode> Children => [Range, Initial, Condition, Step, Result];
}
