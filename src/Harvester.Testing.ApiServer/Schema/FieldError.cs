using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>Why a field is refused; the names are those of kube-apiserver's cause reasons without <c>FieldValue</c>.</summary>
internal enum FieldErrorType
{
    /// <summary>A value is missing.</summary>
    Required,

    /// <summary>A value occurs twice.</summary>
    Duplicate,

    /// <summary>A value breaks a rule.</summary>
    Invalid,

    /// <summary>A value is none of those allowed.</summary>
    NotSupported,

    /// <summary>A value may not be given here.</summary>
    Forbidden,

    /// <summary>Text is too long.</summary>
    TooLong,

    /// <summary>There are too many items or members.</summary>
    TooMany,

    /// <summary>A value has the wrong type or format.</summary>
    TypeInvalid,

    /// <summary>Something that is named does not exist.</summary>
    NotFound,

    /// <summary>The check itself failed.</summary>
    Internal,
}

/// <summary>One reason why an object is refused, in kube-apiserver's words (statement V-4).</summary>
/// <param name="Field">The field's path; null for the object as a whole.</param>
/// <param name="Type">What is wrong.</param>
/// <param name="Detail">The words after type and value; empty when there are none.</param>
/// <param name="Value">The value to show; null to show none.</param>
/// <param name="Shown">The value's text where it is not that of a JSON value of ours, such as a struct of Go's.</param>
internal sealed record FieldError(
    string? Field, FieldErrorType Type, string Detail = "", JsonValue? Value = null, string? Shown = null)
{
    /// <summary>The field as answers name it.</summary>
    public string FieldName => Field ?? "<nil>";

    /// <summary>The cause's reason.</summary>
    public string Reason => Type == FieldErrorType.Internal ? "InternalError" : "FieldValue" + Type;

    /// <summary>The cause's message: type, value, detail.</summary>
    public string Message
    {
        get
        {
            var text = Type switch
            {
                FieldErrorType.Required => "Required value",
                FieldErrorType.Duplicate => "Duplicate value",
                FieldErrorType.NotSupported => "Unsupported value",
                FieldErrorType.Forbidden => "Forbidden",
                FieldErrorType.TooLong => "Too long",
                FieldErrorType.TooMany => "Too many",
                FieldErrorType.NotFound => "Not found",
                FieldErrorType.Internal => "Internal error",
                _ => "Invalid value",
            };
            var hasValue = Type is not (
                FieldErrorType.Required or FieldErrorType.Forbidden or FieldErrorType.TooLong or FieldErrorType.Internal);
            if (hasValue && (Shown ?? (Value is null ? null : GoText.OfValue(Value))) is { } shown)
            {
                text += ": " + shown;
            }

            return Detail.Length == 0 ? text : text + ": " + Detail;
        }
    }

    /// <summary>True when rules are not evaluated on an object that has this error (statement V-6).</summary>
    public bool BlocksRules => Type is FieldErrorType.Required or FieldErrorType.TooLong or FieldErrorType.TooMany
        or FieldErrorType.TypeInvalid or FieldErrorType.NotSupported;

    /// <summary>A value is missing.</summary>
    /// <param name="field">The field's path.</param>
    /// <param name="detail">Why it is needed.</param>
    public static FieldError Required(string? field, string detail = "") => new(field, FieldErrorType.Required, detail);

    /// <summary>A value may not be given here.</summary>
    /// <param name="field">The field's path.</param>
    /// <param name="detail">Why not.</param>
    public static FieldError Forbidden(string? field, string detail) => new(field, FieldErrorType.Forbidden, detail);

    /// <summary>A value breaks a rule.</summary>
    /// <param name="field">The field's path.</param>
    /// <param name="value">The value.</param>
    /// <param name="detail">The rule.</param>
    public static FieldError Invalid(string? field, JsonValue value, string detail) =>
        new(field, FieldErrorType.Invalid, detail, value);

    /// <summary>The value is none of those allowed.</summary>
    /// <param name="field">The field's path.</param>
    /// <param name="value">The value.</param>
    /// <param name="allowed">What is allowed.</param>
    public static FieldError NotSupported(string? field, JsonValue value, IEnumerable<string> allowed) =>
        new(field, FieldErrorType.NotSupported, "supported values: " + string.Join(", ", allowed.Select(GoText.Quote)), value);

    /// <summary>There are more items or members than allowed.</summary>
    /// <param name="field">The field's path.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="limit">How many are allowed.</param>
    public static FieldError TooMany(string? field, long count, long limit) =>
        new(field, FieldErrorType.TooMany, $"must have at most {limit} {(limit == 1 ? "item" : "items")}", count);

    /// <summary>Text is longer than allowed.</summary>
    /// <param name="field">The field's path.</param>
    /// <param name="limit">How long it may be.</param>
    public static FieldError TooLong(string? field, long limit) =>
        new(field, FieldErrorType.TooLong, $"may not be more than {limit} {(limit == 1 ? "byte" : "bytes")}");

    /// <inheritdoc />
    public override string ToString() => $"{FieldName}: {Message}";
}
