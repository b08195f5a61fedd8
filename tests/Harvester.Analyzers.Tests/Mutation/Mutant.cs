namespace Harvester.Analyzers.Tests.Mutation;

/// <summary>A controller with one mistake put into it.</summary>
/// <param name="Rule">The rule that must report it.</param>
/// <param name="Change">What was done, and where.</param>
/// <param name="Source">The source with the mistake.</param>
internal sealed record Mutant(string Rule, string Change, string Source);
