using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>Whether an object that is created gets another name each time: drawn by the server, from a random value or the clock.</summary>
internal static class ChildNames
{
    /// <summary>Each object in an object takes two steps: the temporary of the graph, and what is set on it.</summary>
    private const int Depth = 8;

    public static bool AreDrawn(IOperation body, Activation activation) => AreDrawn(body, activation, [], 0);

    private static bool AreDrawn(IOperation body, Activation activation, HashSet<IOperation> seen, int depth)
    {
        if (depth > Depth)
        {
            return false;
        }

        foreach (var part in body.DescendantsAndSelf().Where(seen.Add))
        {
            var drawn = part switch
            {
                ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "GenerateName" } } => true,
                ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Name" }, Value: { } name } => LostFacts.IsDrawn(name, activation),
                ILocalReferenceOperation local => activation.Assigned(local.Local).Any(a => AreDrawn(a, activation, seen, depth + 1)),
                IFlowCaptureReferenceOperation capture => activation.Captures(capture.Id).Any(c => AreDrawn(c, activation, seen, depth + 1))
                    || activation.SetOn(capture.Id).Any(a => AreDrawn(a, activation, seen, depth + 1)),
                IInvocationOperation call when CallMeaning.Callee(call, activation) is { } callee && callee != activation =>
                    callee.Graph.Blocks.SelectMany(b => b.Operations).Any(o => AreDrawn(o, callee, seen, depth + 1)),
                _ => false,
            };
            if (drawn)
            {
                return true;
            }
        }

        return false;
    }
}
