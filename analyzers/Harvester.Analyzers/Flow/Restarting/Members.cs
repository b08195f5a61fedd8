using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>What members and parameters stand for: parts of the status, what survives it, and what the user's own types hold.</summary>
internal static class Members
{
    public static Meaning MemberOf(Meaning instance, ISymbol member, IMemberReferenceOperation reference, Activation activation)
    {
        if (instance.Kind is MeaningKind.Part or MeaningKind.Reconciled or MeaningKind.Durable && Getter(member, instance, activation) is { Kind: not MeaningKind.Unknown } read)
        {
            return read;
        }

        switch (instance.Kind)
        {
            case MeaningKind.Reconciled when member.Name == "Status":
                return Meaning.Of(new(StatusPartKind.Status, reference.Syntax.ToString().Replace("?", "")));
            case MeaningKind.Element:
                return member.Name == "Status" ? Meaning.Of(new(StatusPartKind.Condition, "a condition")) : Meaning.Unknown;
            case MeaningKind.Durable:
                return member.Name switch
                {
                    "HasValue" => Meaning.IsAbsent(instance).Not(),
                    { } name when Guards.SaysFound(name) && reference.Type?.SpecialType == SpecialType.System_Boolean => Meaning.IsAbsent(instance).Not(),
                    "Count" or "Length" or "Items" or "Value" or "Result" or "Current" or "Body" => instance,
                    _ => Emptiness.Derived(instance),
                };
            case MeaningKind.Tuple:
                return member is IFieldSymbol { CorrespondingTupleField.Name: { } item } && int.TryParse(item.Substring("Item".Length), out var number) && number <= instance.Elements.Count
                    ? instance.Elements[number - 1]
                    : Meaning.Unknown;
            case MeaningKind.Deletion:
                return member.Name == "HasValue" ? Meaning.IsDeleted : instance;
            case MeaningKind.Part:
                return OfStatus(instance, member, reference, activation);
            default:
                return Meaning.Unknown;
        }
    }

    private static Meaning OfStatus(Meaning instance, ISymbol member, IMemberReferenceOperation reference, Activation activation)
    {
        var part = instance.Part!;
        switch (member.Name)
        {
            case "HasValue":
                return Meaning.IsEmpty(part).Not();
            case "Value":
                return instance with { ZeroIsEmpty = false };
            case "Count" or "Length" or "Ticks":
                return instance with { ZeroIsEmpty = true };
            case "Current":
                return part.Kind == StatusPartKind.Conditions ? Meaning.Element : Meaning.Unknown;
            case "Item" or "this[]":
                return part.Kind == StatusPartKind.Conditions ? Meaning.Of(new(StatusPartKind.Condition, Emptiness.Describe(reference))) : instance with { ZeroIsEmpty = false };
        }

        if (part.Kind == StatusPartKind.Condition)
        {
            return member.Name == "Status" ? instance : Meaning.Unknown;
        }

        var type = (member as IPropertySymbol)?.Type ?? (member as IFieldSymbol)?.Type;
        if (type is null || part.Kind == StatusPartKind.Conditions || member.ContainingType.ContainingNamespace?.ToDisplayString().StartsWith("System", StringComparison.Ordinal) == true)
        {
            return Meaning.Unknown;
        }

        if (IsConditions(member.Name, type))
        {
            return Meaning.Of(new(StatusPartKind.Conditions, part.Name + "." + member.Name));
        }

        // Status of a built-in kind is rebuilt by the controller that owns it: its numbers and flags are readings, not progress.
        var zero = type.IsValueType && type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T && !KubernetesSymbols.IsBuiltIn(activation.Reconciliation.Kind);
        var value = Meaning.Of(new(StatusPartKind.Member, part.Name + "." + member.Name), zero);
        return activation.Reconciliation.Stands.TryGetValue(member.Name, out var stands) ? value with { Stands = stands } : value;
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

    public static Meaning Read(IMemberReferenceOperation reference, Activation activation)
    {
        var member = reference.Member;
        if (activation.Reconciliation.Symbols.IsDurableMetadata(member) is { } durable)
        {
            return Guards.OfChild(reference.Instance, activation) ?? durable;
        }

        if (Guards.IsDeletionTime(reference, activation))
        {
            return Meaning.Deletion;
        }

        if (reference.Instance is null && IsNothing(member))
        {
            return Meaning.Literal(member.ContainingType.SpecialType == SpecialType.System_String ? "" : null);
        }

        var instance = reference.Instance is null ? Meaning.Unknown : activation.Read(reference.Instance);
        if (instance.Kind is not MeaningKind.Unknown)
        {
            return MemberOf(instance, member, reference, activation);
        }

        if (member is IFieldSymbol { IsStatic: true, IsReadOnly: true } or IPropertySymbol { IsStatic: true, SetMethod: null } && activation.Reconciliation.InitialConstantOf(member) is { } constant)
        {
            return Meaning.Literal(constant);
        }

        var read = Getter(member, Meaning.Unknown, activation);
        return read.Kind == MeaningKind.Unknown && !IsInsideObject(reference, activation) ? Stored(member, activation) : read;
    }

    /// <summary>What the framework calls its own nothing: no text, no id, no time, no elements.</summary>
    private static bool IsNothing(ISymbol member) => member switch
    {
        { Name: "Empty" } => KubernetesSymbols.RootNamespace(member.ContainingType) == "System",
        { Name: "MinValue", ContainingType.Name: "DateTime" or "DateTimeOffset" or "DateOnly" } or { Name: "Zero", ContainingType.Name: "TimeSpan" } => true,
        _ => false,
    };

    /// <summary>What an object of the API holds came from the server: where else members of its types are assigned says nothing about it.</summary>
    private static bool IsInsideObject(IMemberReferenceOperation reference, Activation activation)
    {
        for (IOperation? instance = reference; instance is IMemberReferenceOperation member; instance = member.Instance is null ? null : ClientCall.Unwrap(member.Instance))
        {
            if (activation.Reconciliation.Symbols.IsKubernetesObject(member.Member.ContainingType) || SymbolEqualityComparer.Default.Equals(member.Member.ContainingType, activation.Reconciliation.StatusType))
            {
                return true;
            }
        }

        return false;
    }

    private static Meaning Getter(ISymbol member, Meaning instance, Activation activation) =>
        member is IPropertySymbol { GetMethod: { } getter }
            && activation.Reconciliation.ActivationOf(getter, activation, new Dictionary<IParameterSymbol, Meaning>(SymbolEqualityComparer.Default), instance) is { } body
            ? body.Returned()
            : Meaning.Unknown;

    /// <summary>What a field or property of the user's own types is given, wherever that is.</summary>
    private static Meaning Stored(ISymbol member, Activation activation)
    {
        if (member is not (IFieldSymbol or IPropertySymbol) || member.DeclaringSyntaxReferences.IsEmpty || activation.Reconciliation.Symbols.IsKubernetesObject(member.ContainingType))
        {
            return Meaning.Unknown;
        }

        var given = activation.Reconciliation.ValuesOf(member);
        if (given.Count == 0 && member is IPropertySymbol
            && member.ContainingType.InstanceConstructors.SelectMany(c => c.Parameters).FirstOrDefault(p => p.Name == member.Name) is { } parameter)
        {
            given = activation.Reconciliation.ValuesOf(parameter);
        }

        // What a static member holds was found out some time for some object: memory, not evidence.
        var value = Given(given, activation);
        return member.IsStatic && value.Kind == MeaningKind.Durable ? Meaning.Unknown : value;
    }

    public static Meaning Read(IParameterSymbol parameter, Activation activation)
    {
        var value = parameter.RefKind is RefKind.Out or RefKind.Ref ? activation.Given(parameter) : activation.Parameter(parameter);
        if (value.Kind != MeaningKind.Unknown)
        {
            return value;
        }

        if (parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor && !constructor.DeclaringSyntaxReferences.IsEmpty)
        {
            return Given(activation.Reconciliation.ValuesOf(parameter), activation);
        }

        return parameter.Type is { } type && SymbolEqualityComparer.Default.Equals(type, activation.Reconciliation.StatusType)
            ? Meaning.Of(new(StatusPartKind.Status, parameter.Name))
            : Meaning.Unknown;
    }

    private static Meaning Given(IReadOnlyList<(ISymbol Owner, IOperation Value)> given, Activation activation)
    {
        var values = given
            .Take(8)
            .Select(g => g.Owner is IMethodSymbol owner && activation.Reconciliation.ActivationOf(owner) is { } home ? home.Read(g.Value) : Meaning.Unknown)
            .ToList();
        return values.Count == 0 ? Meaning.Unknown : Meaning.Join(values);
    }
}
