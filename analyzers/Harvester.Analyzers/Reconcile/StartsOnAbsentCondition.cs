using Harvester.Analyzers.Flow.Restarting;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Reconcile;

/// <summary>HARV2003: work starts when the conditions are empty or one of them is absent.</summary>
internal sealed class StartsOnAbsentCondition : RestartRule
{
    public override DiagnosticDescriptor Descriptor => Descriptors.StartsOnAbsentCondition;

    public override bool Judges(PartKind part) => part is PartKind.Conditions or PartKind.Condition;

    public override string Describe(Restart restart)
    {
        var text = string.Join(" ", restart.Condition.ToString().Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
        text = text.Length > 90 ? text.Substring(0, 87) + "..." : text;
        return restart.Part.Kind == PartKind.Conditions ? $"the conditions are empty ('{text}')" : $"a condition is absent ('{text}')";
    }
}
