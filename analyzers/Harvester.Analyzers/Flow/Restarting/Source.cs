using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>A place where a variable gets a value.</summary>
internal sealed class Source(Activation activation, BasicBlock block, IOperation operation, Func<Activation, Meaning> read)
{
    public Activation Activation { get; } = activation;

    public BasicBlock Block { get; } = block;

    public IOperation Operation { get; } = operation;

    public Func<Activation, Meaning> Read { get; } = read;

    /// <summary>What a variable stands for that gets its value in one of several places.</summary>
    public static Meaning Join(IReadOnlyList<Source> sources)
    {
        var read = sources.Select(s => (Source: s, Value: s.Read(s.Activation))).ToList();
        if (read.Count == 0)
        {
            return Meaning.Unknown;
        }

        return read.Any(r => r.Value.Kind == MeaningKind.Test || r.Value is { Kind: MeaningKind.Constant, Constant: bool })
            ? JoinTests(read)
            : Meaning.Join([.. read.Select(r => r.Value)]);
    }

    /// <summary>A flag set in several places says what the places that can set it so have in common.</summary>
    private static Meaning JoinTests(List<(Source Source, Meaning Value)> read)
    {
        if (read.Count == 1 && read[0].Value.Kind == MeaningKind.Constant)
        {
            return read[0].Value;
        }

        var whenTrue = OutcomeOf(true);
        var whenFalse = OutcomeOf(false);
        if (read.All(r => r.Value.Kind == MeaningKind.Constant))
        {
            whenTrue = whenTrue with { Empty = whenTrue.Empty ?? (whenTrue.Present is null ? whenFalse.Present : null) };
            whenFalse = whenFalse with { Empty = whenFalse.Empty ?? (whenFalse.Present is null ? whenTrue.Present : null) };
        }

        return Meaning.Test(whenTrue, whenFalse);

        Outcome OutcomeOf(bool outcome)
        {
            var able = read.Where(r => !(r.Value is { Kind: MeaningKind.Constant, Constant: bool b } && b != outcome)).Select(r =>
            {
                var own = Emptiness.AsTest(r.Value);
                var facts = outcome ? own.WhenTrue : own.WhenFalse;
                var block = r.Source.Block.Ordinal;
                var why = r.Source.Activation.Causes(block).FirstOrDefault()?.Part;
                var present = r.Source.Activation.Flow.Dependences(block).Select(e => r.Source.Activation.EdgeFacts(e).Present).FirstOrDefault(p => p is not null);
                var guard = r.Source.Activation.Guard(block);
                return (
                    Empty: facts.Empty ?? why,
                    Certain: facts.Empty is not null || r.Value.Kind == MeaningKind.Constant,
                    Present: facts.Present ?? present,
                    Guard: facts.Guard > guard ? facts.Guard : guard);
            }).ToList();
            if (able.Count == 0)
            {
                return Outcome.None;
            }

            var empty = able.All(a => a.Empty is not null) ? able[0].Empty : able.FirstOrDefault(a => a.Empty is not null && a.Certain).Empty;
            return new(empty, able.All(a => a.Present is not null) ? able[0].Present : null, able.Min(a => a.Guard));
        }
    }
}
