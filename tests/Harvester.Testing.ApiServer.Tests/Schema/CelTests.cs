using Harvester.Testing.ApiServer.Schema.Cel;

namespace Harvester.Testing.ApiServer.Tests.Schema;

public class CelTests
{
    [Theory]
    [InlineData("1 + 2 * 3 == 7")]
    [InlineData("-(2) - 3 == -5")]
    [InlineData("7 / 2 == 3 && 7 % 2 == 1")]
    [InlineData("1 == 1.0")]
    [InlineData("'a' + \"b\" == 'ab'")]
    [InlineData("'\\u00e9'.size() == 1")]
    [InlineData("r'\\d' == '\\\\d'")]
    [InlineData("[1, 2, 3].all(x, x > 0)")]
    [InlineData("[1, 2, 3].exists(x, x == 2) && ![1].exists(x, x == 2)")]
    [InlineData("[1, 2, 3].exists_one(x, x > 2)")]
    [InlineData("[1, 2, 3].map(x, x * 2) == [2, 4, 6]")]
    [InlineData("[1, 2, 3].map(x, x > 1, x * 2) == [4, 6]")]
    [InlineData("[1, 2, 3].filter(x, x > 1) == [2, 3]")]
    [InlineData("{'a': 1}['a'] == 1 && 'a' in {'a': 1}")]
    [InlineData("2 in [1, 2]")]
    [InlineData("true ? 1 == 1 : 1 / 0 == 1")]
    [InlineData("1 / 0 == 1 || true")]
    [InlineData("!(1 / 0 == 1 && false)")]
    [InlineData("[0, 1].exists(x, 1 / x == 1)")]
    [InlineData("'hello'.matches('^h.*o$') && 'hello'.substring(1, 3) == 'el'")]
    [InlineData("'a,b'.split(',') == ['a', 'b'] && ['a', 'b'].join('-') == 'a-b'")]
    [InlineData("'Ab'.lowerAscii() == 'ab' && ' a '.trim() == 'a' && 'aa'.replace('a', 'b') == 'bb'")]
    [InlineData("[3, 1].min() == 1 && [3, 1].max() == 3 && [3, 1].sum() == 4 && ![3, 1].isSorted()")]
    [InlineData("quantity('1Gi').isGreaterThan(quantity('1G')) && quantity('500m').isLessThan(quantity('1'))")]
    [InlineData("duration('1h30m') > duration('89m') && timestamp('2020-01-01T00:00:00Z') < timestamp('2020-01-01T00:00:01Z')")]
    [InlineData("optional.none().orValue(1) == 1 && optional.of(2).value() == 2")]
    [InlineData("int('5') + int(2.9) == 7 && string(5) == '5' && double('1.5') == 1.5")]
    [InlineData("size('abc') == 3 // a comment")]
    [InlineData("null == null && 1 != 2")]
    public void Holds(string expression) =>
        Assert.Equal(true, CelEvaluator.Evaluate(CelParser.Parse(expression), new Dictionary<string, object?>()));

    [Theory]
    [InlineData("1 / 0 == 1", "division by zero")]
    [InlineData("[1][3] == 1", "index out of bounds: 3")]
    [InlineData("{'a': 1}.b == 1", "no such key: b")]
    [InlineData("1 + 'a' == 1", "no such overload")]
    [InlineData("9223372036854775807 + 1 > 0", "integer overflow")]
    [InlineData("[1, 0].all(x, 1 / x == 1)", "division by zero")]
    [InlineData("unknown", "undeclared reference to 'unknown' (in container '')")]
    public void Fails(string expression, string message) => Assert.Equal(
        message,
        Assert.Throws<CelEvaluationException>(
            () => CelEvaluator.Evaluate(CelParser.Parse(expression), new Dictionary<string, object?>())).Message);

    [Theory]
    [InlineData("1 +")]
    [InlineData("(1")]
    [InlineData("'a")]
    [InlineData("a b")]
    [InlineData("has(a)")]
    [InlineData("#")]
    public void Refuses_what_is_no_expression(string expression) =>
        Assert.Throws<CelSyntaxException>(() => CelParser.Parse(expression));

    [Theory]
    [InlineData("url('http://x').getHost() == 'x'")]
    [InlineData("self.?a.orValue(1) == 1")]
    [InlineData("1u == 1u")]
    [InlineData("'a'.format([1]) == 'a'")]
    public void Says_what_it_does_not_evaluate(string expression) =>
        Assert.Throws<CelNotSupportedException>(() => CelParser.Parse(expression));

    [Fact]
    public void Nesting_has_a_limit() =>
        Assert.Throws<CelSyntaxException>(() => CelParser.Parse(new string('(', 1000) + "1" + new string(')', 1000)));
}
