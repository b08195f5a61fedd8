using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>The checks of single values: text and numbers.</summary>
internal static partial class SchemaValidation
{
    private static void CheckText(StructuralSchema schema, JsonString text, ValuePath path, SchemaResult result)
    {
        var length = 0L;
        foreach (var _ in text.Value.EnumerateRunes())
        {
            length++;
        }

        if (schema.MaxLength is { } most && length > most)
        {
            result.Errors.Add(FieldError.TooLong(Field(path), most));
        }
        else if (length < schema.MinLength)
        {
            result.Errors.Add(Invalid(path, $"should be at least {schema.MinLength} chars long", text));
        }
        else if (schema.CompiledPattern?.IsMatch(text.Value) == false)
        {
            result.Errors.Add(Invalid(path, $"should match '{schema.Pattern}'", text));
        }

        if (!Formats.Accepts(schema.CheckedFormat, text.Value))
        {
            result.Errors.Add(WrongType(path, schema.CheckedFormat, text.Value));
        }

        result.Checks++;
    }

    private static void CheckNumber(StructuralSchema schema, JsonValue value, ValuePath path, SchemaResult result)
    {
        // A schema of several types, int-or-string, has no range of its own.
        var type = schema.Types.Count == 1 ? schema.Types[0] : "";
        if (OutOfRange(value, type, schema.CheckedFormat, "Checked", path) is { } range)
        {
            result.Errors.Add(range);
            result.Kept.Add(range);
        }

        if (schema.MultipleOf is { } factor)
        {
            CheckMultiple(value, factor, type, schema.CheckedFormat, path, result);
        }

        if (schema.Maximum is { } maximum)
        {
            var bound = Bound(value, maximum, type, schema.CheckedFormat, "Maximum boundary", path, result);
            var compared = Compare(value, bound);
            if (compared > 0 || (compared == 0 && schema.ExclusiveMaximum))
            {
                var rule = schema.ExclusiveMaximum ? "less than" : "less than or equal to";
                result.Errors.Add(Invalid(path, $"should be {rule} {BoundText(value, bound)}", value));
            }
        }

        if (schema.Minimum is { } minimum)
        {
            var bound = Bound(value, minimum, type, schema.CheckedFormat, "Minimum boundary", path, result);
            var compared = Compare(value, bound);
            if (compared < 0 || (compared == 0 && schema.ExclusiveMinimum))
            {
                var rule = schema.ExclusiveMinimum ? "greater than" : "greater than or equal to";
                result.Errors.Add(Invalid(path, $"should be {rule} {BoundText(value, bound)}", value));
            }
        }

        result.Checks++;
    }

    // Integers are compared with the bound cut to an integer, unless the bound does not fit the type: that is reported too.
    private static double Bound(
        JsonValue value, double bound, string type, string format, string what, ValuePath path, SchemaResult result)
    {
        if (OutOfRange(new JsonFloat(bound), type, format, what, path) is { } range)
        {
            result.Errors.Add(range);
            result.Kept.Add(range);
            return bound;
        }

        return value is JsonInteger ? Math.Truncate(bound) : bound;
    }

    private static string BoundText(JsonValue value, double bound) =>
        value is JsonInteger && bound == Math.Truncate(bound) && Math.Abs(bound) < long.MaxValue
            ? ((long)bound).ToString(CultureInfo.InvariantCulture)
            : GoText.OfFloat(bound);

    private static int Compare(JsonValue value, double bound) => value is JsonInteger integer
        ? ((decimal)integer.Value).CompareTo((decimal)Math.Clamp(bound, -1e19, 1e19))
        : ((JsonFloat)value).Value.CompareTo(bound);

    private static void CheckMultiple(
        JsonValue value, double factor, string type, string format, ValuePath path, SchemaResult result)
    {
        var range = OutOfRange(new JsonFloat(factor), type, format, "MultipleOf", path);
        if (range is not null)
        {
            result.Errors.Add(range);
            result.Kept.Add(range);
        }

        if (value is JsonInteger integer && range is null)
        {
            // The factor is cut to an integer too, so that 0.5 becomes the 0 that no integer is a multiple of.
            var whole = (long)factor;
            if (whole <= 0)
            {
                result.Errors.Add(NotPositive(path, whole));
            }
            else if (integer.Value % whole != 0)
            {
                result.Errors.Add(Invalid(path, $"should be a multiple of {whole}", value));
            }

            return;
        }

        var number = value is JsonInteger i ? i.Value : ((JsonFloat)value).Value;
        if (factor <= 0)
        {
            result.Errors.Add(NotPositive(path, new JsonFloat(factor)));
        }
        else if (!IsWhole(factor < 1 ? 1 / factor * number : number / factor))
        {
            result.Errors.Add(Invalid(path, $"should be a multiple of {GoText.OfFloat(factor)}", value));
        }
    }

    private static FieldError NotPositive(ValuePath path, JsonValue factor) => new(
        Field(path),
        FieldErrorType.Invalid,
        $"factor MultipleOf declared for {path} must be positive: {GoText.OfValue(factor)}",
        factor);

    private static FieldError? OutOfRange(JsonValue value, string type, string format, string what, ValuePath path)
    {
        if (type != "integer")
        {
            var number = value is JsonFloat decimals ? decimals.Value : ((JsonInteger)value).Value;
            return format == "float" && Math.Abs(number) > float.MaxValue
                ? Composition($"{what} value must be of type {(type.Length == 0 ? "number" : type)} with format {format} in {path}")
                : null;
        }

        var fits = value switch
        {
            JsonInteger integer => format != "int32" || integer.Value is >= int.MinValue and <= int.MaxValue,
            JsonFloat number when number.Value != Math.Truncate(number.Value) => false,
            JsonFloat number => format == "int32"
                ? number.Value is >= int.MinValue and <= int.MaxValue
                : number.Value is >= long.MinValue and < long.MaxValue,
            _ => true,
        };
        var qualifier = format.Length > 0 ? $"with format {format}" : "(default format)";
        return fits ? null : Composition($"{what} value must be of type {type} {qualifier} in {path}");
    }
}
