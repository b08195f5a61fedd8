namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>Calculation: integers do not wrap around, and what would divide by zero is an error.</summary>
internal static class CelArithmetic
{
    private static readonly CelFault Overflow = new("integer overflow");
    private static readonly CelFault UnsignedOverflow = new("unsigned integer overflow");
    private static readonly CelFault TimestampOverflow = new("timestamp overflow");
    private static readonly CelFault DurationOverflow = new("duration overflow");

    /// <summary>Calculates.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="left">Its left side.</param>
    /// <param name="right">Its right side.</param>
    public static object Calculate(char operation, object left, object right) => (left, right) switch
    {
        (long a, long b) => OfInts(operation, a, b),
        (ulong a, ulong b) => OfUints(operation, a, b),
        (double a, double b) => operation switch
        {
            '+' => a + b,
            '-' => a - b,
            '*' => a * b,
            '/' => a / b,
            _ => CelFault.NoSuchOverload,
        },
        (string a, string b) when operation == '+' => a + b,
        (byte[] a, byte[] b) when operation == '+' => (byte[])[.. a, .. b],
        (CelList a, CelList b) when operation == '+' => a.Plus(b),
        (CelDuration a, CelDuration b) when operation is '+' or '-' =>
            OfInts(operation, a.Nanoseconds, b.Nanoseconds) is long sum ? new CelDuration(sum) : DurationOverflow,
        (CelMoment a, CelDuration b) when operation is '+' or '-' => Shift(a, operation == '+' ? b.Nanoseconds : -(Int128)b.Nanoseconds),
        (CelDuration a, CelMoment b) when operation == '+' => Shift(b, a.Nanoseconds),
        (CelMoment a, CelMoment b) when operation == '-' => Between(a, b),
        _ => CelFault.NoSuchOverload,
    };

    private static object OfInts(char operation, long a, long b)
    {
        try
        {
            return operation switch
            {
                '+' => checked(a + b),
                '-' => checked(a - b),
                '*' => checked(a * b),
                '/' => b == 0 ? new CelFault("division by zero") : a == long.MinValue && b == -1 ? Overflow : a / b,
                _ => b == 0 ? new CelFault("modulus by zero") : a == long.MinValue && b == -1 ? Overflow : a % b,
            };
        }
        catch (OverflowException)
        {
            return Overflow;
        }
    }

    private static object OfUints(char operation, ulong a, ulong b)
    {
        try
        {
            return operation switch
            {
                '+' => checked(a + b),
                '-' => checked(a - b),
                '*' => checked(a * b),
                '/' => b == 0 ? new CelFault("division by zero") : a / b,
                _ => b == 0 ? new CelFault("modulus by zero") : a % b,
            };
        }
        catch (OverflowException)
        {
            return UnsignedOverflow;
        }
    }

    private static object Shift(CelMoment moment, Int128 nanoseconds)
    {
        var sum = (Int128)moment.Seconds * 1_000_000_000 + moment.Nanoseconds + nanoseconds;
        var seconds = sum / 1_000_000_000;
        var rest = sum % 1_000_000_000;
        if (rest < 0)
        {
            rest += 1_000_000_000;
            seconds--;
        }

        return seconds < CelMoment.First || seconds > CelMoment.Last ? TimestampOverflow : new CelMoment((long)seconds, (int)rest);
    }

    private static object Between(CelMoment a, CelMoment b)
    {
        var difference = ((Int128)a.Seconds - b.Seconds) * 1_000_000_000 + a.Nanoseconds - b.Nanoseconds;
        return difference > long.MaxValue || difference < long.MinValue ? DurationOverflow : new CelDuration((long)difference);
    }
}
