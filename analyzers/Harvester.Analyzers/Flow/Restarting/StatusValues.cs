using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>A value that is put into a member of the status, by an assignment or in a patch. The member is empty where the patch is a text.</summary>
internal sealed record StatusValue(string Member, IOperation Value, SyntaxNode At)
{
    /// <summary>The member of the status that the value's own member is in, if it is in one.</summary>
    public string? Within { get; init; }

    /// <summary>What the patch it is put into is built from.</summary>
    public IReadOnlyCollection<IOperation> Patch { get; init; } = [];

    /// <summary>Whether it is put there because that part is missing.</summary>
    public bool IsOf(StatusPart part) => Member.Length == 0
        || part.Name.EndsWith("." + Member, StringComparison.OrdinalIgnoreCase)
        || (Within is not null && part.Name.EndsWith("." + Within, StringComparison.Ordinal));
}

/// <summary>What is put into the status, and where else the same is put.</summary>
internal static class StatusValues
{
    /// <summary>Each object in an object takes two steps: the temporary of the graph, and what is set on it.</summary>
    private const int Depth = 8;

    public static IEnumerable<StatusValue> Of(IOperation operation, Activation activation) => operation switch
    {
        ISimpleAssignmentOperation assignment => activation.Behind(assignment.Target) is IPropertyReferenceOperation target && HomeOf(target.Property, activation) is { } home
            ? [new(target.Property.Name, assignment.Value, assignment.Syntax) { Within = home.Within }]
            : [],
        IInvocationOperation call when activation.Reconciliation.Symbols.Resolve(call) is { Kind: CallKind.PatchStatus, Body: { } body } => OfPatch(body, call.Syntax, activation),
        _ => [],
    };

    /// <summary>Whether the same value is also put where a lost status does not take it: an annotation, the specification, a child or a record.</summary>
    public static bool IsStoredElsewhere(StatusValue fact, Activation activation)
    {
        var sources = new HashSet<ISymbol>(Locals(fact.Value, 0), SymbolEqualityComparer.Default);
        return activation.Graph.Blocks.SelectMany(Activation.Operations).Any(o => !fact.Patch.Contains(o) && Stored(o).Any(value => Holds(value, 0)));

        IEnumerable<IOperation> Stored(IOperation operation) => operation switch
        {
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } assignment when HomeOf(target.Property, activation) is null && !IsMemory(target) => [assignment.Value],
            IInvocationOperation { TargetMethod.Name: "SetAnnotation" } call => call.Arguments.Select(a => a.Value),
            IInvocationOperation { TargetMethod.Name: "Add" or "TryAdd", Instance: { } kept } call when activation.Behind(kept) is IMemberReferenceOperation && activation.Read(kept).Kind == MeaningKind.Durable => call.Arguments.Select(a => a.Value),
            IInvocationOperation call when activation.Reconciliation.Symbols.Resolve(call) is { IsWrite: true, Kind: not (CallKind.PatchStatus or CallKind.ReplaceStatus) } => call.Arguments.Select(a => a.Value),
            _ => [],
        };

        IEnumerable<ISymbol> Locals(IOperation value, int depth) => value.DescendantsAndSelf().SelectMany(o => o switch
        {
            ILocalReferenceOperation local => [local.Local],
            IFlowCaptureReferenceOperation capture when depth <= Depth => activation.Captures(capture.Id).SelectMany(c => Locals(c, depth + 1)),
            _ => Enumerable.Empty<ISymbol>(),
        });

        bool Holds(IOperation value, int depth) => depth <= Depth && value.DescendantsAndSelf().Any(o => o switch
        {
            ILocalReferenceOperation local => sources.Contains(local.Local) || activation.Assigned(local.Local).Any(a => Holds(a, depth + 1)),
            IFlowCaptureReferenceOperation capture => activation.Captures(capture.Id).Any(c => Holds(c, depth + 1)),
            IPropertyReferenceOperation read => read.Property.Name == fact.Member && HomeOf(read.Property, activation) is not null,
            _ => false,
        });
    }

    /// <summary>A dictionary that the controller itself holds.</summary>
    private static bool IsMemory(IPropertyReferenceOperation target) =>
        target.Instance is IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation };

    /// <summary>Whether a member belongs to the status, and the member of the status whose value it is a member of.</summary>
    private static (string? Within, bool IsStatus)? HomeOf(IPropertySymbol member, Activation activation)
    {
        var status = activation.Reconciliation.StatusType;
        for (var type = member.ContainingType; type is not null && status is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, status))
            {
                return (null, true);
            }
        }

        var outer = status?.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(p => SymbolEqualityComparer.Default.Equals(p.Type.WithNullableAnnotation(NullableAnnotation.None), member.ContainingType));
        return outer is null || outer.Type.SpecialType != SpecialType.None || !outer.Type.Locations.Any(l => l.IsInSource) ? null : (outer.Name, true);
    }

    /// <summary>The members a patch sets, by the initializers it is built from; of a text, what is put into it.</summary>
    private static IEnumerable<StatusValue> OfPatch(IOperation body, SyntaxNode at, Activation activation)
    {
        var seen = new HashSet<IOperation>();
        var open = new Stack<(IOperation Operation, int Depth)>([(body, 0)]);
        while (open.Count > 0)
        {
            var (operation, depth) = open.Pop();
            foreach (var part in operation.DescendantsAndSelf().Where(seen.Add))
            {
                switch (part)
                {
                    case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target, Value: not (IAnonymousObjectCreationOperation or IObjectCreationOperation) } assignment when NameOf(target) != "status":
                        yield return new(NameOf(target), assignment.Value, at) { Patch = seen };
                        break;
                    case IInterpolationOperation hole:
                        yield return new("", hole.Expression, at);
                        break;
                    case ILocalReferenceOperation local when depth < Depth:
                        Push(activation.Assigned(local.Local), depth);
                        break;
                    case IFlowCaptureReferenceOperation capture when depth < Depth:
                        Push(activation.Captures(capture.Id), depth);
                        Push(activation.SetOn(capture.Id), depth);
                        break;
                }
            }
        }

        void Push(IEnumerable<IOperation> operations, int depth)
        {
            foreach (var next in operations)
            {
                open.Push((next, depth + 1));
            }
        }
    }

    private static string NameOf(IPropertyReferenceOperation target) =>
        target.Arguments.Select(a => a.Value.ConstantValue is { HasValue: true, Value: string key } ? key : null).FirstOrDefault(k => k is not null) ?? target.Property.Name;
}
