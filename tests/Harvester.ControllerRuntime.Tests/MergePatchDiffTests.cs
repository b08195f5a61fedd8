using System.Text.Json.Nodes;

namespace Harvester.ControllerRuntime.Tests;

public sealed class MergePatchDiffTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":1,"b":2}""", """{"b":2}""", """{"a":null}""")]
    [InlineData("""{"a":{"b":1,"c":2}}""", """{"a":{"b":1,"c":3}}""", """{"a":{"c":3}}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2]}""", """{"a":[2]}""")]
    [InlineData("""{"a":"x"}""", """{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    [InlineData("""null""", """{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    [InlineData("""{"a":1}""", """null""", """null""")]
    public void Only_what_differs_is_in_it(string before, string after, string patch)
    {
        var made = MergePatchDiff.Between(JsonNode.Parse(before), JsonNode.Parse(after));
        Assert.Equal(patch, made?.ToJsonString() ?? "null");
    }
}
