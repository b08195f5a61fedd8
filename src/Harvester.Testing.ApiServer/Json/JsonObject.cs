using System.Collections;

namespace Harvester.Testing.ApiServer.Json;

/// <summary>
/// An immutable JSON object. Members are held in ordinal order of their names, the order in which kube-apiserver writes
/// custom resources: look-up is a binary search, comparison and merging are linear, and the text is canonical.
/// </summary>
public sealed class JsonObject : JsonValue, IReadOnlyCollection<KeyValuePair<string, JsonValue>>
{
    private readonly string[] _names;
    private readonly JsonValue[] _values;

    private JsonObject(string[] names, JsonValue[] values)
    {
        _names = names;
        _values = values;
    }

    /// <summary>The object without members.</summary>
    public static JsonObject Empty { get; } = new([], []);

    /// <summary>How many members there are.</summary>
    public int Count => _names.Length;

    /// <summary>The members' names, in order.</summary>
    public ReadOnlySpan<string> Names => _names;

    /// <summary>The members' values, in the order of <see cref="Names"/>.</summary>
    public ReadOnlySpan<JsonValue> Values => _values;

    /// <summary>An object of the given members.</summary>
    /// <param name="members">Names and values; of a name given twice the last value counts, a null value is left out.</param>
    public static JsonObject Of(params IEnumerable<(string Name, JsonValue? Value)> members)
    {
        var builder = new Builder();
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                builder[name] = value;
            }
        }

        return builder.Build();
    }

    /// <summary>The value of a member, or null when there is none.</summary>
    /// <param name="name">The member's name.</param>
    public JsonValue? Find(string name)
    {
        var index = IndexOf(name);
        return index >= 0 ? _values[index] : null;
    }

    /// <summary>True when a member of that name exists.</summary>
    /// <param name="name">The member's name.</param>
    public bool Has(string name) => IndexOf(name) >= 0;

    /// <summary>This object with one member set.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="value">The new value; null removes the member.</param>
    /// <returns>This instance when nothing changes.</returns>
    public JsonObject With(string name, JsonValue? value)
    {
        if (value is null)
        {
            return Without(name);
        }

        var index = IndexOf(name);
        if (index >= 0)
        {
            if (ReferenceEquals(_values[index], value))
            {
                return this;
            }

            var replaced = (JsonValue[])_values.Clone();
            replaced[index] = value;
            return new JsonObject(_names, replaced);
        }

        var at = ~index;
        var names = new string[_names.Length + 1];
        var values = new JsonValue[names.Length];
        Array.Copy(_names, names, at);
        Array.Copy(_values, values, at);
        names[at] = name;
        values[at] = value;
        Array.Copy(_names, at, names, at + 1, _names.Length - at);
        Array.Copy(_values, at, values, at + 1, _names.Length - at);
        return new JsonObject(names, values);
    }

    /// <summary>This object without a member.</summary>
    /// <param name="name">The member's name.</param>
    /// <returns>This instance when there is no such member.</returns>
    public JsonObject Without(string name)
    {
        var index = IndexOf(name);
        if (index < 0)
        {
            return this;
        }

        var names = new string[_names.Length - 1];
        var values = new JsonValue[names.Length];
        Array.Copy(_names, names, index);
        Array.Copy(_values, values, index);
        Array.Copy(_names, index + 1, names, index, names.Length - index);
        Array.Copy(_values, index + 1, values, index, names.Length - index);
        return new JsonObject(names, values);
    }

    /// <summary>This object with the value at a path set; objects on the way are created.</summary>
    /// <param name="path">Member names, outermost first; at least one.</param>
    /// <param name="value">The new value; null removes the member.</param>
    public JsonObject WithAt(ReadOnlySpan<string> path, JsonValue? value)
    {
        if (path.Length == 1)
        {
            return With(path[0], value);
        }

        var child = Find(path[0]) as JsonObject;
        return child is null && value is null
            ? this
            : With(path[0], (child ?? Empty).WithAt(path[1..], value));
    }

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, JsonValue>> GetEnumerator()
    {
        for (var i = 0; i < _names.Length; i++)
        {
            yield return new KeyValuePair<string, JsonValue>(_names[i], _values[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc />
    public override bool Equals(JsonValue? other) =>
        ReferenceEquals(this, other)
        || (other is JsonObject that
            && that._names.AsSpan().SequenceEqual(_names)
            && that._values.AsSpan().SequenceEqual(_values));

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        for (var i = 0; i < _names.Length; i++)
        {
            hash.Add(_names[i]);
            hash.Add(_values[i]);
        }

        return hash.ToHashCode();
    }

    private int IndexOf(string name) => Array.BinarySearch(_names, name, StringComparer.Ordinal);

    /// <summary>Wraps members that nobody else will change: distinct names in ordinal order, with their values.</summary>
    internal static JsonObject Wrap(string[] names, JsonValue[] values) => names.Length == 0 ? Empty : new JsonObject(names, values);

    /// <summary>Collects members in any order.</summary>
    public sealed class Builder
    {
        private readonly SortedList<string, JsonValue> _members;

        /// <summary>A builder without members.</summary>
        public Builder() => _members = new SortedList<string, JsonValue>(StringComparer.Ordinal);

        /// <summary>A builder that starts with the members of an object.</summary>
        /// <param name="start">Where to start.</param>
        public Builder(JsonObject start)
        {
            _members = new SortedList<string, JsonValue>(start.Count, StringComparer.Ordinal);
            foreach (var (name, value) in start)
            {
                _members.Add(name, value);
            }
        }

        /// <summary>How many members there are so far.</summary>
        public int Count => _members.Count;

        /// <summary>Gets a member (null when there is none) or sets it (null removes it).</summary>
        /// <param name="name">The member's name.</param>
        public JsonValue? this[string name]
        {
            get => _members.GetValueOrDefault(name);
            set
            {
                if (value is null)
                {
                    _members.Remove(name);
                }
                else
                {
                    _members[name] = value;
                }
            }
        }

        /// <summary>Adds a member unless there is one of that name.</summary>
        /// <param name="name">The member's name.</param>
        /// <param name="value">Its value.</param>
        /// <returns>False when the name was taken.</returns>
        public bool TryAdd(string name, JsonValue value) => _members.TryAdd(name, value);

        /// <summary>The object of all members collected.</summary>
        public JsonObject Build() =>
            _members.Count == 0 ? Empty : new JsonObject([.. _members.Keys], [.. _members.Values]);
    }
}
