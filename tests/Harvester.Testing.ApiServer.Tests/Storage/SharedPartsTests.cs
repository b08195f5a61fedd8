using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Tests.Storage;

public sealed class SharedPartsTests
{
    [Theory]
    [InlineData("""{"a":{"b":[1,"x"]},"c":true}""", """{"a":{"b":[1,"x"]},"c":true}""")]
    [InlineData("""{"a":{"b":[1,"x"]},"c":2}""", """{"a":{"b":[1,"x"]},"c":1}""")]
    [InlineData("""{"a":{"b":[1,"x"]}}""", """{"a":{"b":[1,"x"]},"z":{}}""")]
    [InlineData("""{"0":null,"a":{"b":[1,"x"]}}""", """{"a":{"b":[1,"x"]}}""")]
    public void EqualPartsBecomeTheOldOnes(string text, string before)
    {
        var (value, old) = (JsonText.Read(text), JsonText.Read(before));
        var shared = JsonSharing.WithPartsOf(value, old);

        Assert.Equal(text, shared.ToString());
        Assert.Same(old["a"], shared["a"]);
        Assert.Equal(text == before, ReferenceEquals(shared, old));
    }

    [Theory]
    [InlineData("""{"a":[1,2]}""", """{"a":[1,2,3]}""")]
    [InlineData("""{"a":[1,2,3]}""", """{"a":[1,2]}""")]
    [InlineData("""{"a":1.5,"b":0.0}""", """{"a":1,"b":-0.0}""")]
    [InlineData("""{"a":{}}""", """{"a":[]}""")]
    [InlineData("""{"b":1}""", """{"a":1}""")]
    public void WhatDiffersStays(string text, string before)
    {
        var expected = JsonText.Read(text).ToString();
        Assert.Equal(expected, JsonSharing.WithPartsOf(JsonText.Read(text), JsonText.Read(before)).ToString());
    }

    [Fact]
    public void ALevelsMembersDoNotReachTheNextObjectOfThatLevel() => Assert.Equal(
        """[{"a":{"b":1}},{"c":[{"d":2},[]]},{},[[],[3]]]""",
        JsonText.Read("""[{"a":{"b":1}},{"c":[{"d":2},[]]},{},[[],[3]]]""").ToString());
}
