using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.BuiltIn;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources.Definitions;

/// <summary>What is special about custom resource definitions: names left out, status, validation, and their end .</summary>
internal sealed class DefinitionStrategy : KindStrategy
{
    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value)
    {
        if (value.Find("spec") is not JsonObject spec)
        {
            return value;
        }

        if (spec.Find("names") is JsonObject names)
        {
            var kind = names.Text("kind");
            if (names.Text("singular").Length == 0 && kind.Length > 0)
            {
                names = names.With("singular", kind.ToLowerInvariant());
            }

            if (names.Text("listKind").Length == 0 && kind.Length > 0)
            {
                names = names.With("listKind", kind + "List");
            }

            spec = spec.With("names", names);
        }

        if (spec.Find("conversion") is not JsonObject conversion)
        {
            spec = spec.With("conversion", JsonObject.Of(("strategy", "None")));
        }
        else if (conversion.At("webhook", "clientConfig", "service") is JsonObject service && service.Find("port") is null)
        {
            spec = spec.With("conversion", conversion.WithAt(["webhook", "clientConfig", "service", "port"], 443));
        }

        return value.With("spec", spec);
    }

    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value)
    {
        var storage = StorageVersion(value);
        return value.With("status", JsonObject.Of(
            ("acceptedNames", JsonObject.Of(("kind", ""), ("plural", ""))),
            ("conditions", JsonValue.Null),
            ("storedVersions", storage is null ? JsonValue.Null : JsonArray.Of(storage))));
    }

    /// <inheritdoc />
    public override JsonObject PrepareForUpdate(RequestContext context, JsonObject value, JsonObject old)
    {
        // the status stays, but a new storage version is remembered at once.
        var stored = old.At("status", "storedVersions") as JsonArray ?? JsonArray.Empty;
        return StorageVersion(value) is { } storage && !stored.Contains(storage)
            ? value.WithAt(["status", "storedVersions"], JsonArray.Of([.. stored, storage]))
            : value;
    }

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        if (context.Before is null)
        {
            Add(DefinitionValidation.Validate(value, null), causes);
        }
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes) =>
        Add(DefinitionValidation.Validate(value, old), causes);

    /// <inheritdoc />
    public override void ValidateStatusUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new List<FieldError>();
        NameRules.Validate(value.At("status", "acceptedNames") as JsonObject ?? JsonObject.Empty, "status.acceptedNames", errors);
        Add(errors, causes);
    }

    /// <inheritdoc />
    public override IEnumerable<string> Warnings(RequestContext context, JsonObject value, JsonObject? old) =>
        DefinitionWarnings.Of(value, old);

    /// <inheritdoc />
    public override bool ChangesGeneration(JsonObject value, JsonObject old) => !Equals(value.Find("spec"), old.Find("spec"));

    /// <inheritdoc />
    public override JsonObject MarkForDeletion(JsonObject value, DateTimeOffset now)
    {
        // neither the generation nor the grace period shows it.
        var finalizers = ObjectMetadata.Finalizers(value).ToList();
        if (!finalizers.Contains(DefinitionStatus.Finalizer))
        {
            finalizers.Add(DefinitionStatus.Finalizer);
        }

        var marked = ObjectMetadata.WithMeta(value, "finalizers", JsonArray.Of(finalizers.Select(item => (JsonValue)item)));
        marked = ObjectMetadata.WithMeta(marked, "deletionTimestamp", ObjectMetadata.Timestamp(now));
        return DefinitionStatus.WithCondition(
            marked,
            DefinitionStatus.Condition(
                "Terminating",
                true,
                "InstanceDeletionPending",
                "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon"),
            now);
    }

    /// <inheritdoc />
    public override void AfterWrite(ServerCore server) => DefinitionStatus.EstablishAll(server);

    private static JsonValue? StorageVersion(JsonObject definition) =>
        (definition.At("spec", "versions") as JsonArray ?? JsonArray.Empty)
        .FirstOrDefault(version => version["storage"]?.AsBoolean == true)?["name"];

    private static void Add(List<FieldError> errors, List<Cause> causes) =>
        causes.AddRange(errors.Select(error => new Cause(error.Reason, error.Message, error.FieldName)));
}
