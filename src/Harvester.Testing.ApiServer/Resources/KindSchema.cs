using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>The schema of one version of a custom kind, as the verbs use it.</summary>
internal sealed class KindSchema
{
    private readonly StructuralSchema _schema;

    private KindSchema(StructuralSchema schema) => _schema = schema;

    /// <summary>The schema itself.</summary>
    public StructuralSchema Structural => _schema;

    /// <summary>Reads the schema of a version.</summary>
    /// <exception cref="ArgumentException">A pattern cannot be used.</exception>
    public static KindSchema Of(JsonObject openApiV3Schema)
    {
        return new KindSchema(StructuralSchema.Parse(openApiV3Schema));
    }

    /// <summary>Takes out what the schema does not know (V-1) and fills in defaults (V-2, V-3).</summary>
    /// <param name="value">The object.</param>
    /// <param name="kind">Its kind, for error texts.</param>
    /// <param name="unknownFields">Receives the paths of what was taken out.</param>
    public JsonObject Complete(JsonObject value, ResourceKind kind, List<string> unknownFields)
    {
        try
        {
            return _schema.ApplyDefaults(_schema.Prune(value, unknownFields));
        }
        catch (SchemaDecodingException failure)
        {
            // V-10
            throw ApiFailure.BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: {failure.Message}");
        }
    }

    /// <summary>The same for what an apply made: nulls are left to validation, unless a default takes their place .</summary>
    /// <param name="value">The object.</param>
    public JsonObject CompleteApplied(JsonObject value) => _schema.ApplyDefaults(_schema.Prune(value, []), keepNulls: true);

    /// <summary>Takes out what the schema does not know, and leaves the rest as it is.</summary>
    /// <param name="value">The object.</param>
    /// <param name="unknownFields">Receives the paths of what was taken out.</param>
    public JsonObject Prune(JsonObject value, List<string>? unknownFields = null) => _schema.Prune(value, unknownFields ?? []);

    /// <summary>Adds the errors of an object (V-4).</summary>
    /// <param name="value">The object.</param>
    /// <param name="old">The object it replaces, or null.</param>
    /// <param name="statusOnly">True for a write of the status (S-7).</param>
    /// <param name="causes">Receives what is wrong; rules are skipped when there are errors already.</param>
    /// <param name="warnings">Receives what is tolerated because it did not change (V-7).</param>
    public void Validate(JsonObject value, JsonObject? old, bool statusOnly, List<Cause> causes, List<string>? warnings = null)
    {
        var errors = new List<FieldError>();
        _schema.Validate(value, old, errors, statusOnly, warnings);
        causes.AddRange(errors.Select(error => new Cause(error.Reason, error.Message, error.FieldName)));
    }
}
