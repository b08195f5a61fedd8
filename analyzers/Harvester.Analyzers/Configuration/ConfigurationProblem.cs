using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Configuration;

/// <summary>A part of the configuration that cannot be used.</summary>
/// <param name="Message">What it is, and what was expected.</param>
/// <param name="Location">The line of a table; none for an option.</param>
internal sealed record ConfigurationProblem(string Message, Location? Location = null);
