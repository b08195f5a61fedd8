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

        if (read.Count > 1 && read.All(r => r.Value is { Kind: MeaningKind.Constant, Constant: not bool }))
        {
            return JoinNames(read);
        }

        return read.Any(r => r.Value.Kind == MeaningKind.Test || r.Value is { Kind: MeaningKind.Constant, Constant: bool })
            ? JoinTests(read)
            : Meaning.Join([.. read.Select(r => r.Value)]);
    }

    /// <summary>A constant that is chosen because a part is missing, and never otherwise, stands for the missing part.</summary>
    private static Meaning JoinNames(List<(Source Source, Meaning Value)> read)
    {
        var chosen = read.Select(r => (r.Value.Constant, Part: r.Source.Activation.Causes(r.Source.Block.Ordinal).FirstOrDefault()?.Part)).ToList();
        var part = chosen.Select(c => c.Part).FirstOrDefault(p => p is not null);
        var names = chosen
            .Where(c => c.Constant is not null && c.Part is not null && !chosen.Any(o => o.Part is null && Equals(o.Constant, c.Constant)))
            .Select(c => new Stand(c.Constant!, null))
            .Distinct()
            .ToList();
        return part is null || names.Count == 0 ? Meaning.Unknown : new Meaning(MeaningKind.Name) { Part = part, Stands = names };
    }

    /// <summary>A flag set in several places says what the places that can set it so have in common.</summary>
    private static Meaning JoinTests(List<(Source Source, Meaning Value)> read)
    {
        if (read.Count == 1 && read[0].Value.Kind == MeaningKind.Constant)
        {
            return read[0].Value;
        }

        // A question that nobody answers is not answered with yes.
        read = [.. read.Select(r => r.Value is { Kind: MeaningKind.Constant, Constant: null } ? (r.Source, Meaning.Literal(false)) : r)];
        var whenTrue = OutcomeOf(true);
        var whenFalse = OutcomeOf(false);
        if (read.All(r => r.Value.Kind == MeaningKind.Constant))
        {
            whenTrue = whenTrue with { Empty = whenTrue.Empty ?? (whenTrue.Present is null ? whenFalse.Present : null) };
            whenFalse = whenFalse with { Empty = whenFalse.Empty ?? (whenFalse.Present is null ? whenTrue.Present : null) };

            // A flag that only a guard sets tells by its old value that the guard had nothing to say.
            whenTrue = whenTrue with { Guard = Restarts.Max(whenTrue.Guard, whenFalse.Guard) };
            whenFalse = whenFalse with { Guard = Restarts.Max(whenTrue.Guard, whenFalse.Guard) };
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

            var empty = able.All(a => a.Empty is not null) ? able.Select(a => a.Empty!).Aggregate(StatusPart.Narrower) : able.FirstOrDefault(a => a.Empty is not null && a.Certain).Empty;
            return new(empty, able.All(a => a.Present is not null) ? able[0].Present : null, able.Min(a => a.Guard));
        }
    }
}
