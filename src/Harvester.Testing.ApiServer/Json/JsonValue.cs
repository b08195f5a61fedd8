namespace Harvester.Testing.ApiServer.Json;

/// <summary>
/// An immutable JSON value, as the API server holds objects: two revisions of an object share every part that did not
/// change, so history and forks cost nothing. Integers and floats are told apart as kube-apiserver does (5 is not 5.0).
/// </summary>
public abstract class JsonValue : IEquatable<JsonValue>
{
    private protected JsonValue()
    {
    }

    /// <summary>The JSON <c>null</c>.</summary>
    public static JsonValue Null { get; } = new JsonNull();

    /// <summary>True for the JSON <c>null</c>.</summary>
    public bool IsNull => this is JsonNull;

    /// <summary>The value as text, or null when it is not a JSON string.</summary>
    public string? AsString => (this as JsonString)?.Value;

    /// <summary>The value as a 64-bit integer, or null when it is not a JSON integer.</summary>
    public long? AsInteger => (this as JsonInteger)?.Value;

    /// <summary>The value as a Boolean, or null when it is not a JSON Boolean.</summary>
    public bool? AsBoolean => (this as JsonBoolean)?.Value;

    /// <summary>The member of that name, or null when this is no object or has no such member.</summary>
    /// <param name="name">The member's name.</param>
    public JsonValue? this[string name] => (this as JsonObject)?.Find(name);

    /// <summary>Wraps text.</summary>
    /// <param name="value">The text.</param>
    public static implicit operator JsonValue(string value) => new JsonString(value);

    /// <summary>Wraps an integer.</summary>
    /// <param name="value">The integer.</param>
    public static implicit operator JsonValue(long value) => new JsonInteger(value);

    /// <summary>Wraps a Boolean.</summary>
    /// <param name="value">The Boolean.</param>
    public static implicit operator JsonValue(bool value) => JsonBoolean.Of(value);

    /// <summary>Follows member names from here.</summary>
    /// <param name="path">Member names, outermost first.</param>
    /// <returns>The value found there, or null when a part of the path is missing.</returns>
    public JsonValue? At(params ReadOnlySpan<string> path)
    {
        var current = this;
        foreach (var name in path)
        {
            current = current[name];
            if (current is null)
            {
                return null;
            }
        }

        return current;
    }

    /// <inheritdoc />
    public abstract bool Equals(JsonValue? other);

    /// <inheritdoc />
    public sealed override bool Equals(object? obj) => obj is JsonValue other && Equals(other);

    /// <inheritdoc />
    public abstract override int GetHashCode();

    /// <summary>The value as compact JSON text.</summary>
    public sealed override string ToString() => JsonText.Write(this);
}

/// <summary>The JSON <c>null</c>; see <see cref="JsonValue.Null"/>.</summary>
public sealed class JsonNull : JsonValue
{
    internal JsonNull()
    {
    }

    /// <inheritdoc />
    public override bool Equals(JsonValue? other) => other is JsonNull;

    /// <inheritdoc />
    public override int GetHashCode() => 0;
}

/// <summary>A JSON Boolean.</summary>
public sealed class JsonBoolean : JsonValue
{
    private static readonly JsonBoolean True = new(true);
    private static readonly JsonBoolean False = new(false);

    private JsonBoolean(bool value) => Value = value;

    /// <summary>The Boolean.</summary>
    public bool Value { get; }

    /// <summary>The shared instance for a Boolean.</summary>
    /// <param name="value">The Boolean.</param>
    public static JsonBoolean Of(bool value) => value ? True : False;

    /// <inheritdoc />
    public override bool Equals(JsonValue? other) => ReferenceEquals(this, other);

    /// <inheritdoc />
    public override int GetHashCode() => Value ? 1 : 2;
}

/// <summary>A JSON number without fraction or exponent that fits 64 bits.</summary>
/// <param name="value">The integer.</param>
public sealed class JsonInteger(long value) : JsonValue
{
    /// <summary>The integer.</summary>
    public long Value { get; } = value;

    /// <inheritdoc />
    public override bool Equals(JsonValue? other) => other is JsonInteger integer && integer.Value == Value;

    /// <inheritdoc />
    public override int GetHashCode() => Value.GetHashCode();
}

/// <summary>A JSON number with a fraction or an exponent, or one too large for 64 bits.</summary>
/// <param name="value">The number.</param>
public sealed class JsonFloat(double value) : JsonValue
{
    /// <summary>The number.</summary>
    public double Value { get; } = value;

    /// <inheritdoc />
    public override bool Equals(JsonValue? other) => other is JsonFloat number && number.Value.Equals(Value);

    /// <inheritdoc />
    public override int GetHashCode() => Value.GetHashCode();
}

/// <summary>A JSON string.</summary>
/// <param name="value">The text.</param>
public sealed class JsonString(string value) : JsonValue
{
    /// <summary>The text.</summary>
    public string Value { get; } = value;

    /// <inheritdoc />
    public override bool Equals(JsonValue? other) => other is JsonString text && text.Value == Value;

    /// <inheritdoc />
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);
}
