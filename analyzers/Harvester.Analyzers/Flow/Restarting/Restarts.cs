using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>Work that starts because a part of the status is missing.</summary>
internal sealed record Restart(Part Part, SyntaxNode Condition, Effect Effect, Strength Guard);

/// <summary>Follows a reconciliation from its entry through what it calls, with the guards passed so far.</summary>
internal sealed class Restarts(Reconciliation reconciliation)
{
    private readonly HashSet<string> visited = new(StringComparer.Ordinal);
    private readonly List<Restart> found = [];
    private readonly TransitionTables tables = new(reconciliation);

    public IReadOnlyList<Restart> Found => found;

    public void Walk(Frame frame, Strength passed)
    {
        reconciliation.Cancellation.ThrowIfCancellationRequested();
        if (!visited.Add(frame.Key + "/" + frame.Method.ToDisplayString() + "/" + passed))
        {
            return;
        }

        foreach (var effect in Effects.Of(frame))
        {
            foreach (var cause in frame.Causes(effect.Block))
            {
                found.Add(new(cause.Part, cause.Condition.Syntax, effect, Max(passed, Max(cause.Guard, effect.Guard))));
            }
        }

        foreach (var block in frame.Graph.Blocks)
        {
            foreach (var operation in Frame.Operations(block))
            {
                LearnStand(operation, block.Ordinal, frame);
                foreach (var callee in Effects.Runs(operation, frame))
                {
                    Walk(callee, Max(passed, frame.Guard(block.Ordinal)));
                }

                if (operation is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } row })
                {
                    var guard = Max(passed, frame.Guard(block.Ordinal));
                    foreach (var (restart, action, before) in tables.Read(row, frame))
                    {
                        if (restart is not null)
                        {
                            found.Add(restart with { Guard = Max(guard, restart.Guard) });
                        }

                        Walk(action, Max(guard, before));
                    }
                }
            }
        }
    }

    internal static Strength Max(Strength left, Strength right) => left > right ? left : right;

    /// <summary>A missing member gets a name before it is asked for: from then on that name means "missing".</summary>
    private void LearnStand(IOperation operation, int block, Frame frame)
    {
        if (operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { } member }, Value.ConstantValue: { HasValue: true, Value: { } constant } }
            && constant is not "" && !Emptiness.IsZero(constant)
            && SymbolEqualityComparer.Default.Equals(member.ContainingType, reconciliation.StatusType)
            && frame.Causes(block).Any(c => c.Part.Kind == PartKind.Status || c.Part.Name.EndsWith("." + member.Name, StringComparison.Ordinal)))
        {
            if (!reconciliation.Stands.TryGetValue(member.Name, out var stands))
            {
                reconciliation.Stands[member.Name] = stands = [];
            }

            if (!stands.Contains(constant))
            {
                stands.Add(constant);
            }
        }
    }
}
