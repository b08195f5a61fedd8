using System.Globalization;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>Collects errors about fields in the words of kube-apiserver.</summary>
/// <param name="causes">Receives the errors.</param>
internal readonly struct FieldErrors(List<Cause> causes)
{
    /// <summary>How many errors there are so far.</summary>
    public int Count => causes.Count;

    /// <summary>The path of an item of a list.</summary>
    /// <param name="list">The path of the list.</param>
    /// <param name="index">The item's index.</param>
    public static string Item(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");

    /// <summary>The path of a value in a map.</summary>
    /// <param name="map">The path of the map.</param>
    /// <param name="key">The value's key.</param>
    public static string Key(string map, string key) => $"{map}[{key}]";

    /// <summary>Errors found elsewhere.</summary>
    /// <param name="others">The errors.</param>
    public void AddRange(IEnumerable<Cause> others) => causes.AddRange(others);

    /// <summary>A value that cannot be.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value; null for none.</param>
    /// <param name="why">What is wrong with it.</param>
    public void Invalid(string field, JsonValue? value, string why) =>
        causes.Add(new Cause("FieldValueInvalid", $"Invalid value: {GoText.OfValue(value ?? JsonValue.Null)}: {why}", field));

    /// <summary>A value that cannot be, without the value.</summary>
    /// <param name="field">The field.</param>
    /// <param name="why">What is wrong with it.</param>
    public void InvalidState(string field, string why) => causes.Add(new Cause("FieldValueInvalid", $"Invalid value: {why}", field));

    /// <summary>A value that cannot be, in a text of its own.</summary>
    /// <param name="field">The field.</param>
    /// <param name="shown">The value as it is to be shown.</param>
    /// <param name="why">What is wrong with it.</param>
    public void InvalidText(string field, string shown, string why) =>
        causes.Add(new Cause("FieldValueInvalid", $"Invalid value: {shown}: {why}", field));

    /// <summary>A value that must be there.</summary>
    /// <param name="field">The field.</param>
    /// <param name="why">Why, or nothing.</param>
    public void Required(string field, string why = "") =>
        causes.Add(new Cause("FieldValueRequired", why.Length == 0 ? "Required value" : $"Required value: {why}", field));

    /// <summary>A name of something that is not there.</summary>
    /// <param name="field">The field.</param>
    /// <param name="name">The name.</param>
    public void NotFound(string field, JsonValue name) =>
        causes.Add(new Cause("FieldValueNotFound", $"Not found: {GoText.OfValue(name)}", field));

    /// <summary>A value that must not be there.</summary>
    /// <param name="field">The field.</param>
    /// <param name="why">Why.</param>
    public void Forbidden(string field, string why) => causes.Add(new Cause("FieldValueForbidden", $"Forbidden: {why}", field));

    /// <summary>A value that is there twice.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value.</param>
    public void Duplicate(string field, JsonValue value) => DuplicateText(field, GoText.OfValue(value));

    /// <summary>A value that is there twice, in a text of its own.</summary>
    /// <param name="field">The field.</param>
    /// <param name="shown">The value as it is to be shown.</param>
    public void DuplicateText(string field, string shown) =>
        causes.Add(new Cause("FieldValueDuplicate", $"Duplicate value: {shown}", field));

    /// <summary>Text or a list that is too long.</summary>
    /// <param name="field">The field.</param>
    /// <param name="limit">How many bytes there may be.</param>
    public void TooLong(string field, int limit) => causes.Add(new Cause(
        "FieldValueTooLong",
        string.Create(CultureInfo.InvariantCulture, $"Too long: may not be more than {limit} bytes"),
        field));

    /// <summary>A list that has too many items.</summary>
    /// <param name="field">The field.</param>
    /// <param name="count">How many it has.</param>
    /// <param name="limit">How many it may have.</param>
    public void TooMany(string field, int count, int limit) => causes.Add(new Cause(
        "FieldValueTooMany",
        string.Create(CultureInfo.InvariantCulture, $"Too many: {count}: must have at most {limit} items"),
        field));

    /// <summary>A value of a set other than the known ones.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value; null for none.</param>
    /// <param name="known">The values there are, in the order they are listed.</param>
    public void NotSupported(string field, JsonValue? value, params ReadOnlySpan<string> known)
    {
        var list = new List<string>();
        foreach (var item in known)
        {
            list.Add(GoText.Quote(item));
        }

        causes.Add(new Cause(
            "FieldValueNotSupported",
            $"Unsupported value: {GoText.OfValue(value ?? JsonValue.Null)}: supported values: {string.Join(", ", list)}",
            field));
    }

    /// <summary>Demands one of a set of values.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value.</param>
    /// <param name="known">The values there are, in the order they are listed.</param>
    /// <returns>True when it is one of them.</returns>
    public bool OneOf(string field, string value, params ReadOnlySpan<string> known)
    {
        foreach (var item in known)
        {
            if (item == value)
            {
                return true;
            }
        }

        NotSupported(field, value, known);
        return false;
    }

    /// <summary>Demands a number that is not below zero.</summary>
    /// <param name="field">The field.</param>
    /// <param name="number">The number; null for none.</param>
    public void NotNegative(string field, JsonValue? number)
    {
        if (number?.AsInteger is { } value and < 0)
        {
            Invalid(field, value, "must be greater than or equal to 0");
        }
    }

    /// <summary>Demands that a value is what it was.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value now; null for none.</param>
    /// <param name="old">The value before; null for none.</param>
    public void Immutable(string field, JsonValue? value, JsonValue? old)
    {
        if (!Equals(value, old))
        {
            Invalid(field, value, "field is immutable");
        }
    }
}
