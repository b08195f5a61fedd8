using Harvester.Analyzers.Flow.Restarting;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Reconcile;

/// <summary>HARV2003: work starts when the conditions are empty or one of them is absent.</summary>
internal sealed class StartsOnAbsentCondition : RestartRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.StartsOnAbsentCondition;

    public override bool Judges(Restart restart) => restart is { Branch: BranchKind.Test, Part.Kind: StatusPartKind.Conditions or StatusPartKind.Condition };

    public override string Describe(Restart restart) =>
        restart.Part.Kind == StatusPartKind.Conditions ? $"the conditions are empty ('{TextOf(restart.Condition)}')" : $"a condition is absent ('{TextOf(restart.Condition)}')";
}
