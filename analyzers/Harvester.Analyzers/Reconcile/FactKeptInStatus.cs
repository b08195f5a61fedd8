using Harvester.Analyzers.Flow.Restarting;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Reconcile;

/// <summary>
/// HARV2005: a fact that nothing can tell again (a time, a random value, how the specification was) is put into the status because the
/// status was missing. A lost status gets another value, and work that goes by it goes another way.
/// </summary>
internal static class FactKeptInStatus
{
    public static DiagnosticDescriptor Descriptor => Descriptors.FactKeptInStatus;

    public static IEnumerable<string> Describe(LostFact lost) => [lost.Member, lost.Source, lost.Part.Name];
}
