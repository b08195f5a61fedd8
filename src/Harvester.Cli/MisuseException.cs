namespace Harvester.Cli;

/// <summary>The user asked for something impossible. Its message is the one line the user gets, without a stack trace.</summary>
internal sealed class MisuseException(string message) : Exception(message);
