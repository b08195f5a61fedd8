using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>What an expression stands for, and which tests are true exactly when status, or a part of it, is missing.</summary>
internal static class Emptiness
{
    public static Value Read(IOperation operation, Frame frame)
    {
        if (operation.ConstantValue is { HasValue: true } constant)
        {
            return Value.Literal(constant.Value);
        }

        var value = Compute(operation, frame);
        return value.Kind == ValueKind.Unknown
            && operation is IParameterReferenceOperation or ILocalReferenceOperation or IMemberReferenceOperation or IInvocationOperation or IAwaitOperation or IInstanceReferenceOperation
            && operation.Type is { } type && frame.Reconciliation.IsReconciled(frame.Substitute(type))
            ? Value.Reconciled
            : value;
    }

    private static Value Compute(IOperation operation, Frame frame) => operation switch
    {
        IConversionOperation conversion => frame.Read(conversion.Operand),
        IAwaitOperation await => frame.Read(await.Operation),
        IParenthesizedOperation parenthesized => frame.Read(parenthesized.Operand),
        IFlowCaptureReferenceOperation capture => frame.Captured(capture.Id),
        ILocalReferenceOperation local => frame.Local(local.Local, local),
        IParameterReferenceOperation parameter => Parameter(parameter.Parameter, frame),
        IInstanceReferenceOperation => frame.Self,
        IMemberReferenceOperation member => Member(member, frame),
        IInvocationOperation call => Calls.Read(call, frame),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => AsTest(frame.Read(not.Operand)).Not(),
        IBinaryOperation binary => Binary(binary, frame),
        IIsNullOperation isNull => NullTest(frame.Read(isNull.Operand)),
        IIsTypeOperation isType => NullTest(frame.Read(isType.ValueOperand)).Not(),
        IIsPatternOperation matches => Patterns.Test(frame.Read(matches.Value), matches.Pattern, frame),
        IDefaultValueOperation => Value.Literal(null),
        ISimpleAssignmentOperation assignment => frame.Read(assignment.Value),
        IDeclarationExpressionOperation declaration => frame.Read(declaration.Expression),
        ICoalesceOperation coalesce => Value.Join([frame.Read(coalesce.Value), frame.Read(coalesce.WhenNull)]),
        IConditionalOperation { WhenFalse: { } other } conditional => Value.Join([frame.Read(conditional.WhenTrue), frame.Read(other)]),
        IConditionalAccessOperation access => frame.Read(access.WhenNotNull),
        IConditionalAccessInstanceOperation instance => Accessed(instance, frame),
        IArrayElementReferenceOperation element => Derived(frame.Read(element.ArrayReference)),
        IObjectCreationOperation creation when frame.Reconciliation.Symbols.IsKubernetesObject(creation.Type) => Value.Unknown,
        IObjectCreationOperation { Initializer: null, Arguments.IsEmpty: true, Type: { } made } when SymbolEqualityComparer.Default.Equals(made, frame.Reconciliation.StatusType) =>
            Value.Of(new(PartKind.Status, "a new status")), // empty as a missing one is
        IObjectCreationOperation or ITupleOperation or IInterpolatedStringOperation or IArrayCreationOperation or IAnonymousObjectCreationOperation =>
            Derived(operation.ChildOperations.SelectMany(o => o.DescendantsAndSelf()).Where(IsReference).Select(frame.Read).FirstOrDefault(v => v.Kind == ValueKind.Durable) ?? Value.Unknown),
        _ => Value.Unknown,
    };

    /// <summary>A value as the outcome of a test.</summary>
    public static Value AsTest(Value value) => value.Kind switch
    {
        ValueKind.Test or ValueKind.Constant => value,
        ValueKind.Durable => Value.GuardTest(value.Strength),
        ValueKind.Part when value.ZeroIsEmpty => Value.IsEmpty(value.Part!).Not(),
        _ => Value.Unknown,
    };

    public static Value NullTest(Value value) => value.Kind switch
    {
        ValueKind.Part => Value.IsEmpty(value.Part!),
        ValueKind.Durable => Value.IsAbsent(value),
        _ => Value.Unknown,
    };

    public static Value EqualsConstant(Value value, Value other)
    {
        if (other.Kind != ValueKind.Constant)
        {
            return other.Kind == ValueKind.Durable ? Value.GuardTest(other.Strength) : Value.Unknown;
        }

        var constant = other.Constant;
        var nothing = constant is null or "" || (IsZero(constant) && value.IsLookUp);
        return value.Kind switch
        {
            ValueKind.Test when constant is bool wanted => wanted ? value : value.Not(),
            ValueKind.Durable => nothing ? Value.IsAbsent(value) : Value.GuardTest(value.Strength),
            ValueKind.Part when constant is null or "" || (value.ZeroIsEmpty && (IsZero(constant) || Equals(constant, -1))) => Value.IsEmpty(value.Part!),
            ValueKind.Part when constant is true && value.ZeroIsEmpty => Value.IsEmpty(value.Part!).Not(),
            ValueKind.Part when value.Stands.FirstOrDefault(s => s.Constant.Equals(constant)) is { } stand => Value.IsEmpty(value.Part! with { NamedBy = stand.NamedBy, IsNamed = true }),
            _ => Value.Unknown,
        };
    }

    /// <summary>A number of a status compared with a constant: "not yet" is zero or less.</summary>
    public static Value Ordered(Value value, BinaryOperatorKind kind, Value other)
    {
        if (value.Kind == ValueKind.Durable || other.Kind == ValueKind.Durable)
        {
            return Value.GuardTest(value.Kind == ValueKind.Durable ? value.Strength : other.Strength);
        }

        if (value is not { Kind: ValueKind.Part, ZeroIsEmpty: true } || other.Constant is null)
        {
            return Value.Unknown;
        }

        var empty = Value.IsEmpty(value.Part!);
        return (kind, IsZero(other.Constant), Equals(other.Constant, 1)) switch
        {
            (BinaryOperatorKind.LessThanOrEqual, true, _) or (BinaryOperatorKind.LessThan, _, true) => empty,
            (BinaryOperatorKind.GreaterThan, true, _) or (BinaryOperatorKind.GreaterThanOrEqual, _, true) => empty.Not(),
            _ => Value.Unknown,
        };
    }

    public static Value Both(Value left, Value right) => Either(AsTest(left).Not(), AsTest(right).Not(), exact: false).Not();

    /// <summary>True if one of two tests is. Exact: both must speak of emptiness, as <c>null or ""</c> does and <c>null or "Done"</c> does not.</summary>
    public static Value Either(Value left, Value right, bool exact)
    {
        left = AsTest(left);
        right = AsTest(right);
        if (left.Kind == ValueKind.Constant || right.Kind == ValueKind.Constant)
        {
            var (constant, rest) = left.Kind == ValueKind.Constant ? (left, right) : (right, left);
            return constant.Constant is true ? constant : rest;
        }

        var (a, b) = (left.WhenTrue, right.WhenTrue);
        var whenTrue = new Facts(
            a.Empty is not null && b.Empty is not null ? a.Empty : exact ? null : a.Empty ?? b.Empty,
            a.Present is not null && b.Present is not null ? a.Present : null,
            a.Guard < b.Guard ? a.Guard : b.Guard);
        var (c, d) = (left.WhenFalse, right.WhenFalse);
        return Value.Test(whenTrue, new(c.Empty ?? d.Empty, c.Present ?? d.Present, c.Guard > d.Guard ? c.Guard : d.Guard));
    }

    /// <summary>What a call leaves in its <c>out</c> argument.</summary>
    public static Value Found(IInvocationOperation call, Frame frame)
    {
        var subject = Calls.Subject(call);
        var value = subject is null ? Value.Unknown : frame.Read(subject);
        return value.Kind switch
        {
            ValueKind.Durable => value,
            ValueKind.Part when value.Part!.Kind == PartKind.Conditions => Value.Of(new(PartKind.Condition, Describe(call))),
            ValueKind.Part => value,
            _ => frame.Read(call).Kind == ValueKind.Durable || frame.Read(call).WhenTrue.Guard != Strength.None ? Value.Durable(Strength.Strong, lookUp: true) : Value.Unknown,
        };
    }

    public static Value MemberOf(Value instance, ISymbol member, IMemberReferenceOperation reference, Frame frame)
    {
        if (instance.Kind is ValueKind.Part or ValueKind.Reconciled or ValueKind.Durable && Getter(member, instance, frame) is { Kind: not ValueKind.Unknown } read)
        {
            return read;
        }

        switch (instance.Kind)
        {
            case ValueKind.Reconciled when member.Name == "Status":
                return Value.Of(new(PartKind.Status, reference.Syntax.ToString().Replace("?", "")));
            case ValueKind.Element:
                return member.Name == "Status" ? Value.Of(new(PartKind.Condition, "a condition")) : Value.Unknown;
            case ValueKind.Durable:
                return member.Name switch
                {
                    "HasValue" => Value.IsAbsent(instance).Not(),
                    "Count" or "Length" or "Items" or "Value" or "Result" or "Current" or "Body" => instance,
                    _ => Derived(instance),
                };
            case ValueKind.Part:
                return OfStatus(instance, member, reference, frame);
            default:
                return Value.Unknown;
        }
    }

    internal static string Describe(IOperation operation)
    {
        var text = string.Join(" ", operation.Syntax.ToString().Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length > 70 ? text.Substring(0, 67) + "..." : text;
    }

    /// <summary>What is made from a durable value is durable, but that it is missing says less.</summary>
    internal static Value Derived(Value value) => value.Kind == ValueKind.Durable ? value with { IsLookUp = false } : Value.Unknown;

    private static bool IsReference(IOperation operation) =>
        operation is ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation or IInvocationOperation or IMemberReferenceOperation;

    private static Value OfStatus(Value instance, ISymbol member, IMemberReferenceOperation reference, Frame frame)
    {
        var part = instance.Part!;
        switch (member.Name)
        {
            case "HasValue":
                return Value.IsEmpty(part).Not();
            case "Value":
                return instance with { ZeroIsEmpty = false };
            case "Count" or "Length":
                return instance with { ZeroIsEmpty = true };
            case "Current":
                return part.Kind == PartKind.Conditions ? Value.Element : Value.Unknown;
            case "Item" or "this[]":
                return part.Kind == PartKind.Conditions ? Value.Of(new(PartKind.Condition, Describe(reference))) : instance with { ZeroIsEmpty = false };
        }

        if (part.Kind == PartKind.Condition)
        {
            return member.Name == "Status" ? instance : Value.Unknown;
        }

        var type = (member as IPropertySymbol)?.Type ?? (member as IFieldSymbol)?.Type;
        if (type is null || part.Kind == PartKind.Conditions || member.ContainingType.ContainingNamespace?.ToDisplayString().StartsWith("System", StringComparison.Ordinal) == true)
        {
            return Value.Unknown;
        }

        if (IsConditions(member.Name, type))
        {
            return Value.Of(new(PartKind.Conditions, part.Name + "." + member.Name));
        }

        // Status of a built-in kind is rebuilt by the controller that owns it: its numbers and flags are readings, not progress.
        var zero = type.IsValueType && type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T && !KubernetesSymbols.IsBuiltIn(frame.Reconciliation.Kind);
        var value = Value.Of(new(PartKind.Member, part.Name + "." + member.Name), zero);
        return frame.Reconciliation.Stands.TryGetValue(member.Name, out var stands) ? value with { Stands = stands } : value;
    }

    internal static bool IsConditions(string name, ITypeSymbol type)
    {
        var element = CallShape.ElementOfSequence(type);
        if (element is INamedTypeSymbol { Name: "KeyValuePair", TypeArguments.Length: 2 } pair)
        {
            element = pair.TypeArguments[1];
        }

        return element is not null && (name == "Conditions" || (element.Name.EndsWith("Condition", StringComparison.Ordinal) && element.GetMembers("Type").Length > 0));
    }

    private static Value Member(IMemberReferenceOperation reference, Frame frame)
    {
        var member = reference.Member;
        if (frame.Reconciliation.Symbols.IsDurableMetadata(member) is { } durable)
        {
            return durable;
        }

        var instance = reference.Instance is null ? Value.Unknown : frame.Read(reference.Instance);
        if (instance.Kind is not ValueKind.Unknown)
        {
            return MemberOf(instance, member, reference, frame);
        }

        var read = Getter(member, Value.Unknown, frame);
        return read.Kind == ValueKind.Unknown && !IsInsideObject(reference, frame) ? Stored(member, frame) : read;
    }

    /// <summary>What an object of the API holds came from the server: where else members of its types are assigned says nothing about it.</summary>
    private static bool IsInsideObject(IMemberReferenceOperation reference, Frame frame)
    {
        for (IOperation? instance = reference; instance is IMemberReferenceOperation member; instance = member.Instance is null ? null : ClientCall.Unwrap(member.Instance))
        {
            if (frame.Reconciliation.Symbols.IsKubernetesObject(member.Member.ContainingType) || SymbolEqualityComparer.Default.Equals(member.Member.ContainingType, frame.Reconciliation.StatusType))
            {
                return true;
            }
        }

        return false;
    }

    private static Value Getter(ISymbol member, Value instance, Frame frame) =>
        member is IPropertySymbol { GetMethod: { } getter }
            && frame.Reconciliation.FrameOf(getter, frame, new Dictionary<IParameterSymbol, Value>(SymbolEqualityComparer.Default), instance) is { } body
            ? body.Returned()
            : Value.Unknown;

    /// <summary>What a field or property of the user's own types is given, wherever that is.</summary>
    private static Value Stored(ISymbol member, Frame frame)
    {
        if (member is not (IFieldSymbol or IPropertySymbol) || member.DeclaringSyntaxReferences.IsEmpty || frame.Reconciliation.Symbols.IsKubernetesObject(member.ContainingType))
        {
            return Value.Unknown;
        }

        var given = frame.Reconciliation.Bodies.ValuesOf(member);
        if (given.Count == 0 && member is IPropertySymbol
            && member.ContainingType.InstanceConstructors.SelectMany(c => c.Parameters).FirstOrDefault(p => p.Name == member.Name) is { } parameter)
        {
            given = frame.Reconciliation.Bodies.ValuesOf(parameter);
        }

        // What a static member holds was found out some time for some object: memory, not evidence.
        var value = Given(given, frame);
        return member.IsStatic && value.Kind == ValueKind.Durable ? Value.Unknown : value;
    }

    private static Value Parameter(IParameterSymbol parameter, Frame frame)
    {
        var value = frame.Parameter(parameter);
        if (value.Kind != ValueKind.Unknown)
        {
            return value;
        }

        if (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor && !constructor.DeclaringSyntaxReferences.IsEmpty)
        {
            return Given(frame.Reconciliation.Bodies.ValuesOf(parameter), frame);
        }

        return parameter.Type is { } type && SymbolEqualityComparer.Default.Equals(type, frame.Reconciliation.StatusType)
            ? Value.Of(new(PartKind.Status, parameter.Name))
            : Value.Unknown;
    }

    private static Value Given(IReadOnlyList<(ISymbol Owner, IOperation Value)> given, Frame frame)
    {
        var values = given
            .Take(8)
            .Select(g => g.Owner is IMethodSymbol owner && frame.Reconciliation.FrameOf(owner) is { } home ? home.Read(g.Value) : Value.Unknown)
            .ToList();
        return values.Count == 0 ? Value.Unknown : Value.Join(values);
    }

    private static Value Accessed(IConditionalAccessInstanceOperation instance, Frame frame)
    {
        IOperation child = instance;
        for (var parent = instance.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == child)
            {
                return frame.Read(access.Operation);
            }
        }

        return Value.Unknown;
    }

    private static Value Binary(IBinaryOperation binary, Frame frame)
    {
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.Equals:
                return Compare(binary.LeftOperand, binary.RightOperand, frame);
            case BinaryOperatorKind.NotEquals:
                return Compare(binary.LeftOperand, binary.RightOperand, frame).Not();
            case BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And:
                return Both(frame.Read(binary.LeftOperand), frame.Read(binary.RightOperand));
            case BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or:
                return Either(frame.Read(binary.LeftOperand), frame.Read(binary.RightOperand), exact: false);
            case BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual:
                return Ordered(frame.Read(binary.LeftOperand), binary.OperatorKind, frame.Read(binary.RightOperand));
            default:
                return Value.Unknown;
        }
    }

    public static Value Compare(IOperation left, IOperation right, Frame frame)
    {
        var (first, second) = (frame.Read(left), frame.Read(right));
        if (IsTypeOfElement(left, frame) || IsTypeOfElement(right, frame))
        {
            return Value.Test(new(null, new(PartKind.Condition, "a condition"), Strength.None), Facts.None);
        }

        if (first.Kind == ValueKind.Constant)
        {
            (first, second) = (second, first);
        }

        if (second.Kind == ValueKind.Constant)
        {
            return EqualsConstant(first, second);
        }

        if (first.Kind == ValueKind.Durable || second.Kind == ValueKind.Durable)
        {
            return Value.GuardTest(first.Kind == ValueKind.Durable ? first.Strength : second.Strength);
        }

        // A stored hash that differs from the one computed now: an empty one always differs.
        var stored = first.Kind == ValueKind.Part ? first : second;
        return stored.Kind == ValueKind.Part && stored.Part!.Kind == PartKind.Member && IsHash(stored.Part.Name) ? Value.IsEmpty(stored.Part).Not() : Value.Unknown;
    }

    private static bool IsHash(string name)
    {
        var last = name.Substring(name.LastIndexOf('.') + 1);
        return new[] { "hash", "checksum", "digest", "fingerprint" }.Any(word => last.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
    }

    private static bool IsTypeOfElement(IOperation operation, Frame frame) =>
        ClientCall.Unwrap(operation) is IPropertyReferenceOperation { Property.Name: "Type", Instance: { } instance } && frame.Read(instance).Kind == ValueKind.Element;

    internal static bool IsZero(object? constant) => constant is false or 0 or 0L or 0U or 0UL or (short)0 or (byte)0 or (sbyte)0 or (ushort)0 or 0.0 or 0f;
}
