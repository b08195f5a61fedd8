using Harvester.Analyzers.Flow.Restarting;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Reconcile;

/// <summary>A judge over what the search found: which emptiness it speaks about, and how it names it.</summary>
internal abstract class RestartRule
{
    public abstract DiagnosticDescriptor Descriptor { get; }

    public abstract bool Judges(PartKind part);

    public abstract string Describe(Restart restart);
}
