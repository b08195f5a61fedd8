using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>What an expression stands for, and which tests are true exactly when status, or a part of it, is missing.</summary>
internal static class Emptiness
{
    /// <summary>The client's <c>WatchEventType.Deleted</c>.</summary>
    private const int DeletedEvent = 2;

    public static Meaning Read(IOperation operation, Activation activation)
    {
        if (operation.ConstantValue is { HasValue: true } constant)
        {
            return Meaning.Literal(constant.Value);
        }

        if (operation.Type is { Name: "WatchEventType", TypeKind: TypeKind.Enum })
        {
            return Meaning.Event;
        }

        var value = Compute(operation, activation);
        return value.Kind == MeaningKind.Unknown
            && operation is IParameterReferenceOperation or ILocalReferenceOperation or IMemberReferenceOperation or IInvocationOperation or IAwaitOperation or IInstanceReferenceOperation
            && operation.Type is { } type && activation.Reconciliation.IsReconciled(activation.Substitute(type))
            ? Meaning.Reconciled
            : value;
    }

    private static Meaning Compute(IOperation operation, Activation activation) => operation switch
    {
        IConversionOperation conversion => activation.Read(conversion.Operand),
        IAwaitOperation await => activation.Read(await.Operation),
        IParenthesizedOperation parenthesized => activation.Read(parenthesized.Operand),
        IFlowCaptureReferenceOperation capture => activation.Captured(capture.Id),
        ILocalReferenceOperation local => activation.Local(local.Local, local),
        IParameterReferenceOperation parameter => Members.Read(parameter.Parameter, activation),
        IInstanceReferenceOperation => activation.Self,
        IMemberReferenceOperation member => Members.Read(member, activation),
        IInvocationOperation call => CallMeaning.Read(call, activation),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => AsTest(activation.Read(not.Operand)).Not(),
        IBinaryOperation binary => Binary(binary, activation),
        IIsNullOperation isNull => NullTest(activation.Read(isNull.Operand)),
        IIsTypeOperation isType => NullTest(activation.Read(isType.ValueOperand)).Not(),
        IIsPatternOperation matches => Patterns.Test(activation.Read(matches.Value), matches.Pattern, activation),
        IDefaultValueOperation => Meaning.Literal(null),
        ISimpleAssignmentOperation assignment => activation.Read(assignment.Value),
        IDeclarationExpressionOperation declaration => activation.Read(declaration.Expression),
        ICoalesceOperation coalesce => Meaning.Join([activation.Read(coalesce.Value), activation.Read(coalesce.WhenNull)]),
        IConditionalOperation { WhenFalse: { } other } conditional => Meaning.Join([activation.Read(conditional.WhenTrue), activation.Read(other)]),
        IConditionalAccessOperation access => activation.Read(access.WhenNotNull),
        IConditionalAccessInstanceOperation instance => Accessed(instance, activation),
        IArrayElementReferenceOperation element => Derived(activation.Read(element.ArrayReference)),
        IDelegateCreationOperation { Target: IFlowAnonymousFunctionOperation lambda } when activation.Lambda(lambda) is { } body => new(MeaningKind.Delegate) { Body = body },
        IDelegateCreationOperation { Target: IMethodReferenceOperation method } when CallMeaning.Referred(method, activation) is { } body => new(MeaningKind.Delegate) { Body = body },
        ITupleOperation tuple when tuple.Elements.Select(activation.Read).ToList() is var elements && elements.Any(e => e.Kind is MeaningKind.Part or MeaningKind.Test or MeaningKind.Name) =>
            new(MeaningKind.Tuple) { Elements = elements },
        IObjectCreationOperation creation when activation.Reconciliation.Symbols.IsKubernetesObject(creation.Type) => Meaning.Unknown,
        IObjectCreationOperation { Initializer: null, Arguments.IsEmpty: true, Type: { } made } when SymbolEqualityComparer.Default.Equals(made, activation.Reconciliation.StatusType) =>
            Meaning.Of(new(StatusPartKind.Status, "a new status")), // empty as a missing one is
        IObjectCreationOperation { Initializer: null, Arguments.IsEmpty: true, Type: { } made } when CallShape.ElementOfSequence(made) is not null => Meaning.Literal(null),
        IOperation when IsEmptyCollection(operation) => Meaning.Literal(null),
        IObjectCreationOperation or ITupleOperation or IInterpolatedStringOperation or IArrayCreationOperation or IAnonymousObjectCreationOperation =>
            Derived(operation.ChildOperations.SelectMany(o => o.DescendantsAndSelf()).Where(IsReference).Select(activation.Read).FirstOrDefault(v => v.Kind == MeaningKind.Durable) ?? Meaning.Unknown),
        _ => Meaning.Unknown,
    };

    /// <summary>By its syntax: the version of the compiler that the rules are built against has no operation for it yet.</summary>
    private static bool IsEmptyCollection(IOperation operation) => operation.Syntax is CollectionExpressionSyntax { Elements.Count: 0 };

    /// <summary>A value as the outcome of a test.</summary>
    public static Meaning AsTest(Meaning value) => value.Kind switch
    {
        MeaningKind.Test or MeaningKind.Constant => value,
        MeaningKind.Durable => Meaning.GuardTest(value.Strength),
        MeaningKind.Part when value.ZeroIsEmpty => Meaning.IsEmpty(value.Part!).Not(),
        _ => Meaning.Unknown,
    };

    public static Meaning NullTest(Meaning value) => value.Kind switch
    {
        MeaningKind.Part => Meaning.IsEmpty(value.Part!),
        MeaningKind.Durable => Meaning.IsAbsent(value),
        MeaningKind.Deletion => Meaning.IsDeleted.Not(),
        _ => Meaning.Unknown,
    };

    public static Meaning EqualsConstant(Meaning value, Meaning other)
    {
        if (other.Kind != MeaningKind.Constant)
        {
            return other.Kind == MeaningKind.Durable ? Meaning.GuardTest(other.Strength) : Meaning.Unknown;
        }

        var constant = other.Constant;
        var nothing = constant is null or "" || (IsZero(constant) && value.IsLookUp);
        return value.Kind switch
        {
            MeaningKind.Test when constant is bool wanted => wanted ? value : value.Not(),
            MeaningKind.Deletion => nothing ? Meaning.IsDeleted.Not() : Meaning.Unknown,
            MeaningKind.Event => Equals(constant, DeletedEvent) ? Meaning.IsDeleted : Meaning.Unknown,
            MeaningKind.Durable => nothing ? Meaning.IsAbsent(value) : Meaning.GuardTest(value.Strength),
            MeaningKind.Part when constant is null or "" || (value.ZeroIsEmpty && (IsZero(constant) || Equals(constant, -1))) => Meaning.IsEmpty(value.Part!),
            MeaningKind.Part when constant is true && value.ZeroIsEmpty => Meaning.IsEmpty(value.Part!).Not(),
            MeaningKind.Part or MeaningKind.Name when value.Stands.FirstOrDefault(s => s.Constant.Equals(constant)) is { } stand => Meaning.IsEmpty(value.Part! with { NamedBy = stand.NamedBy, IsNamed = true }),
            _ => Meaning.Unknown,
        };
    }

    /// <summary>A number of a status compared with a constant: "not yet" is zero or less.</summary>
    public static Meaning Ordered(Meaning value, BinaryOperatorKind kind, Meaning other)
    {
        var isCount = value is { Kind: MeaningKind.Durable, IsLookUp: true } && other.Constant is not null;
        if ((value.Kind == MeaningKind.Durable || other.Kind == MeaningKind.Durable) && !isCount)
        {
            return Meaning.GuardTest(value.Kind == MeaningKind.Durable ? value.Strength : other.Strength);
        }

        if ((value.Kind != MeaningKind.Part && !isCount) || other.Kind != MeaningKind.Constant)
        {
            return Meaning.Unknown;
        }

        // Where -1 stands for "not yet", nothing below zero does; elsewhere it is zero, or the time that is no time.
        var empty = isCount ? Meaning.IsAbsent(value) : Meaning.IsEmpty(value.Part!);
        var (first, last) = value.Stands.Any(s => Equals(s.Constant, -1)) ? (IsZero(other.Constant), Equals(other.Constant, -1))
            : value.ZeroIsEmpty || isCount ? (Equals(other.Constant, 1), other.Constant is null || IsZero(other.Constant))
            : (false, false);
        return kind switch
        {
            BinaryOperatorKind.LessThan when first => empty,
            BinaryOperatorKind.LessThanOrEqual when last => empty,
            BinaryOperatorKind.GreaterThanOrEqual when first => empty.Not(),
            BinaryOperatorKind.GreaterThan when last => empty.Not(),
            _ => isCount ? Meaning.GuardTest(value.Strength) : Meaning.Unknown,
        };
    }

    public static Meaning Both(Meaning left, Meaning right) => Either(AsTest(left).Not(), AsTest(right).Not(), exact: false).Not();

    /// <summary>True if one of two tests is. Exact: both must speak of emptiness, as <c>null or ""</c> does and <c>null or "Done"</c> does not.</summary>
    public static Meaning Either(Meaning left, Meaning right, bool exact)
    {
        left = AsTest(left);
        right = AsTest(right);
        if (left.Kind == MeaningKind.Constant || right.Kind == MeaningKind.Constant)
        {
            var (constant, rest) = left.Kind == MeaningKind.Constant ? (left, right) : (right, left);
            return constant.Constant is true ? constant : rest;
        }

        var (a, b) = (left.WhenTrue, right.WhenTrue);
        var whenTrue = new Outcome(
            a.Empty is not null && b.Empty is not null ? StatusPart.Narrower(a.Empty, b.Empty) : exact || Steady(a, b) || Steady(b, a) ? null : a.Empty ?? b.Empty,
            a.Present is not null && b.Present is not null ? a.Present : null,
            a.Guard < b.Guard ? a.Guard : b.Guard)
        { Met = a.Met ?? b.Met };
        var (c, d) = (left.WhenFalse, right.WhenFalse);
        return Meaning.Test(whenTrue, new(c.Empty ?? d.Empty, c.Present ?? d.Present, c.Guard > d.Guard ? c.Guard : d.Guard) { Met = c.Met ?? d.Met });

        // What happens in the steady state as well is not started by the empty one.
        static bool Steady(Outcome empty, Outcome met) => empty.Empty is not null && empty.Empty.Equals(met.Met);
    }

    /// <summary>What a call leaves in its <c>out</c> argument.</summary>
    public static Meaning Found(IInvocationOperation call, IParameterSymbol? argument, Activation activation)
    {
        if (argument is not null && CallMeaning.Callee(call, activation) is { } callee && argument.Ordinal < callee.Method.Parameters.Length
            && callee.Given(callee.Method.Parameters[argument.Ordinal]) is { Kind: not MeaningKind.Unknown } given)
        {
            return given;
        }

        var subject = CallMeaning.Subject(call);
        var value = subject is null ? Meaning.Unknown : activation.Read(subject);
        return value.Kind switch
        {
            MeaningKind.Durable => value,
            MeaningKind.Part when value.Part!.Kind == StatusPartKind.Conditions => Meaning.Of(new(StatusPartKind.Condition, Describe(call))),
            MeaningKind.Part => value,
            _ => activation.Read(call) is var read && (read.Kind == MeaningKind.Durable || read.WhenTrue.Guard != Strength.None || read.WhenFalse.Guard != Strength.None) ? Meaning.Durable(Strength.Strong, lookUp: true) : Meaning.Unknown,
        };
    }

    internal static string Describe(IOperation operation)
    {
        var text = string.Join(" ", operation.Syntax.ToString().Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length > 70 ? text.Substring(0, 67) + "..." : text;
    }

    /// <summary>What is made from a durable value is durable, but that it is missing says less.</summary>
    internal static Meaning Derived(Meaning value) => value.Kind == MeaningKind.Durable ? value with { IsLookUp = false, IsOfLookUp = value.IsLookUp || value.IsOfLookUp } : Meaning.Unknown;

    /// <summary>One of several values at once; a flag beside what a look-up found says whether it found something.</summary>
    internal static Meaning ElementOf(Meaning all, int index, ITypeSymbol type) => index < all.Elements.Count ? all.Elements[index]
        : all.Kind == MeaningKind.Durable && type.SpecialType == SpecialType.System_Boolean ? Meaning.IsAbsent(all).Not()
        : Derived(all);

    private static bool IsReference(IOperation operation) =>
        operation is ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation or IInvocationOperation or IMemberReferenceOperation;

    private static Meaning Accessed(IConditionalAccessInstanceOperation instance, Activation activation)
    {
        IOperation child = instance;
        for (var parent = instance.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == child)
            {
                return activation.Read(access.Operation);
            }
        }

        return Meaning.Unknown;
    }

    private static Meaning Binary(IBinaryOperation binary, Activation activation)
    {
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.Equals:
                return Compare(binary.LeftOperand, binary.RightOperand, activation);
            case BinaryOperatorKind.NotEquals:
                return Compare(binary.LeftOperand, binary.RightOperand, activation).Not();
            case BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And:
                return Both(activation.Read(binary.LeftOperand), activation.Read(binary.RightOperand));
            case BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or:
                return Either(activation.Read(binary.LeftOperand), activation.Read(binary.RightOperand), exact: false);
            case BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual:
                return Ordered(activation.Read(binary.LeftOperand), binary.OperatorKind, activation.Read(binary.RightOperand));
            default:
                return Meaning.Unknown;
        }
    }

    public static Meaning Compare(IOperation left, IOperation right, Activation activation)
    {
        var (first, second) = (activation.Read(left), activation.Read(right));
        if (IsTypeOfElement(left, activation) || IsTypeOfElement(right, activation))
        {
            return Meaning.Test(new(null, new(StatusPartKind.Condition, "a condition"), Strength.None), Outcome.None);
        }

        if (first.Kind == MeaningKind.Constant)
        {
            (first, second) = (second, first);
        }

        if (second.Kind == MeaningKind.Constant)
        {
            return EqualsConstant(first, second);
        }

        if (first.Kind == MeaningKind.Durable || second.Kind == MeaningKind.Durable)
        {
            return Meaning.GuardTest(first.Kind == MeaningKind.Durable ? first.Strength : second.Strength);
        }

        // A stored hash that differs from the one computed now: an empty one always differs.
        var stored = first.Kind == MeaningKind.Part ? first : second;
        if (stored.Kind != MeaningKind.Part || stored.Part!.Kind != StatusPartKind.Member)
        {
            return Meaning.Unknown;
        }

        return IsHash(stored.Part.Name) ? Meaning.IsEmpty(stored.Part).Not() : Meaning.Test(Outcome.None with { Met = stored.Part }, Outcome.None);
    }

    private static bool IsHash(string name)
    {
        var last = name.Substring(name.LastIndexOf('.') + 1);
        return new[] { "hash", "checksum", "digest", "fingerprint" }.Any(word => last.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
    }

    private static bool IsTypeOfElement(IOperation operation, Activation activation) =>
        ClientCall.Unwrap(operation) is IPropertyReferenceOperation { Property.Name: "Type", Instance: { } instance } && activation.Read(instance).Kind == MeaningKind.Element;

    internal static bool IsZero(object? constant) => constant is false or 0 or 0L or 0U or 0UL or (short)0 or (byte)0 or (sbyte)0 or (ushort)0 or 0.0 or 0f;
}
