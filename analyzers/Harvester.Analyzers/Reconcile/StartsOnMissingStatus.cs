using Harvester.Analyzers.Flow.Restarting;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Reconcile;

/// <summary>HARV2001: work starts when the status itself is missing.</summary>
internal sealed class StartsOnMissingStatus : RestartRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.StartsOnMissingStatus;

    public override bool Judges(Restart restart) => restart is { Branch: BranchKind.Test, Part.Kind: StatusPartKind.Status };

    public override string Describe(Restart restart) => restart.Part.Name;
}
