using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;
using Harvester.Testing.ApiServer.Schema.Cel;

namespace Harvester.Testing.ApiServer.Tests.Schema;

public sealed class CelTests
{
    [Theory]
    [InlineData("1 + 2 * 3 == 7")]
    [InlineData("-(2) - 3 == -5")]
    [InlineData("7 / 2 == 3 && 7 % 2 == 1")]
    [InlineData("1 == dyn(1.0)")]
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
    [InlineData("1u + 2u == 3u && uint(3) == 3u && int(3u) == 3")]
    [InlineData("b'abc' == bytes('abc') && string(b'abc') == 'abc' && size(b'\\xff') == 1")]
    [InlineData("dyn(1) == 1u && dyn(1) == 1.0 && 1 < 2u && 2.5 > 2")]
    [InlineData("{'a': 1}.?a.orValue(2) == 1 && {'a': 1}.?b.orValue(2) == 2 && !{'a': 1}.?b.hasValue()")]
    [InlineData("[1, 2][?5].orValue(0) == 0 && [?optional.of(1), ?optional.none()] == [1]")]
    [InlineData("optional.of(2).optMap(x, x * 2) == optional.of(4) && optional.none().or(optional.of(1)).value() == 1")]
    [InlineData("[1, 2].all(i, v, v == i + 1) && {'a': 1}.exists(k, v, k == 'a' && v == 1)")]
    [InlineData("[1, 2].transformList(i, v, i * v) == [0, 2] && {'a': 1}.transformMap(k, v, v + 1) == {'a': 2}")]
    [InlineData("{'a': 1}.transformMapEntry(k, v, {v: k}) == {1: 'a'}")]
    [InlineData("'hello'.charAt(1) == 'e' && 'hello'.indexOf('l') == 2 && 'hello'.lastIndexOf('l') == 3 && 'hello'.indexOf('l', 3) == 3")]
    [InlineData("'a%s'.format(['b']) == 'ab' && '%d %x %b'.format([5, 255, 2]) == '5 ff 10' && '%.2f %e'.format([1.5, 2.0]) == '1.50 2.000000e+00'")]
    [InlineData("'abc 123'.find('[0-9]+') == '123' && 'a1b2'.findAll('[0-9]') == ['1', '2'] && 'a1b2'.findAll('[0-9]', 1) == ['1']")]
    [InlineData("sets.contains([1, 2], [1]) && sets.equivalent([1, 1], [1]) && sets.intersects([1], [1, 2])")]
    [InlineData("[[1], [2, 3]].flatten() == [1, 2, 3] && [3, 1, 2].sort() == [1, 2, 3] && [1, 1].distinct() == [1] && [1, 2].reverse() == [2, 1]")]
    [InlineData("lists.range(3) == [0, 1, 2] && [1, 2, 3].slice(1, 2) == [2] && ['bb', 'a'].sortBy(x, x.size()) == ['a', 'bb']")]
    [InlineData("[1, 2].first().value() == 1 && [1, 2].last().value() == 2")]
    [InlineData("url('https://user@example.com:80/p?q=1').getHost() == 'example.com:80' && url('https://example.com:80/p').getPort() == '80'")]
    [InlineData("isURL('https://example.com') && !isURL('../x') && url('https://a/b?c=d').getQuery() == {'c': ['d']}")]
    [InlineData("ip('192.168.0.1').family() == 4 && ip('::1').isLoopback() && isIP('127.0.0.1') && !isIP('127.0.0.256')")]
    [InlineData("cidr('10.0.0.0/8').containsIP('10.1.2.3') && cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && cidr('10.1.2.3/8').masked() == cidr('10.0.0.0/8')")]
    [InlineData("semver('1.2.3').isGreaterThan(semver('1.2.3-rc.1')) && semver('1.10.0').compareTo(semver('1.9.0')) == 1 && isSemver('v1.0', true) && !isSemver('v1.0')")]
    [InlineData("format.dns1123Label().validate('a-b') == optional.none() && format.named('uuid').hasValue() && format.dns1123Label().validate('A').hasValue()")]
    [InlineData("type(1) == int && type('a') == string && type([1]) == list && type(null) == null_type")]
    [InlineData("timestamp('2020-02-03T04:05:06.789Z').getFullYear() == 2020 && timestamp('2020-02-03T04:05:06Z').getMonth() == 1 && duration('90m').getHours() == 1")]
    [InlineData("timestamp('2020-02-03T04:05:06Z').getHours('+02:00') == 6 && timestamp('2020-01-01T00:00:00Z') + duration('1h') == timestamp('2020-01-01T01:00:00Z')")]
    [InlineData("quantity('1.5').asApproximateFloat() == 1.5 && quantity('1k').asInteger() == 1000 && quantity('1').add(1) == quantity('2') && sign(quantity('-1')) == -1")]
    [InlineData("string(1.0) == '1' && string(2.5) == '2.5' && string(true) == 'true' && string(duration('1m')) == '60s'")]
    [InlineData("'a' == 'b' ? false : has({'a': 1}.a)")]
    public void Holds(string expression) => Assert.Equal(true, Evaluate(expression));

    [Theory]
    [InlineData("1 / 0 == 1", "division by zero")]
    [InlineData("[1][3] == 1", "index out of bounds: 3")]
    [InlineData("{'a': 1}.b == 1", "no such key: b")]
    [InlineData("dyn(1) + dyn('a') == 1", "no such overload")]
    [InlineData("9223372036854775807 + 1 > 0", "integer overflow")]
    [InlineData("[1, 0].all(x, 1 / x == 1)", "division by zero")]
    [InlineData("optional.none().value() == 1", "optional.none() dereference")]
    [InlineData("'abc'.charAt(9) == ''", "index out of range: 9")]
    [InlineData("'abc'.substring(2, 1) == ''", "invalid substring range. start: 2, end: 1")]
    [InlineData("[1].slice(0, 2) == [1]", "cannot slice(0, 2), list is length 1")]
    [InlineData("[].max() == 1", "max called on empty list")]
    public void Fails(string expression, string message) => Assert.Equal(new CelFault(message), Evaluate(expression));

    [Theory]
    [InlineData("1 +", 4, "Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}")]
    [InlineData("a | b", 3, "Syntax error: token recognition error at: '| '")]
    [InlineData("true true", 6, "Syntax error: extraneous input 'true' expecting <EOF>")]
    [InlineData("{'a': 1}.'b'", 10, "Syntax error: no viable alternative at input '.'b''")]
    [InlineData("import == 1", 1, "reserved identifier: import")]
    [InlineData("has(a) == true", 5, "invalid argument to has() macro")]
    [InlineData("[1].all(1, true)", 9, "argument must be a simple name")]
    [InlineData("unknown == 1", 1, "undeclared reference to 'unknown' (in container '')")]
    [InlineData("nope(1)", 5, "undeclared reference to 'nope' (in container '')")]
    [InlineData("'a' > 5", 5, "found no matching overload for '_>_' applied to '(string, int)'")]
    [InlineData("'a'.contains(1)", 13, "found no matching overload for 'contains' applied to 'string.(int)'")]
    [InlineData("[1, 'a'] == []", 5, "expected type 'int' but found 'string'")]
    [InlineData("self.x == 1", 5, "undefined field 'x'")]
    [InlineData("self.i.x == 1", 7, "type 'int' does not support field selection")]
    [InlineData("self.i.all(x, true)", 5, "expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)")]
    [InlineData("1 && true", 1, "expected type 'bool' but found 'int'")]
    [InlineData("'a'.matches('(')", 13, "invalid matches argument")]
    [InlineData("duration('x') == duration('1s')", 10, "invalid duration argument")]
    public void Says_what_is_wrong_and_where(string expression, int column, string message)
    {
        var error = Compile(expression).Error;

        Assert.StartsWith($"compilation failed: ERROR: <input>:1:{column}: {message}\n | {expression}\n | {new string('.', column - 1)}^", error);
    }

    [Theory]
    [InlineData("self.i")]
    [InlineData("'a'")]
    public void A_rule_is_a_question(string expression) =>
        Assert.Equal("cel expression must evaluate to a bool", Compile(expression).Error);

    [Fact]
    public void Nesting_has_a_limit() =>
        Assert.Contains("recursion limit", Compile(new string('(', 1000) + "true" + new string(')', 1000)).Error);

    [Theory]
    [InlineData(".a")]
    [InlineData("[0]")]
    [InlineData(" + 1")]
    [InlineData(" * 1")]
    [InlineData(" == 1")]
    public void A_chain_has_a_limit(string link)
    {
        var chain = "self.i" + string.Concat(Enumerable.Repeat(link, 20_000));

        Assert.Contains(chain.Length > 100_000 ? "size exceeds limit" : "recursion limit", Compile(chain).Error);
    }

    [Fact]
    public void A_long_disjunction_is_no_deep_one() =>
        Assert.Null(Compile(string.Join(" || ", Enumerable.Repeat("self.i == 1", 3000))).Error);

    [Fact]
    public void What_costs_too_much_is_stopped()
    {
        var rule = Compile("lists.range(1000).all(x, lists.range(1000).all(y, lists.range(1000).all(z, z >= 0)))");

        var result = CelProgram.Run(rule.Program!, CelNull.Instance, null, 1_000_000, out var cost);

        Assert.Equal(new CelFault("operation cancelled: actual cost limit exceeded"), result);
        Assert.InRange(cost, 1_000_000, 1_010_000);
    }

    private static object Evaluate(string expression)
    {
        var rule = Compile(expression);
        Assert.Null(rule.Error);
        return CelProgram.Run(rule.Program!, CelValues.Of(JsonObject.Of(("i", 5)), Schema(expression), false), null, 1_000_000, out _);
    }

    private static CelRule Compile(string expression) => Assert.Single(Schema(expression).CompiledRules(isResource: false));

    private static StructuralSchema Schema(string expression) => StructuralSchema.Parse(JsonObject.Of(
        ("type", "object"),
        ("properties", JsonObject.Of(("i", JsonObject.Of(("type", "integer"))))),
        ("x-kubernetes-validations", JsonArray.Of(JsonObject.Of(("rule", expression))))));
}
