using System.Collections.Immutable;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Objects;

/// <summary>An object that is sent, with the facts at that moment.</summary>
/// <param name="Id">The same for the same object within one method.</param>
/// <param name="Now">The facts when it is sent.</param>
/// <param name="AtEntry">The facts when the method under analysis called what sends it; null if the callee made the object.</param>
internal sealed record SentObject(int Id, Facts Now, Facts? AtEntry)
{
    /// <summary>The facts when it is sent, whoever brought them about.</summary>
    public Facts WhenSent { get; } = Now;

    /// <summary>The facts of the object the resource version was copied from; null if it was not.</summary>
    public Facts? VersionSource { get; init; }
}

/// <summary>A block of a body on the way to a write.</summary>
internal readonly record struct PathStep(Frame Frame, int Block);

/// <summary>A write found in a method, or in what it calls.</summary>
/// <param name="Call">The client's call.</param>
/// <param name="Site">Where the method under analysis makes it: the client's call itself, or the call of a wrapper.</param>
/// <param name="Objects">What may be sent; empty if not known.</param>
internal sealed record Write(ClientCall Call, IOperation Site, ImmutableArray<SentObject> Objects)
{
    /// <summary>The blocks that lead to the write, from the method under analysis inwards.</summary>
    public ImmutableArray<PathStep> Path { get; init; } = ImmutableArray<PathStep>.Empty;

    /// <summary>Its place among the writes found.</summary>
    public int Order { get; init; }

    /// <summary>The method called there.</summary>
    public IMethodSymbol SiteMethod => Site is IInvocationOperation invocation ? invocation.TargetMethod : Call.Method;

    /// <summary>The write stands in a method that this one calls.</summary>
    public bool ThroughWrapper => !ReferenceEquals(Call.Operation, Site);

    /// <summary>Whether control may come from this write to another one.</summary>
    public bool MayPrecede(Write other)
    {
        for (var i = 0; i < Path.Length && i < other.Path.Length; i++)
        {
            var (frame, block) = Path[i];
            if (!ReferenceEquals(frame, other.Path[i].Frame))
            {
                break;
            }

            if (block != other.Path[i].Block)
            {
                return Reachability.Of(frame.Graph).Reaches(block, other.Path[i].Block);
            }
        }

        return Order < other.Order;
    }

    /// <summary>Whether control cannot leave a body on the way to this write without coming to one of others.</summary>
    public bool IsAlwaysFollowedBy(IReadOnlyList<Write> others)
    {
        for (var i = Path.Length - 1; i >= 0; i--)
        {
            var (frame, block) = Path[i];
            var beside = others.Where(w => w.Path.Length > i && w.Path.Take(i).SequenceEqual(Path.Take(i)) && ReferenceEquals(w.Path[i].Frame, frame)).ToList();
            if (beside.Any(w => w.Path[i].Block == block && Order < w.Order && (i + 1 == Path.Length || !ReferenceEquals(w.FrameAt(i + 1), FrameAt(i + 1))))
                || (beside.Count > 0 && !Reachability.LeavesWithout(frame.Graph, block, beside.Select(w => w.Path[i].Block).Where(b => b != block))))
            {
                return true;
            }
        }

        return false;
    }

    private Frame? FrameAt(int depth) => depth < Path.Length ? Path[depth].Frame : null;
}
