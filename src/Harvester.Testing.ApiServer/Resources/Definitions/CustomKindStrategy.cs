using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.BuiltIn;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources.Definitions;

/// <summary>What a definition adds to the rules of its objects beside their schema: it ends, and its scale has fixed types.</summary>
/// <param name="definition">The definition's name.</param>
/// <param name="scale">The version's scale subresource, or null.</param>
internal sealed class CustomKindStrategy(string definition, JsonObject? scale) : KindStrategy
{
    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value)
    {
        // C-18
        var stored = context.Log.State.Find(CustomKinds.Definitions, null, definition);
        return stored is not null && ObjectMetadata.IsBeingDeleted(stored.Object)
            ? throw ApiFailure.Forbidden(
                context.Kind.Resource,
                ObjectMetadata.Name(value),
                "create not allowed while custom resource definition is terminating",
                null)
            : value;
    }

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        if (scale is not null)
        {
            CheckReplicas(value, "specReplicasPath", causes);
            CheckStatus(value, causes);
        }
    }

    /// <inheritdoc />
    public override void ValidateStatusUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        if (scale is not null)
        {
            CheckStatus(value, causes);
        }
    }

    private void CheckStatus(JsonObject value, List<Cause> causes)
    {
        CheckReplicas(value, "statusReplicasPath", causes);
        if (scale!.Text("labelSelectorPath") is { Length: > 0 } path)
        {
            var (found, error) = Nested(value, path);
            if (error is null && found is not (null or JsonString))
            {
                error = AccessorError(path, found, "string");
            }

            if (error is not null)
            {
                Add(path, "", error, causes);
            }
        }
    }

    // V-11: the server reads the count with its own hands, and those take an integer alone.
    private void CheckReplicas(JsonObject value, string member, List<Cause> causes)
    {
        var path = scale!.Text(member);
        var (found, error) = Nested(value, path);
        if (error is null && found is not (null or JsonInteger))
        {
            error = AccessorError(path, found, "int64");
        }

        var count = (found as JsonInteger)?.Value ?? 0;
        if (error is not null)
        {
            Add(path, 0, error, causes);
        }
        else if (count < 0)
        {
            Add(path, count, "should be a non-negative integer", causes);
        }
        else if (count > int.MaxValue)
        {
            Add(path, count, $"should be less than or equal to {int.MaxValue}", causes);
        }
    }

    private static (JsonValue? Found, string? Error) Nested(JsonObject value, string path)
    {
        JsonValue current = value;
        var steps = path.TrimStart('.').Split('.');
        for (var i = 0; i < steps.Length; i++)
        {
            if (current is not JsonObject members)
            {
                return current.IsNull
                    ? (null, null)
                    : (null, AccessorError(
                        "." + string.Join('.', steps[..(i + 1)]), current, "map[string]interface{}"));
            }

            if (members.Find(steps[i]) is not { } member)
            {
                return (null, null);
            }

            current = member;
        }

        return (current, null);
    }

    private static string AccessorError(string path, JsonValue found, string expected) =>
        $"{path} accessor error: {GoText.OfPlain(found)} is of the type {GoText.TypeOf(found)}, expected {expected}";

    private static void Add(string path, JsonValue value, string rule, List<Cause> causes)
    {
        var error = FieldError.Invalid(path, value, rule);
        causes.Add(new Cause(error.Reason, error.Message, error.FieldName));
    }
}
