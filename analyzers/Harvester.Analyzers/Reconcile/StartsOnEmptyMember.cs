using Harvester.Analyzers.Flow.Restarting;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Reconcile;

/// <summary>HARV2002: work starts when a string, enum, flag, number, timestamp, hash or collection of the status is empty.</summary>
internal sealed class StartsOnEmptyMember : RestartRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.StartsOnEmptyMember;

    public override bool Judges(Restart restart) => restart is { Branch: BranchKind.Test, Part.Kind: StatusPartKind.Member };

    public override string Describe(Restart restart) => restart.Part.Name;
}
