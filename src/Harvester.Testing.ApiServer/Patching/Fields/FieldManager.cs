using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Patching.Fields;

/// <summary>What a manager wants to change is owned by others .</summary>
/// <param name="conflicts">The fields and who owns them.</param>
internal sealed class FieldConflictException(IReadOnlyList<(ManagerKey Manager, string[] Path)> conflicts) : Exception
{
    /// <summary>The fields and who owns them.</summary>
    public IReadOnlyList<(ManagerKey Manager, string[] Path)> Conflicts { get; } = conflicts;

    /// <summary>The answer's text.</summary>
    public override string Message
    {
        get
        {
            if (Conflicts.Count == 1)
            {
                return $"Apply failed with 1 conflict: conflict with {Conflicts[0].Manager}: {PathElement.Show(Conflicts[0].Path)}";
            }

            var lines = Conflicts.GroupBy(conflict => conflict.Manager)
                .OrderBy(group => group.Key.Manager, StringComparer.Ordinal)
                .SelectMany(group => group
                    .Select(conflict => $"- {PathElement.Show(conflict.Path)}")
                    .Prepend($"conflicts with {group.Key}:"));
            return $"Apply failed with {Conflicts.Count} conflicts: {string.Join('\n', lines)}";
        }
    }
}

/// <summary>The type of the objects of a version, for sets of fields that are named in it.</summary>
internal interface IVersionedTypes
{
    /// <summary>The type of a version.</summary>
    /// <param name="apiVersion">Group and version.</param>
    /// <returns>Null when there is no such version any more: its entries vanish.</returns>
    /// <exception cref="FieldTypeException">The version cannot be converted to.</exception>
    FieldType? Find(string apiVersion);
}

/// <summary>
/// Keeps metadata.managedFields through writes, and merges what is applied (statements ), as the field manager
/// of kube-apiserver does for one resource and subresource.
/// </summary>
internal sealed class FieldManager
{
    private static readonly string[] StrippedMetadata =
    [
        "clusterName", "creationTimestamp", "generation", "managedFields", "name", "namespace", "resourceVersion", "selfLink", "uid",
    ];

    //
    private static readonly FieldSet Stripped = StrippedMetadata.Aggregate(
        FieldSet.Of("f:apiVersion").Union(FieldSet.Of("f:kind")).Union(FieldSet.Of("f:metadata")),
        (set, name) => set.Union(FieldSet.Of("f:metadata", PathElement.Field(name))));

    private static readonly ManagerKey Current = new("current-operation", IsApply: false, "", "");

    /// <summary>The version the request came through.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>The subresource it goes to; empty for the object itself.</summary>
    public required string Subresource { get; init; }

    /// <summary>The types of the kind's versions.</summary>
    public required IVersionedTypes Types { get; init; }

    /// <summary>What of a version's objects this resource does not write (S-10), or null.</summary>
    public Func<string, FieldSet>? ResetFields { get; init; }

    /// <summary>The time of the write, as text.</summary>
    public required string Now { get; init; }

    private FieldType Type => Types.Find(ApiVersion) ?? FieldType.Deduced;

    /// <summary>Records a write other than apply.</summary>
    /// <param name="live">The object before; of a new one, what an empty object of its kind looks like.</param>
    /// <param name="value">The object after.</param>
    /// <param name="managed">Who owns what before; changed.</param>
    /// <param name="manager">The name of the manager.</param>
    /// <exception cref="FieldTypeException">An object does not fit the types: nothing is recorded then.</exception>
    public void Update(JsonObject live, JsonObject value, ManagedFields managed, string manager)
    {
        var key = ManagerKey.Of(manager, isApply: false, ApiVersion, Subresource);
        Reconcile(live, managed);
        var comparison = Disown(live, value, managed, Current, force: true);
        var set = comparison.Modified.Union(comparison.Added);
        set = WithoutReset(set).Difference(Stripped);
        if (!set.IsEmpty)
        {
            var fields = managed[key] is { } previous ? set.Union(previous.Fields) : set;
            managed[key] = new ManagedEntry(key, ApiVersion, fields, Now);
        }

        managed.MergeOldUpdates();
    }

    /// <summary>Merges an applied configuration into an object.</summary>
    /// <param name="live">The object before; of a new one, what an empty object of its kind looks like.</param>
    /// <param name="applied">The configuration, which fits the types.</param>
    /// <param name="managed">Who owns what before; changed, unless there is a conflict.</param>
    /// <param name="manager">The name of the manager.</param>
    /// <param name="force">True to take over fields of others.</param>
    /// <returns>The object after; null when it has not changed.</returns>
    /// <exception cref="FieldConflictException">Fields are owned by others.</exception>
    /// <exception cref="FieldTypeException">An object does not fit the types.</exception>
    public JsonObject? Apply(JsonObject live, JsonObject applied, ManagedFields managed, string manager, bool force)
    {
        var key = ManagerKey.Of(manager, isApply: true, ApiVersion, Subresource);
        Reconcile(live, managed);
        var merged = TypedMerge.Merge(live, applied, Type);
        var last = managed[key];
        var set = WithoutReset(TypedFields.SetOf(applied, Type));
        managed[key] = new ManagedEntry(key, ApiVersion, set, last?.Time);
        merged = Prune(merged, managed, last);
        Disown(live, merged, managed, key, force);
        var changed = !Comparison.AreEqual(live, merged);
        if (managed[key] is { } entry)
        {
            var fields = entry.Fields.Difference(Stripped);
            managed[key] = fields.IsEmpty ? null : entry with { Fields = fields, Time = changed ? Now : entry.Time };
        }

        return changed ? merged : null;
    }

    private FieldSet WithoutReset(FieldSet set) =>
        ResetFields is { } reset ? set.RecursiveDifference(reset(ApiVersion)) : set;

    // An object in another version is the same but for its apiVersion; it must fit that version's types.
    private JsonObject? Convert(JsonObject value, string apiVersion)
    {
        if (value.Find("apiVersion")?.AsString == apiVersion)
        {
            return value;
        }

        if (Types.Find(apiVersion) is not { } type)
        {
            return null;
        }

        var converted = value.With("apiVersion", apiVersion);
        TypedValidation.Check(converted, type, allowDuplicates: false);
        return converted;
    }

    private void Reconcile(JsonObject live, ManagedFields managed)
    {
        foreach (var entry in managed.Entries.ToArray())
        {
            if (Convert(live, entry.ApiVersion) is null || Types.Find(entry.ApiVersion) is not { } type)
            {
                managed[entry.Key] = null;
                continue;
            }

            var fields = SchemaReconciliation.Reconcile(entry.Fields, type);
            if (!ReferenceEquals(fields.Root, entry.Fields.Root))
            {
                managed[entry.Key] = entry with { Fields = fields };
            }
        }
    }

    // Takes from all others what the write changes, unless they may object.
    private Comparison Disown(JsonObject before, JsonObject after, ManagedFields managed, ManagerKey writer, bool force)
    {
        var own = Filter(Comparison.Of(before, after, Type), ApiVersion);
        var versions = new Dictionary<string, Comparison?>(1) { [ApiVersion] = own };
        var changes = new List<(ManagedEntry Entry, FieldSet Fields)>();
        List<(ManagerKey, string[])>? conflicts = null;
        foreach (var entry in managed.Entries)
        {
            if (entry.Key == writer)
            {
                continue;
            }

            if (!versions.TryGetValue(entry.ApiVersion, out var comparison))
            {
                versions[entry.ApiVersion] = comparison = CompareIn(before, after, entry.ApiVersion);
            }

            if (comparison is not { } changed)
            {
                changes.Add((entry, FieldSet.Empty));
                continue;
            }

            var taken = entry.Fields.Intersection(changed.Modified.Union(changed.Added));
            if (!taken.IsEmpty && !force)
            {
                (conflicts ??= []).AddRange(taken.Paths().Select(path => (entry.Key, path)));
            }

            var left = entry.Fields.Difference(taken).Difference(changed.Removed);
            if (!ReferenceEquals(left.Root, entry.Fields.Root) || left.IsEmpty)
            {
                changes.Add((entry, left));
            }
        }

        if (conflicts is not null)
        {
            throw new FieldConflictException(conflicts);
        }

        foreach (var (entry, fields) in changes)
        {
            managed[entry.Key] = fields.IsEmpty ? null : entry with { Fields = fields };
        }

        if (managed[writer] is { Fields.IsEmpty: true })
        {
            managed[writer] = null;
        }

        return own;
    }

    private Comparison? CompareIn(JsonObject before, JsonObject after, string apiVersion)
    {
        if (ConvertOrFail(before, "old") is not { } old || ConvertOrFail(after, "new") is not { } value)
        {
            return null;
        }

        return Filter(Comparison.Of(old, value, Types.Find(apiVersion)!), apiVersion);

        JsonObject? ConvertOrFail(JsonObject which, string name)
        {
            try
            {
                return Convert(which, apiVersion);
            }
            catch (FieldTypeException failure)
            {
                throw new FieldTypeException([new FieldTypeError("", $"failed to convert {name} object: {failure.Message}")]);
            }
        }
    }

    private Comparison Filter(Comparison comparison, string apiVersion) =>
        ResetFields is { } reset ? comparison.Without(reset(apiVersion)) : comparison;

    // what the manager applied last time, does not apply now, and nobody else owns.
    private JsonObject Prune(JsonObject merged, ManagedFields managed, ManagedEntry? last)
    {
        if (last is null || last.Fields.IsEmpty)
        {
            return merged;
        }

        var version = last.ApiVersion;
        if (Types.Find(version) is not { } type || Convert(merged, version) is not { } whole)
        {
            return merged;
        }

        var lastFields = TypedFields.WithDeclaredMembers(last.Fields, type);
        var pruned = TypedFields.Remove(whole, lastFields, type);
        pruned = AddBackOwned(whole, pruned, version, managed);

        var wholeFields = TypedFields.WithDeclaredMembers(TypedFields.SetOf(whole, type), type);
        var prunedFields = TypedFields.WithDeclaredMembers(TypedFields.SetOf(Convert(pruned, version)!, type), type);
        var gone = wholeFields.Difference(prunedFields).Intersection(lastFields);
        return TypedFields.Remove(whole, gone, type).With("apiVersion", ApiVersion);
    }

    private JsonObject AddBackOwned(JsonObject whole, JsonObject pruned, string version, ManagedFields managed)
    {
        var owned = managed.Entries.GroupBy(entry => entry.ApiVersion)
            .ToDictionary(group => group.Key, group => group.Aggregate(FieldSet.Empty, (set, entry) => set.Union(entry.Fields)));

        // The version that is pruned comes first: others may not convert without what it needs.
        foreach (var at in owned.Keys.OrderBy(key => key == version ? 0 : 1))
        {
            if (Types.Find(at) is not { } type || Convert(whole, at) is not { } wholeThere || Convert(pruned, at) is not { } prunedThere)
            {
                continue;
            }

            var wholeFields = TypedFields.WithDeclaredMembers(TypedFields.SetOf(wholeThere, type), type);
            var prunedFields = TypedFields.WithDeclaredMembers(TypedFields.SetOf(prunedThere, type), type);
            var kept = prunedFields.Union(TypedFields.WithDeclaredMembers(owned[at], type));
            whole = wholeThere;
            pruned = TypedFields.Remove(wholeThere, wholeFields.Difference(kept), type);
        }

        return pruned;
    }
}
