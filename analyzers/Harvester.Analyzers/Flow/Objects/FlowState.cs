using System.Collections.Immutable;

namespace Harvester.Analyzers.Flow.Objects;

/// <summary>What is known at one point: which storage holds which objects, and the facts about these.</summary>
internal sealed class FlowState(Slots slots)
{
    public static readonly ImmutableHashSet<Value> Nothing = ImmutableHashSet<Value>.Empty;

    private SharedMap<ImmutableHashSet<Value>> storage;
    private SharedMap<Facts> objects;

    public FlowState Clone() => new(slots) { storage = storage, objects = objects };

    /// <summary>Whether two states know the same.</summary>
    public bool IsSameAs(FlowState other) =>
        objects.IsSameAs(other.objects, static (a, b) => a.Equals(b)) && storage.IsSameAs(other.storage, static (a, b) => a.SetEquals(b));

    /// <summary>Becomes what another state is.</summary>
    public void TakeFrom(FlowState other)
    {
        storage = other.storage;
        objects = other.objects;
    }

    public ImmutableHashSet<Value> Load(object key) => slots.Known(key) is { } slot ? storage[slot] ?? Nothing : Nothing;

    public void Store(object key, ImmutableHashSet<Value> values)
    {
        var slot = slots.Of(key);
        if (key is not CaptureKey)
        {
            foreach (var value in values)
            {
                slots.MayHold(slot, value);
            }
        }

        storage = storage.With(slot, values.IsEmpty ? null : values);
    }

    public Facts? FactsOf(int id) => id < 0 ? null : objects[id];

    public void Define(int id, Facts facts)
    {
        if (facts.SharesPartsWith >= 0)
        {
            slots.MayShare(id, facts.SharesPartsWith);
        }

        objects = objects.With(id, facts);
    }

    public void Update(int id, Func<Facts, Facts> change)
    {
        if (FactsOf(id) is { } facts && change(facts) is var changed && !changed.Equals(facts))
        {
            Define(id, changed);
        }
    }

    /// <summary>A change of a part is also a change of the objects that share that part.</summary>
    public void Touch(int id, Touched bits, bool deep)
    {
        Update(id, f => f.Changed(bits));
        Update(FactsOf(id)?.ItemOf ?? -1, f => f with { ItemsChanged = f.ItemsChanged | bits });
        if (deep && FactsOf(id) is { } facts)
        {
            Update(facts.SharesPartsWith, f => f.Changed(bits & ~facts.Own));
            UpdateSharers(id, f => f.Changed(bits & ~f.Own));
        }
    }

    /// <summary>A write took the changed parts of an object, and so of what shares them.</summary>
    public void MarkSent(int id, Touched bits)
    {
        Update(id, Sent);
        Update(FactsOf(id)?.SharesPartsWith ?? -1, Sent);
        Update(FactsOf(id)?.ItemOf ?? -1, f => f with { ItemsChanged = f.ItemsChanged & ~bits });
        UpdateSharers(id, Sent);

        Facts Sent(Facts facts) => facts with { Unsent = facts.Unsent & ~bits };
    }

    /// <summary>A patch took the changed parts of whatever objects it may have been made for.</summary>
    public void MarkSent(Func<Facts, bool> concerns, Touched bits)
    {
        foreach (var (id, facts) in objects.Entries())
        {
            if ((facts.Unsent & bits) != 0 && concerns(facts))
            {
                objects = objects.With(id, facts with { Unsent = facts.Unsent & ~bits });
            }
        }
    }

    /// <summary>Whatever holds a status holds another value from here on.</summary>
    public void Rename(Value status, Value to)
    {
        foreach (var slot in slots.HoldersOf(status))
        {
            if (storage[slot] is { } values && values.Contains(status))
            {
                slots.MayHold(slot, to);
                storage = storage.With(slot, values.Remove(status).Add(to));
            }
        }
    }

    /// <summary>Nothing is known of an object any more.</summary>
    public void Forget(int id) => objects = objects.With(id, null);

    /// <summary>Changes the objects that share their parts with one.</summary>
    public void UpdateSharers(int id, Func<Facts, Facts> change)
    {
        foreach (var other in slots.SharersOf(id))
        {
            if (FactsOf(other)?.SharesPartsWith == id)
            {
                Update(other, change);
            }
        }
    }

    /// <summary>Takes over what another path knows; true if anything new came with it.</summary>
    public bool JoinWith(FlowState other)
    {
        var joinedStorage = storage.Join(other.storage, static (a, b) => a.Union(b) is var both && both.Count == a.Count ? a : both);
        var joinedObjects = objects.Join(other.objects, Facts.Join);
        var changed = !joinedStorage.IsSharedWith(storage) || !joinedObjects.IsSharedWith(objects);
        storage = joinedStorage;
        objects = joinedObjects;
        return changed;
    }
}

/// <summary>The places of one analysis, numbered as they turn up, and which of its objects may share their parts.</summary>
internal sealed class Slots
{
    private readonly Dictionary<object, int> numbers = [];
    private readonly Dictionary<int, List<int>> sharers = [];
    private readonly Dictionary<Value, List<int>> holders = [];

    public int? Known(object key) => numbers.TryGetValue(key, out var slot) ? slot : null;

    public int Of(object key)
    {
        if (!numbers.TryGetValue(key, out var slot))
        {
            numbers.Add(key, slot = numbers.Count);
        }

        return slot;
    }

    /// <summary>Says that on some path one object has the parts of another.</summary>
    public void MayShare(int id, int source)
    {
        if (!sharers.TryGetValue(source, out var known))
        {
            sharers.Add(source, known = []);
        }

        if (id != source && !known.Contains(id))
        {
            known.Add(id);
        }
    }

    /// <summary>Says that on some path a place, other than a capture, holds a value. Only who holds a status is asked for.</summary>
    public void MayHold(int slot, Value value)
    {
        if (value.Part != Part.Status)
        {
            return;
        }

        if (!holders.TryGetValue(value, out var known))
        {
            holders.Add(value, known = []);
        }

        if (!known.Contains(slot))
        {
            known.Add(slot);
        }
    }

    public IReadOnlyList<int> HoldersOf(Value status) => holders.TryGetValue(status, out var known) ? known.ToArray() : [];

    public IReadOnlyList<int> SharersOf(int source) => sharers.TryGetValue(source, out var known) ? known : [];
}
