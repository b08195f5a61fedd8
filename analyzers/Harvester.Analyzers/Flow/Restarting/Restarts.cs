using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>Work that starts because a part of the status is missing.</summary>
internal sealed record Restart(StatusPart Part, SyntaxNode Condition, Effect Effect, Strength Guard)
{
    /// <summary>What kind of branch the condition is.</summary>
    public BranchKind Branch { get; init; }
}

internal enum BranchKind
{
    Test,

    /// <summary>An arm of a switch for a missing value.</summary>
    EmptyArm,

    /// <summary>The arm of a switch that takes what no other arm does.</summary>
    DefaultArm,
}

/// <summary>A fact that is put into the status while it is missing, and cannot be found out again.</summary>
internal sealed record LostFact(StatusPart Part, SyntaxNode Condition, SyntaxNode Assignment, string Member, string Source, Strength Guard);

/// <summary>Follows a reconciliation from its entry through what it calls, with the guards passed so far.</summary>
internal sealed class Restarts(Reconciliation reconciliation)
{
    private readonly HashSet<string> visited = new(StringComparer.Ordinal);
    private readonly List<Restart> found = [];
    private readonly List<LostFact> lost = [];
    private readonly TransitionTables tables = new(reconciliation);
    private readonly SwitchArms arms = new();
    private readonly StatusNames names = new(reconciliation);

    public IReadOnlyList<Restart> Found => found;

    public IReadOnlyList<LostFact> Lost => lost;

    /// <param name="activation">The body.</param>
    /// <param name="passed">The best guard passed on the way to it.</param>
    /// <param name="because">The emptiness tests that the way to it depends on.</param>
    public void Walk(Activation activation, Strength passed, IReadOnlyList<Cause>? because = null)
    {
        reconciliation.Cancellation.ThrowIfCancellationRequested();
        because ??= [];
        if (!visited.Add(activation.Key + "/" + activation.Method.ToDisplayString() + "/" + passed + "/" + string.Join("/", because.Select(c => c.Part.Name))))
        {
            return;
        }

        var effects = Effects.Of(activation);
        foreach (var effect in effects)
        {
            foreach (var cause in Deciding(activation.Causes(effect.Block), effect).Where(c => !StartsEitherWay(c, effect, effects, activation)))
            {
                var guard = Max(passed, Max(cause.Guard, effect.Guard));
                found.Add(new(cause.Part, cause.Part.NamedBy ?? cause.Condition.Syntax, effect, guard) { Branch = arms.KindOf(cause) });
            }
        }

        found.AddRange(arms.Defaults(activation, effects).Select(r => r with { Guard = Max(passed, r.Guard) }));
        foreach (var block in activation.Graph.Blocks)
        {
            IReadOnlyList<Cause> causes = [.. because, .. activation.Causes(block.Ordinal)];
            foreach (var operation in Activation.Operations(block))
            {
                names.Learn(operation, causes, activation);
                lost.AddRange(LostFacts.Of(operation, causes, activation).Select(l => l with { Guard = Max(passed, Max(l.Guard, activation.Guard(operation, block.Ordinal))) }));
                foreach (var (callee, at) in Effects.Runs(operation, block.Ordinal, activation))
                {
                    Walk(callee, Max(passed, Max(activation.Guard(at), activation.Guard(operation, block.Ordinal))), [.. causes.Concat(at == block.Ordinal ? [] : activation.Causes(at)).Take(3)]);
                }

                if (operation is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } row })
                {
                    var guard = Max(passed, activation.Guard(operation, block.Ordinal));
                    foreach (var (restart, action, before) in tables.Read(row, activation))
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

    /// <summary>Whether the same is started where the part is there: then its absence starts nothing.</summary>
    private static bool StartsEitherWay(Cause cause, Effect effect, IReadOnlyList<Effect> all, Activation activation) =>
        cause.Way is { } way && activation.Flow.Successors(way.From).Where(e => e != way && !e.Exception).ToList() is { Count: > 0 } others
        && others.All(e => all.Any(o => o != effect && o.Syntax.IsEquivalentTo(effect.Syntax) && activation.Flow.PostDominates(o.Block, e.To)));

    /// <summary>
    /// Of several tests that an effect depends on, those it stands under; early returns count only where there is none, and then the outermost.
    /// </summary>
    private static IReadOnlyList<Cause> Deciding(IReadOnlyList<Cause> causes, Effect effect)
    {
        if (causes.Count < 2)
        {
            return causes;
        }

        var direct = causes.Where(c => BranchOf(c.Condition.Syntax) is { } branch && branch.SyntaxTree == effect.At.SyntaxTree && branch.Span.Contains(effect.At.Span)).ToList();
        return direct.Count > 0
            ? direct
            : [.. causes.Where(c => !causes.Any(outer => outer != c && BranchOf(outer.Condition.Syntax) is { } branch && branch.SyntaxTree == c.Condition.Syntax.SyntaxTree && branch.Span.Contains(c.Condition.Syntax.Span) && !ConditionOf(branch).Span.Contains(c.Condition.Syntax.Span)))];
    }

    /// <summary>The statement or expression that a condition belongs to.</summary>
    private static SyntaxNode? BranchOf(SyntaxNode condition) => condition.AncestorsAndSelf()
        .FirstOrDefault(n => n is IfStatementSyntax or SwitchSectionSyntax or SwitchExpressionArmSyntax or ConditionalExpressionSyntax or WhileStatementSyntax or StatementSyntax);

    private static SyntaxNode ConditionOf(SyntaxNode branch) => branch is IfStatementSyntax test ? test.Condition : branch;

    internal static Strength Max(Strength left, Strength right) => left > right ? left : right;
}
