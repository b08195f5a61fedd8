using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Patching.Fields;

/// <summary>The content of metadata.managedFields while a write works on it.</summary>
internal sealed class ManagedFields
{
    private const int MaxUpdaters = 10;

    private readonly Dictionary<ManagerKey, ManagedEntry> _entries;

    private ManagedFields(Dictionary<ManagerKey, ManagedEntry> entries) => _entries = entries;

    /// <summary>Nobody owns anything.</summary>
    public static ManagedFields Empty => new([]);

    /// <summary>True when nobody owns anything.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>The entries, in no order.</summary>
    public IReadOnlyCollection<ManagedEntry> Entries => _entries.Values;

    /// <summary>The entry of a manager; null when there is none, or removes it.</summary>
    public ManagedEntry? this[ManagerKey key]
    {
        get => _entries.GetValueOrDefault(key);
        set
        {
            if (value is null)
            {
                _entries.Remove(key);
            }
            else
            {
                _entries[key] = value;
            }
        }
    }

    /// <summary>Reads what the server wrote.</summary>
    /// <returns>Null when an entry is none that a server would write.</returns>
    public static ManagedFields? Read(JsonArray? wire)
    {
        var entries = new Dictionary<ManagerKey, ManagedEntry>(wire?.Count ?? 0);
        foreach (var item in wire ?? JsonArray.Empty)
        {
            if (item is not JsonObject members || ManagedEntry.Read(members) is not { } entry)
            {
                return null;
            }

            entries[entry.Key] = entry;
        }

        return new ManagedFields(entries);
    }

    /// <summary>Reads what a client sent: its path elements are brought into their normal form.</summary>
    /// <returns>Null when it is malformed (A-10).</returns>
    public static ManagedFields? ReadFromClient(JsonArray wire)
    {
        var entries = new List<JsonValue>(wire.Count);
        foreach (var item in wire)
        {
            if (item is not JsonObject members)
            {
                return null;
            }

            if (members.Find("fieldsV1") is { IsNull: false } fields)
            {
                if (Normalise(fields) is not { } normal)
                {
                    return null;
                }

                members = members.With("fieldsV1", normal);
            }
            else
            {
                members = members.Without("fieldsV1");
            }

            entries.Add(members);
        }

        return Read(JsonArray.Of(entries));
    }

    /// <summary>The entries as metadata.managedFields holds them: by operation, time, manager, version, subresource.</summary>
    /// <returns>Null when there are none.</returns>
    public JsonArray? ToJson()
    {
        if (_entries.Count == 0)
        {
            return null;
        }

        var sorted = _entries.Values.ToArray();
        Array.Sort(sorted, Compare);
        return JsonArray.Wrap([.. sorted.Select(entry => entry.ToJson())]);
    }

    /// <summary>Merges the oldest entries of writes other than apply while there are more than ten (A-8).</summary>
    public void MergeOldUpdates()
    {
        var updaters = _entries.Values.Where(entry => !entry.Key.IsApply).ToList();
        if (updaters.Count <= MaxUpdaters)
        {
            return;
        }

        updaters.Sort((a, b) => a.Seconds != b.Seconds
            ? a.Seconds.CompareTo(b.Seconds)
            : string.CompareOrdinal(SortKey(a.Key), SortKey(b.Key)));
        var firsts = new Dictionary<string, ManagerKey>();
        var count = updaters.Count;
        foreach (var updater in updaters)
        {
            if (count <= MaxUpdaters)
            {
                return;
            }

            // Entries of one version share a bucket, which the first of them becomes as soon as there is a second.
            var version = updater.ApiVersion;
            if (!firsts.TryGetValue(version, out var first))
            {
                firsts[version] = updater.Key;
                continue;
            }

            var bucket = new ManagerKey("ancient-changes", IsApply: false, version, "");
            if (this[bucket] is null && this[first] is { } oldest)
            {
                this[first] = null;
                this[bucket] = oldest with { Key = bucket };
            }

            var merged = this[bucket]!;
            this[updater.Key] = null;
            this[bucket] = merged with { Key = bucket, Fields = updater.Fields.Union(merged.Fields), Time = updater.Time };
            count--;
        }
    }

    private static int Compare(ManagedEntry a, ManagedEntry b)
    {
        if (a.Key.IsApply != b.Key.IsApply)
        {
            return a.Key.IsApply ? -1 : 1;
        }

        var order = a.Seconds.CompareTo(b.Seconds);
        order = order != 0 ? order : string.CompareOrdinal(a.Key.Manager, b.Key.Manager);
        order = order != 0 ? order : string.CompareOrdinal(a.ApiVersion, b.ApiVersion);
        return order != 0 ? order : string.CompareOrdinal(a.Key.Subresource, b.Key.Subresource);
    }

    private static string SortKey(ManagerKey key) =>
        $"{{\"manager\":\"{key.Manager}\",\"operation\":\"Update\",\"apiVersion\":\"{key.ApiVersion}\",\"subresource\":\"{key.Subresource}\"}}";

    // A set as a client wrote it, or null when it is none. Nodes without fields vanish.
    private static JsonObject? Normalise(JsonValue node)
    {
        if (node is not JsonObject members)
        {
            return null;
        }

        var normal = new JsonObject.Builder();
        foreach (var (element, child) in members)
        {
            if (element == ".")
            {
                normal["."] = JsonObject.Empty;
                continue;
            }

            if (PathElement.Normalise(element) is not { } name || Normalise(child) is not { } below)
            {
                return null;
            }

            normal[name] = below;
        }

        return normal.Count == 1 && normal["."] is not null ? JsonObject.Empty : normal.Build();
    }
}
