using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema.Models;

/// <summary>Text.</summary>
/// <param name="goName">The Go type's name.</param>
internal sealed class TextType(string goName) : ModelType
{
    /// <summary>Go's own string type.</summary>
    public static TextType Plain { get; } = new("string");

    /// <inheritdoc />
    public override string GoName => goName;

    /// <inheritdoc />
    public override JsonValue Zero { get; } = "";

    /// <inheritdoc />
    public override JsonValue Decode(JsonValue value, ModelDecoding decoding) =>
        value is JsonString ? value : throw decoding.NotText(value, goName);
}

/// <summary>An integer of 32 or 64 bits.</summary>
internal sealed class IntegerType : ModelType
{
    private readonly long _limit;

    private IntegerType(string goName, long limit)
    {
        GoName = goName;
        _limit = limit;
    }

    public static IntegerType Int32 { get; } = new("int32", int.MaxValue);

    public static IntegerType Int64 { get; } = new("int64", long.MaxValue);

    /// <inheritdoc />
    public override string GoName { get; }

    /// <inheritdoc />
    public override JsonValue Zero { get; } = 0;

    /// <inheritdoc />
    public override JsonValue Decode(JsonValue value, ModelDecoding decoding) =>
        value is JsonInteger { Value: var number } && number <= _limit && number >= -_limit - 1
            ? value
            : value is JsonFloat { Value: var whole } && decoding.TakesWholeFloats && whole == Math.Floor(whole) && Math.Abs(whole) <= _limit
                ? (long)whole
                : throw decoding.Mismatch(value, GoName);
}

/// <summary>A Boolean.</summary>
internal sealed class FlagType : ModelType
{
    public static FlagType Instance { get; } = new();

    /// <inheritdoc />
    public override string GoName => "bool";

    /// <inheritdoc />
    public override JsonValue Zero { get; } = false;

    /// <inheritdoc />
    public override JsonValue Decode(JsonValue value, ModelDecoding decoding) =>
        value is JsonBoolean ? value : throw decoding.Mismatch(value, GoName);
}

/// <summary>A floating-point number; a whole one is written without fraction.</summary>
internal sealed class NumberType : ModelType
{
    public static NumberType Instance { get; } = new();

    /// <inheritdoc />
    public override string GoName => "float64";

    /// <inheritdoc />
    public override JsonValue Zero { get; } = 0;

    /// <inheritdoc />
    public override JsonValue Decode(JsonValue value, ModelDecoding decoding) => value switch
    {
        JsonInteger => value,
        JsonFloat { Value: var number } => Math.Abs(number) < 1e15 && number == Math.Floor(number) ? (long)number : value,
        _ => throw decoding.Mismatch(value, GoName),
    };
}

/// <summary>A time, in whole seconds or in microseconds, always in UTC (B-5).</summary>
internal sealed class TimeType : ModelType
{
    private readonly bool _micro;

    private TimeType(bool micro) => _micro = micro;

    public static TimeType Seconds { get; } = new(micro: false);

    public static TimeType Micro { get; } = new(micro: true);

    /// <inheritdoc />
    public override string GoName => "string";

    /// <inheritdoc />
    public override JsonValue Zero => JsonValue.Null;

    /// <inheritdoc />
    public override JsonValue? ValueZero => Zero;

    /// <inheritdoc />
    public override JsonValue Decode(JsonValue value, ModelDecoding decoding)
    {
        if (value is not JsonString { Value: var text })
        {
            throw ModelDecoding.WithoutField(value, GoName);
        }

        var written = GoTime.Parse(text, _micro, out var error);
        return error is not null
            ? throw new ModelDecodingException(error)
            : written == text ? value : written!;
    }
}

/// <summary>An amount of a resource, stored in canonical form.</summary>
internal sealed class QuantityType : ModelType
{
    private const string Format = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    public static QuantityType Instance { get; } = new();

    /// <inheritdoc />
    public override string GoName => "resource.Quantity";

    /// <inheritdoc />
    public override JsonValue Zero { get; } = "0";

    /// <inheritdoc />
    public override JsonValue? ValueZero => Zero;

    /// <inheritdoc />
    public override JsonValue Decode(JsonValue value, ModelDecoding decoding)
    {
        var text = value switch
        {
            JsonString { Value: var given } => given.Trim(),
            JsonInteger { Value: var number } => number.ToString(CultureInfo.InvariantCulture),
            JsonFloat { Value: var number } => number.ToString("R", CultureInfo.InvariantCulture),
            _ => "",
        };
        if (Quantity.TryParse(text) is not { } quantity)
        {
            throw new ModelDecodingException(Format);
        }

        var canonical = quantity.ToString();
        return value is JsonString && canonical == text ? value : canonical;
    }
}

/// <summary>A number or text, such as a port.</summary>
internal sealed class IntOrStringType : ModelType
{
    public static IntOrStringType Instance { get; } = new();

    /// <inheritdoc />
    public override string GoName => "intstr.IntOrString";

    /// <inheritdoc />
    public override JsonValue Zero { get; } = 0;

    /// <inheritdoc />
    public override JsonValue? ValueZero => Zero;

    /// <inheritdoc />
    public override JsonValue Decode(JsonValue value, ModelDecoding decoding) => value switch
    {
        JsonString => value,
        JsonInteger { Value: >= int.MinValue and <= int.MaxValue } => value,
        _ => throw ModelDecoding.WithoutField(value, "int32"),
    };
}

/// <summary>Bytes, as base64 text.</summary>
internal sealed class BytesType : ModelType
{
    public static BytesType Instance { get; } = new();

    /// <inheritdoc />
    public override string GoName => "[]uint8";

    /// <inheritdoc />
    public override JsonValue Zero { get; } = "";

    /// <inheritdoc />
    public override JsonValue AbsentValue => JsonValue.Null;

    /// <inheritdoc />
    public override JsonValue Decode(JsonValue value, ModelDecoding decoding)
    {
        if (value is not JsonString { Value: var text })
        {
            throw decoding.Mismatch(value, GoName);
        }

        var plain = text.AsSpan().IndexOfAny('\r', '\n') < 0
            ? text
            : text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        return GoBase64.FirstError(plain) is { } at
            ? throw new ModelDecodingException(string.Create(CultureInfo.InvariantCulture, $"illegal base64 data at input byte {at}"))
            : ReferenceEquals(plain, text) ? value : plain;
    }
}

/// <summary>Any JSON, kept as it is.</summary>
internal sealed class AnyType : ModelType
{
    public static AnyType Instance { get; } = new();

    /// <inheritdoc />
    public override string GoName => "json.RawMessage";

    /// <inheritdoc />
    public override JsonValue Zero => JsonValue.Null;

    /// <inheritdoc />
    public override JsonValue Decode(JsonValue value, ModelDecoding decoding) => value;
}
