namespace Harvester.Testing.ApiServer.Schema;

/// <summary>An object cannot be read as what its schema says it is; kube-apiserver answers 400.</summary>
/// <param name="message">Why, as it stands in the answer after "cannot be handled as a …: ".</param>
internal sealed class SchemaDecodingException(string message) : Exception(message);
