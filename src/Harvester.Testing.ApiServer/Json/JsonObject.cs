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

    private int IndexOf(string name) => IndexOf(_names, name);

    private static int IndexOf(ReadOnlySpan<string> names, string name)
    {
        var low = 0;
        var high = names.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(names[middle], name);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }

    /// <summary>Wraps members that nobody else will change: distinct names in ordinal order, with their values.</summary>
    internal static JsonObject Wrap(string[] names, JsonValue[] values) => names.Length == 0 ? Empty : new JsonObject(names, values);

    /// <summary>An object of the same names with other values, which nobody else will change.</summary>
    internal JsonObject WithValues(JsonValue[] values) => new(_names, values);

    /// <summary>Collects members in any order.</summary>
    public sealed class Builder
    {
        // Up to here members are kept in order as they come; a search tree takes over for the odd huge object,
        // so that a hostile body costs no quadratic time.
        private const int OrderedLimit = 256;

        private string[] _names;
        private JsonValue[] _values;
        private int _count;
        private SortedDictionary<string, JsonValue>? _many;

        /// <summary>A builder without members.</summary>
        public Builder()
        {
            _names = [];
            _values = [];
        }

        /// <summary>A builder that starts with the members of an object.</summary>
        /// <param name="start">Where to start.</param>
        public Builder(JsonObject start)
        {
            if (start.Count > OrderedLimit)
            {
                _names = [];
                _values = [];
                _many = new SortedDictionary<string, JsonValue>(StringComparer.Ordinal);
                foreach (var (name, value) in start)
                {
                    _many.Add(name, value);
                }

                return;
            }

            _count = start.Count;
            _names = new string[_count + 2];
            _values = new JsonValue[_count + 2];
            start._names.CopyTo(_names, 0);
            start._values.CopyTo(_values, 0);
        }

        /// <summary>How many members there are so far.</summary>
        public int Count => _many?.Count ?? _count;

        /// <summary>Gets a member (null when there is none) or sets it (null removes it).</summary>
        /// <param name="name">The member's name.</param>
        public JsonValue? this[string name]
        {
            get
            {
                if (_many is not null)
                {
                    return _many.GetValueOrDefault(name);
                }

                var index = IndexOf(name);
                return index >= 0 ? _values[index] : null;
            }

            set
            {
                if (value is null)
                {
                    Remove(name);
                }
                else if (_many is not null)
                {
                    _many[name] = value;
                }
                else
                {
                    var index = IndexOf(name);
                    if (index >= 0)
                    {
                        _values[index] = value;
                    }
                    else
                    {
                        Insert(~index, name, value);
                    }
                }
            }
        }

        /// <summary>Adds a member unless there is one of that name.</summary>
        /// <param name="name">The member's name.</param>
        /// <param name="value">Its value.</param>
        /// <returns>False when the name was taken.</returns>
        public bool TryAdd(string name, JsonValue value)
        {
            if (_many is not null)
            {
                return _many.TryAdd(name, value);
            }

            var index = IndexOf(name);
            if (index >= 0)
            {
                return false;
            }

            Insert(~index, name, value);
            return true;
        }

        /// <summary>Begins again without members.</summary>
        public void Clear()
        {
            _count = 0;
            _many = null;
        }

        /// <summary>The object of all members collected.</summary>
        public JsonObject Build() => _many is not null
            ? _many.Count == 0 ? Empty : new JsonObject([.. _many.Keys], [.. _many.Values])
            : _count == 0 ? Empty : new JsonObject(JsonShapes.Shared(_names.AsSpan(0, _count)), _values[.._count]);

        private int IndexOf(string name)
        {
            // Most objects come in order.
            if (_count > 0 && string.CompareOrdinal(_names[_count - 1], name) < 0)
            {
                return ~_count;
            }

            return JsonObject.IndexOf(_names.AsSpan(0, _count), name);
        }

        private void Insert(int at, string name, JsonValue value)
        {
            if (_count == OrderedLimit)
            {
                _many = new SortedDictionary<string, JsonValue>(StringComparer.Ordinal);
                for (var i = 0; i < _count; i++)
                {
                    _many.Add(_names[i], _values[i]);
                }

                _many.Add(name, value);
                return;
            }

            if (_count == _names.Length)
            {
                Array.Resize(ref _names, Math.Max(4, _count * 2));
                Array.Resize(ref _values, _names.Length);
            }

            Array.Copy(_names, at, _names, at + 1, _count - at);
            Array.Copy(_values, at, _values, at + 1, _count - at);
            _names[at] = name;
            _values[at] = value;
            _count++;
        }

        private void Remove(string name)
        {
            if (_many is not null)
            {
                _many.Remove(name);
                return;
            }

            var index = IndexOf(name);
            if (index < 0)
            {
                return;
            }

            _count--;
            Array.Copy(_names, index + 1, _names, index, _count - index);
            Array.Copy(_values, index + 1, _values, index, _count - index);
        }
    }
}
