using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Patching;
using Harvester.Testing.ApiServer.Schema.Models;
using Harvester.Testing.ApiServer.Tests.Statements;
using k8s.Models;

namespace Harvester.Testing.ApiServer.Tests.Patching;

public class StrategicMergePatchTests
{
    [Theory]
    [Statement("B-16")]
    [InlineData("""{"containers":[{"name":"new"}]}""", "new a b c")]
    [InlineData("""{"containers":[{"name":"b","image":"x"}]}""", "a b c")]
    [InlineData("""{"$setElementOrder/containers":[{"name":"c"},{"name":"a"}]}""", "b c a")]
    [InlineData("""{"$setElementOrder/containers":[{"name":"c"},{"name":"b"},{"name":"a"}]}""", "c b a")]
    [InlineData("""{"$setElementOrder/containers":[{"name":"n"},{"name":"a"}],"containers":[{"name":"n"}]}""", "n a b c")]
    public void New_items_stand_first_and_an_order_is_kept(string patch, string names) =>
        Assert.Equal(names, string.Join(' ', Names(Apply("""{"containers":[{"name":"a"},{"name":"b"},{"name":"c"}]}""", patch))));

    [Theory]
    [Statement("B-17")]
    [InlineData("""{"containers":[{"name":"a","$patch":"delete"}]}""", """{"containers":[{"image":"j","name":"b"}]}""")]
    [InlineData("""{"containers":[{"name":"zzz","$patch":"delete"}]}""", """{"containers":[{"image":"i","name":"a"},{"image":"j","name":"b"}]}""")]
    [InlineData("""{"containers":[{"$patch":"replace"},{"name":"c"}]}""", """{"containers":[{"name":"c"}]}""")]
    [InlineData("""{"containers":null}""", "{}")]
    [InlineData("""{"$patch":"replace","nodeName":"n"}""", """{"nodeName":"n"}""")]
    [InlineData("""{"$patch":"delete"}""", "{}")]
    public void Directives_remove_and_replace(string patch, string expected) =>
        Assert.Equal(
            JsonText.Read(expected),
            Apply("""{"containers":[{"name":"a","image":"i"},{"name":"b","image":"j"}]}""", patch));

    [Fact]
    [Statement("B-17")]
    public void Values_are_taken_from_a_list_of_values()
    {
        var patched = StrategicMergePatch.Apply(
            (JsonObject)JsonText.Read("""{"finalizers":["a/a","b/b"]}"""),
            JsonText.Read("""{"$deleteFromPrimitiveList/finalizers":["a/a"],"finalizers":["c/c"]}"""),
            ModelTypes.Structure(typeof(V1ObjectMeta)));

        Assert.Equal(["c/c", "b/b"], ((JsonArray)patched.Find("finalizers")!).Select(item => item.AsString!).Order(StringComparer.Ordinal).Reverse());
    }

    [Theory]
    [Statement("B-18")]
    [InlineData("""{"$retainKeys":["type"],"type":"Recreate"}""", """{"type":"Recreate"}""")]
    [InlineData("""{"type":"Recreate"}""", """{"rollingUpdate":{"maxSurge":1},"type":"Recreate"}""")]
    [InlineData("""{"$retainKeys":["type","unknown"]}""", """{"type":"RollingUpdate"}""")]
    public void Retained_keys_are_all_that_stays(string patch, string expected) => Assert.Equal(
        JsonText.Read(expected),
        StrategicMergePatch.Apply(
            (JsonObject)JsonText.Read("""{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1}}"""),
            JsonText.Read(patch),
            ModelTypes.Structure(typeof(V1DeploymentStrategy))));

    [Theory]
    [Statement("B-19")]
    [InlineData("""{"containers":[{"image":"x"}]}""", 500, "map: map[image:x] does not contain declared merge key: name")]
    [InlineData("""{"containers":[{"name":"a","$patch":"frob"}]}""", 500, "unknown patch type: frob in map: map[$patch:frob name:a]")]
    [InlineData("""{"containers":[{"$patch":"merge"}]}""", 500, "merging lists cannot yet be specified in the patch")]
    [InlineData("""{"containers":[1]}""", 500, "expected a map[string]interface {}, but received a int64")]
    [InlineData("""{"$retainKeys":"name"}""", 400, "invalid patch format of retainKeys")]
    [InlineData("""{"$retainKeys":["containers"],"nodeName":"n"}""", 400, "invalid patch format of retainKeys")]
    [InlineData("""{"$setElementOrder":[]}""", 400, "invalid patch format of setElementOrder list")]
    [InlineData("""{"$deleteFromPrimitiveList":[]}""", 400, "invalid patch format of primitive list")]
    [InlineData("[]", 400, "json: cannot unmarshal array into Go value of type map[string]interface {}")]
    public void What_is_wrong_is_said_as_the_server_says_it(string patch, int status, string message)
    {
        var refused = Assert.Throws<PatchException>(() => Apply("""{"containers":[{"name":"a"}]}""", patch));

        Assert.Equal((status, message), (refused.StatusCode, refused.Message));
    }

    [Fact]
    [Statement("B-19")]
    public void An_order_that_does_not_fit_the_list_is_an_error()
    {
        var refused = Assert.Throws<PatchException>(() => Apply(
            """{"containers":[{"name":"a"}]}""",
            """{"$setElementOrder/containers":[{"name":"a"}],"containers":[{"name":"b"}]}"""));

        Assert.Equal("The order in patch list:\n[map[name:b]]\n doesn't match $setElementOrder list:\n[map[name:a]]\n", refused.Message);
    }

    [Fact]
    public void Ports_are_told_apart_by_their_number_alone() => Assert.Equal(
        JsonText.Read("""{"ports":[{"containerPort":53,"name":"dns","protocol":"UDP"}]}"""),
        StrategicMergePatch.Apply(
            (JsonObject)JsonText.Read("""{"ports":[{"containerPort":53,"protocol":"UDP"}]}"""),
            JsonText.Read("""{"ports":[{"containerPort":53,"name":"dns"}]}"""),
            ModelTypes.Structure(typeof(V1Container))));

    [Fact]
    public void Lists_without_a_key_are_replaced() => Assert.Equal(
        JsonText.Read("""{"tolerations":[{"key":"b"}]}"""),
        Apply("""{"tolerations":[{"key":"a"}]}""", """{"tolerations":[{"key":"b"}]}"""));

    private static JsonObject Apply(string spec, string patch) => StrategicMergePatch.Apply(
        (JsonObject)JsonText.Read(spec), JsonText.Read(patch), ModelTypes.Structure(typeof(V1PodSpec)));

    private static IEnumerable<string> Names(JsonObject spec) =>
        ((JsonArray)spec.Find("containers")!).Select(item => item["name"]!.AsString!);
}
