namespace Harvester.Testing.ApiServer;

/// <summary>The port the server was asked to listen on is taken. The message is one line.</summary>
/// <param name="message">One line.</param>
/// <param name="innerException">What the web server said.</param>
public sealed class PortInUseException(string message, Exception innerException) : Exception(message, innerException);
