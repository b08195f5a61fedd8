using System.Text;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Core;

/// <summary>ConfigMaps.</summary>
internal sealed class ConfigMapStrategy : KindStrategy
{
    private const int SizeLimit = 1024 * 1024;

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var binary = value.Find("binaryData") as JsonObject ?? JsonObject.Empty;
        var size = 0L;
        foreach (var (key, item) in value.Find("data") as JsonObject ?? JsonObject.Empty)
        {
            CheckKey(errors, "data", key);
            size += Encoding.UTF8.GetByteCount(item.AsString ?? "");
            if (binary.Has(key))
            {
                errors.Invalid(FieldErrors.Key("data", key), key, "duplicate of key present in binaryData");
            }
        }

        foreach (var (key, item) in binary)
        {
            CheckKey(errors, "binaryData", key);
            size += DataSize(item);
        }

        if (size > SizeLimit)
        {
            errors.TooLong("", SizeLimit);
        }
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes) =>
        CheckFrozen(new FieldErrors(causes), value, old, ["data", "binaryData"]);

    /// <summary>Adds what is wrong with a key.</summary>
    internal static void CheckKey(FieldErrors errors, string map, string key)
    {
        if (ValueForms.ConfigKeyError(key) is { } bad)
        {
            errors.Invalid(FieldErrors.Key(map, key), key, bad);
        }
    }

    /// <summary>How many bytes a base64 text stands for.</summary>
    internal static long DataSize(JsonValue item)
    {
        var text = item.AsString ?? "";
        var padding = text.EndsWith("==", StringComparison.Ordinal) ? 2 : text.EndsWith('=') ? 1 : 0;
        return (text.Length / 4 * 3) - padding;
    }

    /// <summary>What is marked immutable stays so, and keeps its data (B-14).</summary>
    internal static void CheckFrozen(FieldErrors errors, JsonObject value, JsonObject old, ReadOnlySpan<string> members)
    {
        const string why = "field is immutable when `immutable` is set";
        if (old.Find("immutable")?.AsBoolean != true)
        {
            return;
        }

        if (value.Find("immutable")?.AsBoolean != true)
        {
            errors.Forbidden("immutable", why);
        }

        foreach (var member in members)
        {
            if (!Equals(value.Find(member), old.Find(member)))
            {
                errors.Forbidden(member, why);
            }
        }
    }
}
