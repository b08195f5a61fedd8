using System.Runtime.CompilerServices;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>How a stored object looks when it is read through a version.</summary>
internal static class Reading
{
    private static readonly ConditionalWeakTable<StoredRevision, Shown> Cache = [];

    /// <summary>
    /// The object in the version of a kind. Only what was stored through another version or under another schema needs
    /// work: pruning and defaults on read (V-1, V-2), another apiVersion.
    /// </summary>
    public static JsonObject Converted(StoredRevision stored, ResourceKind kind)
    {
        if (!kind.IsCustom)
        {
            return stored.Object.Find("apiVersion")?.AsString == kind.ApiVersion
                ? stored.Object
                : OtherVersion(stored, kind);
        }

        if (ReferenceEquals(kind.Schema, stored.Schema) && stored.Object.Find("apiVersion")?.AsString == kind.ApiVersion)
        {
            return stored.Object;
        }

        if (Cache.TryGetValue(stored, out var shown) && ReferenceEquals(shown.Kind, kind))
        {
            return shown.Value;
        }

        var value = stored.Object;
        // V-2: the schema of the version the object is stored in, which need not be the one it would be stored in now.
        var version = (value.Find("apiVersion")?.AsString ?? "").Split('/')[^1];
        if (kind.VersionSchemas.GetValueOrDefault(version) is { } storedAs && !ReferenceEquals(storedAs, stored.Schema))
        {
            value = storedAs.Complete(value, kind, []);
        }

        if (kind.Version != version && kind.Schema is { } shownAs)
        {
            // V-2: defaults of a version other than the stored one never show on read.
            value = shownAs.Prune(value);
        }

        value = value.With("apiVersion", kind.ApiVersion);
        if (value.Equals(stored.Object))
        {
            value = stored.Object;
        }

        Cache.AddOrUpdate(stored, new Shown(kind, value));
        return value;
    }

    /// <summary>The text of the object in the version of a kind, written once as long as the object stays as stored.</summary>
    public static ReadOnlyMemory<byte> Utf8(StoredRevision stored, ResourceKind kind)
    {
        var value = Converted(stored, kind);
        return ReferenceEquals(value, stored.Object) ? stored.Utf8 : kind.IsCustom ? JsonText.WriteUtf8(value) : TypedText.WriteUtf8(value);
    }

    // One object in two groups or versions.
    private static JsonObject OtherVersion(StoredRevision stored, ResourceKind kind)
    {
        if (kind.Conversion is not { } conversion)
        {
            return stored.Object.With("apiVersion", kind.ApiVersion);
        }

        if (Cache.TryGetValue(stored, out var shown) && ReferenceEquals(shown.Kind, kind))
        {
            return shown.Value;
        }

        var value = conversion.FromStored(stored.Object);
        Cache.AddOrUpdate(stored, new Shown(kind, value));
        return value;
    }

    private sealed record Shown(ResourceKind Kind, JsonObject Value);
}
