using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Patching;

namespace Harvester.Testing.ApiServer.Tests.Patching;

public class JsonPatchTests
{
    // RFC 6902, appendix A (A.13, duplicate members, is the JSON reader's affair).
    [Theory]
    [InlineData("A.1", """{"foo":"bar"}""", """[{"op":"add","path":"/baz","value":"qux"}]""", """{"baz":"qux","foo":"bar"}""")]
    [InlineData("A.2", """{"foo":["bar","baz"]}""", """[{"op":"add","path":"/foo/1","value":"qux"}]""", """{"foo":["bar","qux","baz"]}""")]
    [InlineData("A.3", """{"baz":"qux","foo":"bar"}""", """[{"op":"remove","path":"/baz"}]""", """{"foo":"bar"}""")]
    [InlineData("A.4", """{"foo":["bar","qux","baz"]}""", """[{"op":"remove","path":"/foo/1"}]""", """{"foo":["bar","baz"]}""")]
    [InlineData("A.5", """{"baz":"qux","foo":"bar"}""", """[{"op":"replace","path":"/baz","value":"boo"}]""", """{"baz":"boo","foo":"bar"}""")]
    [InlineData("A.6", """{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}""", """[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]""", """{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}""")]
    [InlineData("A.7", """{"foo":["all","grass","cows","eat"]}""", """[{"op":"move","from":"/foo/1","path":"/foo/3"}]""", """{"foo":["all","cows","eat","grass"]}""")]
    [InlineData("A.8", """{"baz":"qux","foo":["a",2,"c"]}""", """[{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}]""", """{"baz":"qux","foo":["a",2,"c"]}""")]
    [InlineData("A.10", """{"foo":"bar"}""", """[{"op":"add","path":"/child","value":{"grandchild":{}}}]""", """{"child":{"grandchild":{}},"foo":"bar"}""")]
    [InlineData("A.11", """{"foo":"bar"}""", """[{"op":"add","path":"/baz","value":"qux","xyz":123}]""", """{"baz":"qux","foo":"bar"}""")]
    [InlineData("A.14", """{"/":9,"~1":10}""", """[{"op":"test","path":"/~01","value":10}]""", """{"/":9,"~1":10}""")]
    [InlineData("A.16", """{"foo":["bar"]}""", """[{"op":"add","path":"/foo/-","value":["abc","def"]}]""", """{"foo":["bar",["abc","def"]]}""")]
    public void Applies_as_the_RFC_shows(string appendix, string document, string patch, string expected) =>
        Assert.Equal((appendix, expected), (appendix, Apply(document, patch).ToString()));

    [Theory]
    [InlineData("A.9", """{"baz":"qux"}""", """[{"op":"test","path":"/baz","value":"bar"}]""")]
    [InlineData("A.12", """{"foo":"bar"}""", """[{"op":"add","path":"/baz/bat","value":"qux"}]""")]
    [InlineData("A.15", """{"/":9,"~1":10}""", """[{"op":"test","path":"/~01","value":"10"}]""")]
    [InlineData("float", """{"n":5}""", """[{"op":"test","path":"/n","value":5.0}]""")]
    [InlineData("test of a missing member", """{}""", """[{"op":"test","path":"/n","value":"x"}]""")]
    [InlineData("remove of a missing member", """{}""", """[{"op":"remove","path":"/n"}]""")]
    [InlineData("remove -", """{"l":[1]}""", """[{"op":"remove","path":"/l/-"}]""")]
    [InlineData("index that is no number", """{"l":[1]}""", """[{"op":"add","path":"/l/x","value":2}]""")]
    [InlineData("index beyond the end", """{"l":[1]}""", """[{"op":"add","path":"/l/2","value":2}]""")]
    [InlineData("move into itself", """{"a":{"b":1}}""", """[{"op":"move","from":"/a","path":"/a/c"}]""")]
    [InlineData("unknown operation", """{}""", """[{"op":"frobnicate","path":"/a"}]""")]
    [InlineData("no operation", """{}""", """[{"path":"/a","value":1}]""")]
    [InlineData("no path", """{}""", """[{"op":"add","value":1}]""")]
    [InlineData("no from", """{}""", """[{"op":"move","path":"/a"}]""")]
    [InlineData("add of the root", """{}""", """[{"op":"add","path":"","value":{}}]""")]
    [InlineData("root to a scalar", """{}""", """[{"op":"replace","path":"","value":1}]""")]
    [InlineData("through text", """{"a":"b"}""", """[{"op":"add","path":"/a/b","value":1}]""")]
    [InlineData("all or nothing", """{"a":1}""", """[{"op":"replace","path":"/a","value":9},{"op":"test","path":"/a","value":1}]""")]
    public void Refuses_what_does_not_apply(string why, string document, string patch)
    {
        var refused = Assert.Throws<PatchException>(() => Apply(document, patch));
        Assert.Equal((why, 422), (why, refused.StatusCode));
        Assert.Equal("the server rejected our request due to an error in our request", refused.Message);
        Assert.Equal("Invalid", refused.Reason);
    }

    [Theory]
    [InlineData("replace of a missing member", """{}""", """[{"op":"replace","path":"/a","value":1}]""", """{"a":1}""")]
    [InlineData("test of a missing member for null", """{}""", """[{"op":"test","path":"/a","value":null}]""", """{}""")]
    [InlineData("test without value", """{}""", """[{"op":"test","path":"/a"}]""", """{}""")]
    [InlineData("add without value", """{"a":1}""", """[{"op":"add","path":"/a"}]""", """{"a":null}""")]
    [InlineData("copy of a missing member", """{"a":1}""", """[{"op":"copy","from":"/b","path":"/a"}]""", """{"a":null}""")]
    [InlineData("negative index", """{"l":["a","b"]}""", """[{"op":"replace","path":"/l/-1","value":"z"}]""", """{"l":["a","z"]}""")]
    [InlineData("leading zero", """{"l":["a","b"]}""", """[{"op":"replace","path":"/l/01","value":"z"}]""", """{"l":["a","z"]}""")]
    [InlineData("no first slash", """{}""", """[{"op":"add","path":"spec/size","value":6}]""", """{"size":6}""")]
    [InlineData("replace of the root", """{"a":1}""", """[{"op":"replace","path":"","value":{}}]""", """{}""")]
    [InlineData("test of the root", """{"a":1}""", """[{"op":"test","path":"","value":{"a":1}}]""", """{"a":1}""")]
    [InlineData("empty member name", """{"a":{"":3}}""", """[{"op":"test","path":"/a/","value":3}]""", """{"a":{"":3}}""")]
    [InlineData("null", """{"a":1}""", """null""", """{"a":1}""")]
    public void Is_lenient_as_the_server_is(string what, string document, string patch, string expected) =>
        Assert.Equal((what, expected), (what, Apply(document, patch).ToString()));

    [Theory]
    [InlineData("""{"op":"add"}""", "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp")]
    [InlineData("""[1]""", "error decoding patch: json: cannot unmarshal number into Go value of type handlers.jsonPatchOp")]
    [InlineData("""[{"op":1}]""", "error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string")]
    public void Refuses_what_is_no_patch(string patch, string message)
    {
        var refused = Assert.Throws<PatchException>(() => Apply("{}", patch));
        Assert.Equal(message, refused.Message);
        Assert.Equal(400, refused.StatusCode);
    }

    [Fact]
    public void Takes_ten_thousand_operations_and_no_more()
    {
        JsonValue test = JsonText.Read("""{"op":"test","path":"/a","value":1}""");
        var document = JsonText.Read("""{"a":1}""");
        Assert.Equal(document, JsonPatch.Apply(document, JsonArray.Of(Enumerable.Repeat(test, JsonPatch.MaxOperations))));

        var refused = Assert.Throws<PatchException>(
            () => JsonPatch.Apply(document, JsonArray.Of(Enumerable.Repeat(test, JsonPatch.MaxOperations + 1))));
        Assert.Equal(413, refused.StatusCode);
        Assert.Equal("RequestEntityTooLarge", refused.Reason);
    }

    [Fact]
    public void Names_the_unknown_members_of_operations() =>
        Assert.Equal(
            ["[1].zzz"],
            JsonPatch.UnknownFields(JsonText.Read("""[{"op":"test","path":"/a"},{"op":"test","path":"/a","value":2,"zzz":1}]""")));

    private static JsonValue Apply(string document, string patch) =>
        JsonPatch.Apply(JsonText.Read(document), JsonText.Read(patch));
}
