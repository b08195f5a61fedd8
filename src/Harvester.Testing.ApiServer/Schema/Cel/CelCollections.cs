using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>A list.</summary>
internal abstract class CelList
{
    public abstract int Count { get; }

    public abstract object this[int index] { get; }

    /// <summary>True when both hold equal items in the same order.</summary>
    public virtual bool EqualTo(CelList other)
    {
        if (other.Count != Count)
        {
            return false;
        }

        for (var i = 0; i < Count; i++)
        {
            if (!CelValues.Equal(this[i], other[i]))
            {
                return false;
            }
        }

        return true;
    }

    public virtual object Plus(CelList other)
    {
        var items = new List<object>(Count + other.Count);
        for (var i = 0; i < Count; i++)
        {
            items.Add(this[i]);
        }

        for (var i = 0; i < other.Count; i++)
        {
            items.Add(other[i]);
        }

        return new CelItems(items);
    }

    public bool Contains(object value)
    {
        for (var i = 0; i < Count; i++)
        {
            if (CelValues.Equal(this[i], value))
            {
                return true;
            }
        }

        return false;
    }

    public IEnumerable<object> Items() => Enumerable.Range(0, Count).Select(i => this[i]);
}

/// <summary>A list made by an expression.</summary>
internal sealed class CelItems(List<object> items) : CelList
{
    public override int Count => items.Count;

    public override object this[int index] => items[index];

    /// <summary>Adds an item to a list nobody else has seen yet.</summary>
    public void Add(object item) => items.Add(item);
}

/// <summary>A list of the object that is judged. Sets and maps are equal in any order, and adding to them merges.</summary>
internal sealed class CelJsonList(JsonArray items, StructuralSchema schema) : CelList
{
    public override int Count => items.Count;

    public override object this[int index] => CelValues.Of(items[index], schema.Items!, schema.Items!.EmbeddedResource);

    public override bool EqualTo(CelList other)
    {
        if (other is CelJsonList json && ReferenceEquals(json.Source, items))
        {
            return true;
        }

        if (schema.ListType is not ("set" or "map") || other.Count != Count)
        {
            return base.EqualTo(other);
        }

        var mine = new Dictionary<object, object>(CelKeys.Instance);
        foreach (var item in Items())
        {
            mine[KeyOf(item)] = item;
        }

        var seen = new HashSet<object>(CelKeys.Instance);
        foreach (var item in other.Items())
        {
            var key = KeyOf(item);
            if (!mine.TryGetValue(key, out var own) || !CelValues.Equal(own, item))
            {
                return false;
            }

            seen.Add(key);
        }

        return seen.Count == mine.Count;
    }

    private JsonArray Source => items;

    public override object Plus(CelList other)
    {
        if (schema.ListType is not ("set" or "map"))
        {
            return base.Plus(other);
        }

        var merged = new List<object>();
        var places = new Dictionary<object, int>(CelKeys.Instance);
        foreach (var item in Items().Concat(other.Items()))
        {
            if (places.TryAdd(KeyOf(item), merged.Count))
            {
                merged.Add(item);
            }
            else
            {
                merged[places[KeyOf(item)]] = item;
            }
        }

        return new CelItems(merged);
    }

    private object KeyOf(object item) => schema.ListType == "map" && item is CelMap map
        ? new CelItems([.. schema.ListMapKeys.Select(key => map.TryGet(CelNames.Escape(key) ?? key, out var value) ? value : CelNull.Instance)])
        : item;
}

/// <summary>A map or an object.</summary>
internal abstract class CelMap
{
    public abstract int Count { get; }

    public abstract IEnumerable<object> Keys { get; }

    public abstract bool TryGet(object key, out object value);

    public virtual bool EqualTo(CelMap other)
    {
        if (other.Count != Count)
        {
            return false;
        }

        foreach (var key in Keys)
        {
            if (!TryGet(key, out var mine) || !other.TryGet(key, out var theirs) || !CelValues.Equal(mine, theirs))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A map made by an expression.</summary>
internal sealed class CelEntries(Dictionary<object, object> entries) : CelMap
{
    public override int Count => entries.Count;

    public override IEnumerable<object> Keys => entries.Keys;

    /// <summary>Adds an entry to a map nobody else has seen yet.</summary>
    /// <returns>An error when the key is there already.</returns>
    public CelFault? Add(object key, object value) =>
        entries.TryAdd(key, value) ? null : new CelFault($"insert failed: key {CelText.Shown(key)} already exists");

    public override bool TryGet(object key, out object value) => entries.TryGetValue(key, out value!);
}

/// <summary>An object or a map of the object that is judged.</summary>
internal sealed class CelJsonMap(JsonObject members, StructuralSchema schema, bool isResource) : CelMap
{
    private static readonly StructuralSchema Text = StructuralSchema.Parse(JsonObject.Of(("type", "string")));

    private static readonly StructuralSchema Metadata = StructuralSchema.Parse(JsonObject.Of(
        ("type", "object"),
        ("properties", JsonObject.Of(
            ("name", JsonObject.Of(("type", "string"))), ("generateName", JsonObject.Of(("type", "string")))))));

    private bool IsObject => isResource || schema.AdditionalProperties is null;

    public override int Count => members.Count;

    public override IEnumerable<object> Keys
    {
        get
        {
            foreach (var (name, _) in members)
            {
                if (SchemaOf(name) is not null)
                {
                    yield return IsObject ? CelNames.Escape(name) ?? name : name;
                }
            }
        }
    }

    public override bool TryGet(object key, out object value)
    {
        value = CelNull.Instance;
        if (key is not string text)
        {
            return false;
        }

        var name = IsObject ? CelNames.Unescape(text) : text;
        if (members.Find(name) is not { } member || SchemaOf(name) is not { } declared || (IsObject && member.IsNull))
        {
            return false;
        }

        value = CelValues.Of(member, declared, declared.EmbeddedResource);
        return true;
    }

    public override bool EqualTo(CelMap other)
    {
        if (other is not CelJsonMap json)
        {
            return base.EqualTo(other);
        }

        if (ReferenceEquals(json.Source, members))
        {
            return true;
        }

        if (json.Count != Count)
        {
            return false;
        }

        foreach (var (name, member) in members)
        {
            if (SchemaOf(name) is { } declared)
            {
                var mine = CelValues.Of(member, declared, declared.EmbeddedResource);
                if (json.Source.Find(name) is not { } their
                    || !CelValues.Equal(mine, CelValues.Of(their, declared, declared.EmbeddedResource)))
                {
                    return false;
                }
            }
            else if (json.Source.Find(name) is { } unknown && !unknown.Equals(member))
            {
                return false;
            }
        }

        return true;
    }

    private JsonObject Source => members;

    private StructuralSchema? SchemaOf(string name)
    {
        if (isResource && EmbeddedResources.IsTypeOrMeta(name))
        {
            return name == "metadata" ? Metadata : Text;
        }

        return schema.OfMember(name);
    }
}
