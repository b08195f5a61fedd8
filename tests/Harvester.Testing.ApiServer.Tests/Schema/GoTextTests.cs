using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Tests.Schema;

public class GoTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.5, "0.5")]
    [InlineData(-1.25, "-1.25")]
    [InlineData(100, "100")]
    [InlineData(123456.5, "123456.5")]
    [InlineData(1000000, "1e+06")]
    [InlineData(1234567, "1.234567e+06")]
    [InlineData(1e20, "1e+20")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    public void Prints_floats_as_Go_does(double value, string expected) => Assert.Equal(expected, GoText.OfFloat(value));

    [Fact]
    public void Quotes_as_Go_does() => Assert.Equal("\"a\\\"\\\\\\n\\x01é\"", GoText.Quote("a\"\\\n\u0001é"));

    [Theory]
    [InlineData("^v[0-9]+(\\.[0-9]+)*$", "v1.2", true)]
    [InlineData("^v[0-9]+(\\.[0-9]+)*$", "v1\n", false)]
    [InlineData("^\\d+$", "٣", false)]
    [InlineData("^[\\w-]+$", "a-b_1", true)]
    [InlineData("^[[:alpha:]]+$", "abc", true)]
    [InlineData("^[[:alpha:]]+$", "ab1", false)]
    [InlineData("^[a-z-[x]]+$", "a]", true)]
    [InlineData("(?P<name>a)", "a", true)]
    [InlineData("^\\pL+$", "é", true)]
    [InlineData("(?m)^a$", "b\na\nc", true)]
    [InlineData("^[]a]+$", "]a", true)]
    public void Matches_patterns_as_Go_does(string pattern, string text, bool expected) =>
        Assert.Equal(expected, GoRegex.Compile(pattern).IsMatch(text));
}
