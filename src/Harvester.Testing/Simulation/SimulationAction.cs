namespace Harvester.Testing.Simulation;

/// <summary>Something that could happen next.</summary>
/// <param name="Description">In words, for the list of decisions.</param>
/// <param name="Perform">Does it, on the calling thread.</param>
internal sealed record SimulationAction(string Description, Action Perform);

/// <summary>One decision of a simulation.</summary>
/// <param name="Time">The virtual time.</param>
/// <param name="Description">What was done, in words.</param>
/// <param name="Choices">How many actions were enabled.</param>
public sealed record SimulationDecision(DateTimeOffset Time, string Description, int Choices);
