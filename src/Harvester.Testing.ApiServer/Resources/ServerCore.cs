using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>What every verb works on: the log, the clock, the seed, and the lock that makes writes one after the other.</summary>
internal sealed class ServerCore(RevisionLog log, TimeProvider time, int seed)
{
    private const string NameLetters = "bcdfghjklmnpqrstvwxz2456789";
    private long _refusedAt;
    private int _refused;

    private int _dryRuns;

    /// <summary>True once a body came that may be nested thousands of levels deep: objects then need a larger stack.</summary>
    public bool MayHoldDeepObjects { get; set; }

    public RevisionLog Log { get; } = log;

    public TimeProvider Time { get; } = time;

    public int Seed { get; } = seed;

    public Lock Gate { get; } = new();

    /// <summary>Who may do what.</summary>
    public IAccessControl Access { get; set; } = null!;

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>The kind served at a path, or null.</summary>
    public ResourceKind? FindKind(string group, string version, string plural) =>
        BuiltInKinds.Find(group, version, plural) ?? CustomKinds.Find(Log.State, group, version, plural);

    /// <summary>The kind an owner reference means, or null.</summary>
    public ResourceKind? FindKindByName(string apiVersion, string kind)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "" : apiVersion[..slash];
        var version = apiVersion[(slash + 1)..];
        foreach (var candidate in BuiltInKinds.All)
        {
            if (candidate.Kind == kind && candidate.Group == group && candidate.Version == version && candidate.IsStored)
            {
                return candidate;
            }
        }

        return CustomKinds.All(Log.State).FirstOrDefault(candidate =>
            candidate.Kind == kind && candidate.Group == group && candidate.Version == version);
    }

    /// <summary>Some version of the kind stored under a resource, or null.</summary>
    public ResourceKind? FindKind(GroupResource resource) =>
        BuiltInKinds.All.FirstOrDefault(kind => kind.Resource == resource && kind.IsStored)
        ?? CustomKinds.All(Log.State).FirstOrDefault(kind => kind.Resource == resource);

    /// <summary>An object as it is stored: what only another version declares is lost (V-9).</summary>
    public static JsonObject StorageForm(ResourceKind kind, JsonObject value)
    {
        if (!kind.IsCustom || kind.Version == kind.StorageVersion)
        {
            return value;
        }

        value = value.With("apiVersion", $"{kind.Group}/{kind.StorageVersion}");
        return kind.StorageSchema?.Complete(value, kind, []) ?? value;
    }

    public StoredRevision Append(ResourceKind kind, string? ns, string name, ChangeType type, JsonObject value, string user)
    {
        if (type != ChangeType.Deleted)
        {
            value = StorageForm(kind, value);
        }

        if (type != ChangeType.Deleted && StoreLimit.Refusal(value) is { } refusal)
        {
            throw ApiFailure.Internal(refusal);
        }

        value = ShareOwnership((JsonObject)JsonNumbers.AsStored(value));
        value = kind.Conversion?.ToStored(value) ?? value;
        return Log.Append(kind.Stored, kind.Namespaced ? ns : null, name, type, value, kind.StorageSchema, user, Now, isTyped: !kind.IsCustom);
    }

    // Objects that were written alike are owned alike: the sets of their fields are kept once.
    private static JsonObject ShareOwnership(JsonObject value)
    {
        if (value.At("metadata", "managedFields") is not JsonArray { Count: > 0 } entries)
        {
            return value;
        }

        var shared = new JsonValue[entries.Count];
        for (var i = 0; i < shared.Length; i++)
        {
            shared[i] = entries[i] is JsonObject entry && entry.Find("fieldsV1") is { } fields
                ? entry.With("fieldsV1", JsonShapes.Shared(fields))
                : entries[i];
        }

        return value.WithAt(["metadata", "managedFields"], JsonArray.Wrap(shared));
    }

    /// <summary>
    /// A uid that depends on the seed, the revision and the object alone, so that a fork that does the same gets the same.
    /// </summary>
    public string NewUid(GroupResource resource, string? ns, string name)
    {
        Span<byte> hash = stackalloc byte[32];
        Hash(string.Create(CultureInfo.InvariantCulture, $"uid/{resource}/{ns}/{name}{Attempt()}"), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString("D", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Counts an object that was refused after it had got its uid: error texts show that uid, and the next object of the name has another.
    /// </summary>
    public void CountRefused()
    {
        _refused = _refusedAt == Log.Current ? _refused + 1 : 1;
        _refusedAt = Log.Current;
    }

    private string Attempt() =>
        _refusedAt == Log.Current && _refused > 0 ? string.Create(CultureInfo.InvariantCulture, $"/refused/{_refused}") : "";

    /// <summary>A uid for an object that is only made to be shown: no two dry runs share one.</summary>
    public string NewDryRunUid(GroupResource resource, string? ns, string name) =>
        NewUid(resource, ns, string.Create(CultureInfo.InvariantCulture, $"{name}/dry-run/{Interlocked.Increment(ref _dryRuns)}"));

    /// <summary>The five characters that complete a generated name (C-6).</summary>
    public string NameSuffix(GroupResource resource, string? ns, string prefix, int attempt)
    {
        Span<byte> hash = stackalloc byte[32];
        Hash(string.Create(CultureInfo.InvariantCulture, $"name/{resource}/{ns}/{prefix}/{attempt}"), hash);
        return string.Create(5, BinaryPrimitives.ReadUInt64LittleEndian(hash), static (text, bits) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = NameLetters[(int)(bits % (ulong)NameLetters.Length)];
                bits /= (ulong)NameLetters.Length;
            }
        });
    }

    private void Hash(string what, Span<byte> hash) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Seed}/{Log.Current}/{what}")), hash);
}
