using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>How far a test proves that work was already started.</summary>
internal enum Strength
{
    None,

    /// <summary>A label, finalizer or owner reference: a full-object write can strip it together with the status.</summary>
    Accepted,

    /// <summary>A child, a record object, an annotation, or what the user declared a guard.</summary>
    Strong,
}

internal enum StatusPartKind
{
    /// <summary>The status itself.</summary>
    Status,

    /// <summary>A member of the status.</summary>
    Member,

    /// <summary>The list of conditions.</summary>
    Conditions,

    /// <summary>One condition of the list, or what it says.</summary>
    Condition,
}

/// <summary>A part of the reconciled object's status whose emptiness matters.</summary>
internal sealed record StatusPart(StatusPartKind Kind, string Name)
{
    /// <summary>The test that gave the missing part the name it is asked by; null if it is asked for itself.</summary>
    public SyntaxNode? NamedBy { get; init; }

    /// <summary>The part is asked for by a name it has while it is missing.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Of two parts the one that says more: a member of the status rather than the status.</summary>
    public static StatusPart Narrower(StatusPart left, StatusPart right) => left.Kind == StatusPartKind.Status ? right : left;

    public bool Equals(StatusPart? other) => other is not null && Kind == other.Kind && Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode() ^ (int)Kind;
}

/// <summary>A constant that means "missing", and the test that gave the missing part this name, if it was one.</summary>
internal sealed record Stand(object Constant, SyntaxNode? NamedBy)
{
    public bool Equals(Stand? other) => other is not null && Constant.Equals(other.Constant);

    public override int GetHashCode() => Constant.GetHashCode();
}

/// <summary>What is known when a test has come out one way.</summary>
internal sealed record Outcome(StatusPart? Empty, StatusPart? Present, Strength Guard)
{
    /// <summary>The part is there and says what is wanted now: the steady state.</summary>
    public StatusPart? Met { get; init; }

    public static readonly Outcome None = new(null, null, Strength.None);
}

internal enum MeaningKind
{
    Unknown,

    /// <summary>The object the controller is called for.</summary>
    Reconciled,

    /// <summary>A part of its status.</summary>
    Part,

    /// <summary>One element while the conditions are walked.</summary>
    Element,

    /// <summary>Something that survives a lost status, or was derived from it.</summary>
    Durable,

    Constant,

    /// <summary>The time its deletion was asked for.</summary>
    Deletion,

    /// <summary>What a watch says has happened to it.</summary>
    Event,

    /// <summary>A method or lambda that can be run.</summary>
    Delegate,

    /// <summary>Several values at once.</summary>
    Tuple,

    /// <summary>One of several constants, some of which are chosen because a part is missing.</summary>
    Name,

    /// <summary>A test, with what each outcome says.</summary>
    Test,
}

/// <summary>What an expression stands for.</summary>
internal sealed record Meaning(MeaningKind Kind)
{
    public static readonly Meaning Unknown = new(MeaningKind.Unknown);
    public static readonly Meaning Reconciled = new(MeaningKind.Reconciled);
    public static readonly Meaning Deletion = new(MeaningKind.Deletion);
    public static readonly Meaning Event = new(MeaningKind.Event);
    public static readonly Meaning Element = new(MeaningKind.Element);

    public StatusPart? Part { get; init; }

    /// <summary>Zero, false or -1 is what a missing member reads as: it has no "absent" of its own.</summary>
    public bool ZeroIsEmpty { get; init; }

    /// <summary>Constants that a missing part was replaced by.</summary>
    public IReadOnlyList<Stand> Stands { get; init; } = [];

    public Strength Strength { get; init; }

    /// <summary>A look-up: that there is nothing proves more than that there is something.</summary>
    public bool IsLookUp { get; init; }

    /// <summary>Made from what a look-up found: that it is there proves no more than that something was found.</summary>
    public bool IsOfLookUp { get; init; }

    public object? Constant { get; init; }

    /// <summary>What a delegate runs.</summary>
    public Activation? Body { get; init; }

    public IReadOnlyList<Meaning> Elements { get; init; } = [];

    public Outcome WhenTrue { get; init; } = Outcome.None;

    public Outcome WhenFalse { get; init; } = Outcome.None;

    public static Meaning Of(StatusPart part, bool zeroIsEmpty = false) => new(MeaningKind.Part) { Part = part, ZeroIsEmpty = zeroIsEmpty };

    public static Meaning Literal(object? value) => new(MeaningKind.Constant) { Constant = value };

    public static Meaning Durable(Strength strength, bool lookUp = false) => new(MeaningKind.Durable) { Strength = strength, IsLookUp = lookUp };

    public static Meaning Test(Outcome whenTrue, Outcome whenFalse) => new(MeaningKind.Test) { WhenTrue = whenTrue, WhenFalse = whenFalse };

    /// <summary>True exactly when the part is missing.</summary>
    public static Meaning IsEmpty(StatusPart part) => Test(new(part, null, Strength.None), new(null, part, Strength.None));

    public static Meaning GuardTest(Strength strength) => Test(new(null, null, strength), new(null, null, strength));

    /// <summary>True where the object goes away: no lost status makes that a new start.</summary>
    public static Meaning IsDeleted => Test(new(null, null, Strength.Strong), Outcome.None);

    /// <summary>True when a look-up found nothing: then, and only then, starting is proven right.</summary>
    public static Meaning IsAbsent(Meaning durable) => durable.IsLookUp || durable.IsOfLookUp
        ? Test(new(null, null, durable.Strength), Outcome.None)
        : GuardTest(durable.Strength);

    public Meaning Not() => Kind switch
    {
        MeaningKind.Test => Test(WhenFalse, WhenTrue),
        MeaningKind.Constant when Constant is bool b => Literal(!b),
        _ => this,
    };

    /// <summary>Distinguishes calls of one method with different arguments.</summary>
    public string Key => Kind switch
    {
        MeaningKind.Part or MeaningKind.Name => $"{Kind}{Part!.Kind}:{Part.Name}:{ZeroIsEmpty}:{string.Join(",", Stands.Select(s => s.Constant))}",
        MeaningKind.Durable => $"D{Strength}{IsLookUp}{IsOfLookUp}",
        MeaningKind.Constant => $"C{Constant}",
        MeaningKind.Delegate => $"F{Body!.Key}",
        MeaningKind.Tuple => $"({string.Join(",", Elements.Select(e => e.Key))})",
        MeaningKind.Test => $"T{WhenTrue}{WhenFalse}",
        _ => Kind.ToString(),
    };

    /// <summary>What a variable holds that is assigned each of the values somewhere.</summary>
    public static Meaning Join(IReadOnlyList<Meaning> values)
    {
        if (values.Count == 1)
        {
            return values[0];
        }

        var constants = values.Where(v => v.Kind == MeaningKind.Constant).Select(v => v.Constant).ToList();
        var others = values.Where(v => v.Kind is not MeaningKind.Constant).ToList();
        if (others.Count == 0)
        {
            return Unknown;
        }

        if (others.FirstOrDefault(v => v.Kind == MeaningKind.Durable) is { } durable)
        {
            return durable;
        }

        var elements = others.Select(v => v.Kind == MeaningKind.Element ? Of(new(StatusPartKind.Condition, "a condition")) : v).ToList();
        var first = elements[0];
        if (elements.Any(v => v.Kind != first.Kind || v.Body != first.Body || v.Kind == MeaningKind.Tuple || (v.Part != first.Part && v.Part?.Kind != StatusPartKind.Status)))
        {
            return Unknown;
        }

        var stands = elements.SelectMany(v => v.Stands).Concat(constants.Where(c => c is not null and not "").Select(c => new Stand(c!, null))).Distinct().ToList();
        return first.Kind == MeaningKind.Part ? first with { Stands = stands } : first;
    }
}
