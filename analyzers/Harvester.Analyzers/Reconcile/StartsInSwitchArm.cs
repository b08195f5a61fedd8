using Harvester.Analyzers.Flow.Restarting;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Reconcile;

/// <summary>
/// HARV2004: an arm of a switch over a member of the status starts work, and an empty member takes that arm: an arm for null, the empty
/// string or the zero member, or the default arm where no other arm takes them.
/// </summary>
internal sealed class StartsInSwitchArm : RestartRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.StartsInSwitchArm;

    public override bool Judges(Restart restart) => restart.Branch != BranchKind.Test;

    public override string Describe(Restart restart) => restart.Branch == BranchKind.DefaultArm
        ? $"in the default arm, which an empty '{restart.Part.Name}' takes"
        : $"in the arm that an empty '{restart.Part.Name}' takes";

    public override DiagnosticSeverity SeverityOf(Restart restart) =>
        restart.Branch == BranchKind.DefaultArm ? DiagnosticSeverity.Info : Descriptor.DefaultSeverity;
}
