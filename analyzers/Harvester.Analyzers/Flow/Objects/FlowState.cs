using System.Collections.Immutable;

namespace Harvester.Analyzers.Flow.Objects;

/// <summary>What is known at one point: which storage holds which objects, and the facts about these.</summary>
internal sealed class FlowState
{
    public static readonly ImmutableHashSet<Value> Nothing = ImmutableHashSet<Value>.Empty;

    private ImmutableDictionary<object, ImmutableHashSet<Value>> storage = ImmutableDictionary<object, ImmutableHashSet<Value>>.Empty;
    private ImmutableDictionary<int, Facts> objects = ImmutableDictionary<int, Facts>.Empty;

    public FlowState Clone() => new() { storage = storage, objects = objects };

    /// <summary>Whether two states know the same.</summary>
    public bool IsSameAs(FlowState other)
    {
        if (storage.Count != other.storage.Count || objects.Count != other.objects.Count)
        {
            return false;
        }

        return (ReferenceEquals(objects, other.objects) || objects.All(o => other.objects.TryGetValue(o.Key, out var facts) && facts.Equals(o.Value)))
            && (ReferenceEquals(storage, other.storage) || storage.All(s => other.storage.TryGetValue(s.Key, out var values) && values.SetEquals(s.Value)));
    }

    /// <summary>Becomes what another state is.</summary>
    public void TakeFrom(FlowState other)
    {
        storage = other.storage;
        objects = other.objects;
    }

    public ImmutableHashSet<Value> Load(object key) => storage.TryGetValue(key, out var values) ? values : Nothing;

    public void Store(object key, ImmutableHashSet<Value> values) =>
        storage = values.IsEmpty ? storage.Remove(key) : storage.SetItem(key, values);

    public Facts? FactsOf(int id) => objects.TryGetValue(id, out var facts) ? facts : null;

    public void Define(int id, Facts facts) => objects = objects.SetItem(id, facts);

    public void Update(int id, Func<Facts, Facts> change)
    {
        if (objects.TryGetValue(id, out var facts))
        {
            objects = objects.SetItem(id, change(facts));
        }
    }

    /// <summary>A change of a part is also a change of the objects that share that part.</summary>
    public void Touch(int id, Touched bits, bool deep)
    {
        Update(id, f => f with { May = f.May | bits });
        if (!deep)
        {
            return;
        }

        var source = FactsOf(id)?.SharesPartsWith ?? -1;
        foreach (var other in objects)
        {
            if (other.Key != id && (other.Key == source || other.Value.SharesPartsWith == id))
            {
                objects = objects.SetItem(other.Key, other.Value with { May = other.Value.May | bits });
            }
        }
    }

    /// <summary>Changes the objects that share their parts with one.</summary>
    public void UpdateSharers(int id, Func<Facts, Facts> change)
    {
        foreach (var other in objects)
        {
            if (other.Key != id && other.Value.SharesPartsWith == id)
            {
                objects = objects.SetItem(other.Key, change(other.Value));
            }
        }
    }

    /// <summary>Takes over what another path knows; true if anything new came with it.</summary>
    public bool JoinWith(FlowState other)
    {
        var changed = false;
        if (!ReferenceEquals(storage, other.storage))
        {
            foreach (var entry in other.storage)
            {
                var mine = Load(entry.Key);
                var joined = mine.Union(entry.Value);
                if (joined.Count != mine.Count)
                {
                    storage = storage.SetItem(entry.Key, joined);
                    changed = true;
                }
            }
        }

        if (!ReferenceEquals(objects, other.objects))
        {
            foreach (var entry in other.objects)
            {
                if (!objects.TryGetValue(entry.Key, out var mine))
                {
                    objects = objects.SetItem(entry.Key, entry.Value);
                    changed = true;
                }
                else
                {
                    var joined = Facts.Join(mine, entry.Value);
                    if (!joined.Equals(mine))
                    {
                        objects = objects.SetItem(entry.Key, joined);
                        changed = true;
                    }
                }
            }
        }

        return changed;
    }
}
