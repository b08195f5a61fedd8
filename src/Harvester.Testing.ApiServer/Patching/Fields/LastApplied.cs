using System.Text;
using System.Text.Json;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Patching.Fields;

/// <summary>What an apply made of an object.</summary>
/// <param name="Value">The object, without managed fields.</param>
/// <param name="ManagedFields">Its managed fields, or null for none.</param>
/// <param name="IsChanged">False when only ownership may have changed.</param>
internal readonly record struct ApplyOutcome(JsonObject Value, JsonArray? ManagedFields, bool IsChanged);

/// <summary>
/// Takes over, for the manager <c>kubectl</c>, objects that kubectl managed on the client's side before: what its
/// annotation says was applied is no conflict, and the annotation is kept up to date for older clients (B-37).
/// </summary>
internal static class LastApplied
{
    private const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";

    private const string Kubectl = "kubectl";

    private const int AnnotationsLimit = 256 * 1024;

    /// <summary>Applies a configuration.</summary>
    /// <param name="manager">The field manager of the path.</param>
    /// <param name="type">The type of the object.</param>
    /// <param name="live">The object before, without managed fields.</param>
    /// <param name="managed">The managed fields before.</param>
    /// <param name="applied">The configuration, which fits the type.</param>
    /// <param name="name">The name of the manager.</param>
    /// <param name="force">True to take over fields of others.</param>
    /// <exception cref="FieldConflictException">Fields are owned by others.</exception>
    /// <exception cref="FieldTypeException">An object does not fit the types.</exception>
    public static ApplyOutcome Merge(
        FieldManager manager, FieldType type, JsonObject live, JsonArray? managed, JsonObject applied, string name, bool force)
    {
        var outcome = Apply(force);
        return name == Kubectl && AnnotationOf(outcome.Value) is not null
            ? outcome with { Value = WithAnnotation(outcome.Value, applied) }
            : outcome;

        ApplyOutcome Apply(bool forced)
        {
            var fields = ManagedFields.Read(managed)
                ?? throw new FieldTypeException("failed to decode managed fields");
            JsonObject? merged;
            try
            {
                merged = manager.Apply(live, applied, fields, name, forced);
            }
            catch (FieldConflictException conflict) when (name == Kubectl && AppliedBefore(type, live) is { } before)
            {
                var left = conflict.Conflicts.Where(one => !before.Has(one.Path)).ToList();
                return left.Count == 0 ? Apply(forced: true) : throw new FieldConflictException(left);
            }

            return new ApplyOutcome(merged ?? live, fields.ToJson(), merged is not null);
        }
    }

    // The fields of the annotation's configuration that still have the values it gave them.
    private static FieldSet? AppliedBefore(FieldType type, JsonObject live)
    {
        try
        {
            if (AnnotationOf(live) is not { } text
                || JsonText.Read(text) is not JsonObject before
                || before.Find("apiVersion")?.AsString != live.Find("apiVersion")?.AsString)
            {
                return null;
            }

            TypedValidation.Check(live, type, allowDuplicates: false);
            TypedValidation.Check(before, type, allowDuplicates: false);
            var comparison = Comparison.Of(before, live, type);
            return TypedFields.SetOf(before, type)
                .Difference(comparison.Modified)
                .Difference(comparison.Added)
                .Difference(comparison.Removed);
        }
        catch (Exception failure) when (failure is JsonException or FieldTypeException)
        {
            return null;
        }
    }

    private static string? AnnotationOf(JsonObject value) =>
        value.At("metadata", "annotations", Annotation)?.AsString is { Length: > 0 } text ? text : null;

    private static JsonObject WithAnnotation(JsonObject value, JsonObject applied)
    {
        applied = applied.WithAt(["metadata", "annotations", Annotation], null);
        var text = JsonText.Write(applied)
            .Replace("<", "\\u003c", StringComparison.Ordinal)
            .Replace(">", "\\u003e", StringComparison.Ordinal)
            .Replace("&", "\\u0026", StringComparison.Ordinal) + "\n";
        var updated = value.WithAt(["metadata", "annotations", Annotation], text);
        var size = 0;
        foreach (var (key, item) in updated.At("metadata", "annotations") as JsonObject ?? JsonObject.Empty)
        {
            size += Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(item.AsString ?? "");
        }

        return size > AnnotationsLimit ? value.WithAt(["metadata", "annotations", Annotation], null) : updated;
    }
}
