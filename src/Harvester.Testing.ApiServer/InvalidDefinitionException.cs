namespace Harvester.Testing.ApiServer;

/// <summary>A custom resource definition that cannot be installed. The message is one line that names the file and the remedy.</summary>
public sealed class InvalidDefinitionException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">One line.</param>
    public InvalidDefinitionException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">One line.</param>
    /// <param name="innerException">What the reader stumbled over.</param>
    public InvalidDefinitionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
