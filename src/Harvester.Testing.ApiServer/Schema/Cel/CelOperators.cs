namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>CEL's operators other than <c>&amp;&amp;</c> and <c>||</c>.</summary>
internal static class CelOperators
{
    /// <summary>Applies an operator.</summary>
    /// <param name="symbol">The operator.</param>
    /// <param name="left">The left, or only, operand.</param>
    /// <param name="right">The right operand.</param>
    /// <param name="unary">True when there is no right operand.</param>
    /// <exception cref="CelEvaluationException">It fails.</exception>
    public static object Apply(string symbol, object? left, object? right, bool unary)
    {
        try
        {
            return unary ? Unary(symbol, left) : Binary(symbol, left, right);
        }
        catch (OverflowException)
        {
            throw new CelEvaluationException("integer overflow");
        }
    }

    private static object Unary(string symbol, object? value) => (symbol, value) switch
    {
        ("!", bool boolean) => !boolean,
        ("-", long integer) => checked(-integer),
        ("-", double number) => -number,
        _ => throw new CelEvaluationException("no such overload"),
    };

    private static object Binary(string symbol, object? left, object? right) => symbol switch
    {
        "==" => CelValues.Equals(left, right),
        "!=" => !CelValues.Equals(left, right),
        "<" => CelValues.Compare(left, right) < 0,
        "<=" => CelValues.Compare(left, right) <= 0,
        ">" => CelValues.Compare(left, right) > 0,
        ">=" => CelValues.Compare(left, right) >= 0,
        "in" => right switch
        {
            List<object?> list => list.Any(item => CelValues.Equals(item, left)),
            CelMap map => left is not null && map.Entries.ContainsKey(left),
            _ => throw new CelEvaluationException("no such overload"),
        },
        _ => Arithmetic(symbol, left, right),
    };

    private static object Arithmetic(string symbol, object? left, object? right) => (symbol, left, right) switch
    {
        ("+", long a, long b) => checked(a + b),
        ("-", long a, long b) => checked(a - b),
        ("*", long a, long b) => checked(a * b),
        ("/", long, 0L) => throw new CelEvaluationException("division by zero"),
        ("/", long a, long b) => checked(a / b),
        ("%", long, 0L) => throw new CelEvaluationException("modulus by zero"),
        ("%", long a, long b) => a % b,
        ("+", double a, double b) => a + b,
        ("-", double a, double b) => a - b,
        ("*", double a, double b) => a * b,
        ("/", double a, double b) => a / b,
        ("+", string a, string b) => a + b,
        ("+", List<object?> a, List<object?> b) => (List<object?>)[.. a, .. b],
        ("+", DateTimeOffset a, TimeSpan b) => a + b,
        ("+", TimeSpan a, DateTimeOffset b) => b + a,
        ("+", TimeSpan a, TimeSpan b) => a + b,
        ("-", DateTimeOffset a, DateTimeOffset b) => a - b,
        ("-", DateTimeOffset a, TimeSpan b) => a - b,
        ("-", TimeSpan a, TimeSpan b) => a - b,
        _ => throw new CelEvaluationException("no such overload"),
    };
}
