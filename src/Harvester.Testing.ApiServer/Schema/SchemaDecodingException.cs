namespace Harvester.Testing.ApiServer.Schema;

/// <summary>An object cannot be read as what its schema says it is; kube-apiserver answers 400.</summary>
/// <param name="error">Why; its text stands in the answer after "cannot be handled as a …: ".</param>
internal sealed class SchemaDecodingException(FieldError error) : Exception(error.ToString())
{
    /// <summary>Why.</summary>
    public FieldError Error { get; } = error;
}
