using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Patching;

namespace Harvester.Testing.ApiServer.Tests.Patching;

public class MergePatchTests
{
    // RFC 7386, appendix A.
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", """{}""")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""["a","b"]""", """["c","d"]""", """["c","d"]""")]
    [InlineData("""{"a":"b"}""", """["c"]""", """["c"]""")]
    [InlineData("""{"a":"foo"}""", """null""", """null""")]
    [InlineData("""{"a":"foo"}""", "\"bar\"", "\"bar\"")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"a":1,"e":null}""")]
    [InlineData("""[1,2]""", """{"a":"b","c":null}""", """{"a":"b"}""")]
    [InlineData("""{}""", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void Merges_as_the_RFC_shows(string target, string patch, string expected) =>
        Assert.Equal(JsonText.Read(expected), MergePatch.Merge(JsonText.Read(target), JsonText.Read(patch)));

    [Theory]
    [InlineData("null", "Invalid JSON Patch")]
    [InlineData("[1]", "error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}")]
    [InlineData("\"x\"", "error decoding patch: json: cannot unmarshal string into Go value of type map[string]interface {}")]
    [InlineData("1.5", "error decoding patch: json: cannot unmarshal number into Go value of type map[string]interface {}")]
    [InlineData("true", "error decoding patch: json: cannot unmarshal bool into Go value of type map[string]interface {}")]
    public void Refuses_a_patch_that_is_no_object(string patch, string message)
    {
        var refused = Assert.Throws<PatchException>(() => MergePatch.Apply(JsonObject.Empty, JsonText.Read(patch)));
        Assert.Equal(message, refused.Message);
        Assert.Equal(400, refused.StatusCode);
        Assert.Equal("BadRequest", refused.Reason);
    }

    [Fact]
    public void Null_items_of_a_list_stay() =>
        Assert.Equal("""{"a":[1,null]}""", MergePatch.Apply(JsonObject.Empty, JsonText.Read("""{"a":[1,null]}""")).ToString());

    [Fact]
    public void Unchanged_parts_are_shared()
    {
        var document = (JsonObject)JsonText.Read("""{"spec":{"a":1},"status":{"b":2}}""");
        var patched = (JsonObject)MergePatch.Apply(document, JsonText.Read("""{"spec":{"a":2}}"""));
        Assert.Same(document.Find("status"), patched.Find("status"));
    }
}
