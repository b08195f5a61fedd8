using System.Globalization;
using System.Text;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>The functions of <see cref="CelLibrary"/>: arithmetic, comparison, conversion, and the way to all others.</summary>
internal static class CelFunctions
{
    /// <summary>Calls a function.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="arguments">Its target, if it has one, and its arguments; none of them is an error.</param>
    /// <param name="isMember">True when it has a target.</param>
    public static object Call(string function, object[] arguments, bool isMember) =>
        Standard(function, arguments)
        ?? CelTextFunctions.Call(function, arguments)
        ?? CelListFunctions.Call(function, arguments)
        ?? CelKubernetesFunctions.Call(function, arguments, isMember)
        ?? CelFault.NoSuchOverload;

    private static object? Standard(string function, object[] arguments)
    {
        switch (function)
        {
            case "_==_":
                return CelValues.Equal(arguments[0], arguments[1]);
            case "_!=_":
                return !CelValues.Equal(arguments[0], arguments[1]);
            case "_<_" or "_<=_" or "_>_" or "_>=_":
                return Compare(function, arguments[0], arguments[1]);
            case "!_":
                return arguments[0] is bool flag ? !flag : CelFault.NoSuchOverload;
            case "-_":
                return arguments[0] switch
                {
                    long.MinValue => new CelFault("integer overflow"),
                    long number => -number,
                    double number => -number,
                    _ => CelFault.NoSuchOverload,
                };
            case "_+_" or "_-_" or "_*_" or "_/_" or "_%_":
                return CelArithmetic.Calculate(function[1], arguments[0], arguments[1]);
            case "@in":
                return arguments[1] switch
                {
                    CelList list => list.Contains(arguments[0]),
                    CelMap map => map.TryGet(arguments[0], out _),
                    _ => CelFault.NoSuchOverload,
                };
            case "_[_]" or "_[?_]" or "_?._":
                return Index(function != "_[_]", arguments[0], arguments[1]);
            case "size":
                return arguments[0] switch
                {
                    string text => (long)CelValues.Length(text),
                    byte[] bytes => (long)bytes.Length,
                    CelList list => (long)list.Count,
                    CelMap map => (long)map.Count,
                    _ => CelFault.NoSuchOverload,
                };
            case "type":
                return CelValues.TypeOf(arguments[0]);
            case "dyn":
                return arguments[0];
            case "int" or "uint" or "double" or "string" or "bytes" or "bool" or "timestamp" or "duration":
                return CelConversions.Convert(function, arguments[0]);
            case "getFullYear" or "getMonth" or "getDayOfYear" or "getDayOfMonth" or "getDate" or "getDayOfWeek" or "getHours"
                or "getMinutes" or "getSeconds" or "getMilliseconds":
                return TimePart(function, arguments);
            case "optional.of":
                return new CelOption(arguments[0]);
            case "optional.none":
                return CelOption.None;
            case "optional.ofNonZeroValue":
                return IsZero(arguments[0]) ? CelOption.None : new CelOption(arguments[0]);
            case "optional.unwrap" or "unwrapOpt":
                return arguments[0] is CelList options
                    ? new CelItems([.. options.Items().OfType<CelOption>().Select(option => option.Value).OfType<object>()])
                    : CelFault.NoSuchOverload;
            case "hasValue":
                return arguments[0] is CelOption tested ? tested.Value is not null : CelFault.NoSuchOverload;
            case "value":
                return arguments[0] is CelOption option
                    ? option.Value ?? new CelFault("optional.none() dereference")
                    : CelFault.NoSuchOverload;
            default:
                return null;
        }
    }

    private static object Compare(string function, object left, object right)
    {
        if (left is double.NaN || right is double.NaN)
        {
            return new CelFault("NaN values cannot be ordered");
        }

        return CelValues.Compare(left, right) is not { } order ? CelFault.NoSuchOverload : function switch
        {
            "_<_" => order < 0,
            "_<=_" => order <= 0,
            "_>_" => order > 0,
            _ => order >= 0,
        };
    }

    private static object Index(bool optional, object target, object key)
    {
        var isOption = optional;
        if (target is CelOption option)
        {
            if (option.Value is null)
            {
                return CelOption.None;
            }

            isOption = true;
            target = option.Value;
        }

        object? found;
        switch (target)
        {
            case CelList list:
                var index = key switch
                {
                    long number => number,
                    ulong number => (long)Math.Min(number, long.MaxValue),
                    double number when number == Math.Truncate(number) => (long)number,
                    _ => -1L,
                };
                if (key is not (long or ulong or double))
                {
                    return new CelFault($"unsupported index type '{CelValues.TypeOf(key).Name}' in list");
                }

                found = index >= 0 && index < list.Count ? list[(int)index] : null;
                if (found is null && !isOption)
                {
                    return new CelFault($"index out of bounds: {index}");
                }

                break;
            case CelMap map:
                found = map.TryGet(key, out var value) ? value : null;
                if (found is null && !isOption)
                {
                    return new CelFault("no such key: " + CelText.Shown(key));
                }

                break;
            default:
                return CelFault.NoSuchOverload;
        }

        return !isOption || found is CelFault ? found! : found is null ? CelOption.None : new CelOption(found);
    }

    private static object TimePart(string function, object[] arguments)
    {
        if (arguments[0] is CelDuration duration && arguments.Length == 1)
        {
            return function switch
            {
                "getHours" => duration.Nanoseconds / 3_600_000_000_000,
                "getMinutes" => duration.Nanoseconds / 60_000_000_000,
                "getSeconds" => duration.Nanoseconds / 1_000_000_000,
                "getMilliseconds" => duration.Nanoseconds / 1_000_000,
                _ => CelFault.NoSuchOverload,
            };
        }

        return arguments[0] is not CelMoment moment
            ? CelFault.NoSuchOverload
            : CelTime.Part(function, moment, arguments.Length > 1 ? arguments[1] as string : null);
    }

    private static bool IsZero(object value) => value switch
    {
        CelNull => true,
        bool flag => !flag,
        long number => number == 0,
        ulong number => number == 0,
        double number => number == 0,
        string text => text.Length == 0,
        byte[] bytes => bytes.Length == 0,
        CelList list => list.Count == 0,
        CelMap map => map.Count == 0,
        CelDuration duration => duration.Nanoseconds == 0,
        CelOption option => option.Value is null,
        _ => false,
    };
}
