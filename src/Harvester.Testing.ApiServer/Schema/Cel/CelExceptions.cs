namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>A rule that is no CEL.</summary>
/// <param name="message">What is wrong with it.</param>
internal sealed class CelSyntaxException(string message) : Exception(message);

/// <summary>A rule that uses a part of CEL this server does not evaluate; it must not be accepted and then ignored.</summary>
/// <param name="what">The part.</param>
internal sealed class CelNotSupportedException(string what)
    : Exception($"x-kubernetes-validations: {what} is not supported by this server");

/// <summary>A rule failed while it was evaluated; it then counts as violated (statement V-12).</summary>
/// <param name="message">What happened.</param>
internal sealed class CelEvaluationException(string message) : Exception(message);
