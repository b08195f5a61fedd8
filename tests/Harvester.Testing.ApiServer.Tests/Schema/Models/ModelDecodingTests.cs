using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using Harvester.Testing.ApiServer.Resources.BuiltIn;
using Harvester.Testing.ApiServer.Schema;
using Harvester.Testing.ApiServer.Schema.Models;
using k8s.Models;

namespace Harvester.Testing.ApiServer.Tests.Schema.Models;

public class ModelDecodingTests
{
    [Theory]
    [InlineData("""{"data":{"a":null}}""", """{"data":{"a":""}}""")]
    [InlineData("""{"data":{}}""", "{}")]
    [InlineData("""{"data":null,"immutable":false}""", """{"immutable":false}""")]
    [InlineData("""{"binaryData":{"a":"YWI="}}""", """{"binaryData":{"a":"YWI="}}""")]
    public void Nulls_and_empty_maps_of_a_config_map(string given, string stored) =>
        Assert.Equal(JsonText.Read(stored), Decode<V1ConfigMap>(given));

    [Theory]
    [InlineData("""{"replicas":null}""", """{"selector":null,"strategy":{},"template":{"metadata":{},"spec":{"containers":null}}}""")]
    public void What_Go_prints_of_an_empty_deployment(string given, string stored) =>
        Assert.Equal(JsonText.Read(stored).ToString(), ((JsonObject)Decode<V1DeploymentSpec>(given)).Without("template").With("template", Decode<V1PodTemplateSpec>("{}")).ToString());

    [Theory]
    [InlineData("""{"spec":{"replicas":"3"}}""", "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("""{"spec":{"replicas":2.0}}""", "json: cannot unmarshal number 2.0 into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("""{"spec":{"replicas":2147483648}}""", "json: cannot unmarshal number 2147483648 into Go struct field DeploymentSpec.spec.replicas of type int32")]
    [InlineData("""{"spec":[]}""", "json: cannot unmarshal array into Go struct field Deployment.spec of type v1.DeploymentSpec")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":{}}}}}""", "json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"image":1}]}}}}""", "json: cannot unmarshal number into Go struct field Container.spec.template.spec.containers.image of type string")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"resources":{"limits":{"cpu":"x"}}}]}}}}""", "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    [InlineData("""{"spec":{"strategy":{"rollingUpdate":{"maxSurge":true}}}}""", "json: cannot unmarshal bool into Go value of type int32")]
    public void A_wrong_type_has_the_readers_message(string given, string message) =>
        Assert.Equal(message, Assert.Throws<ModelDecodingException>(() => Decode<V1Deployment>(given)).Message);

    [Fact]
    public void Unknown_members_are_named_with_their_path_and_dropped()
    {
        var unknown = new List<string>();
        var decoded = ModelTypes.Structure(typeof(V1Pod)).Decode(
            JsonText.Read("""{"Spec":{},"spec":{"containers":[{"name":"a"},{"imagePull":1,"name":"b"}]}}"""), new ModelDecoding(unknown));

        Assert.Equal(["Spec", "spec.containers[1].imagePull"], unknown);
        Assert.Equal("b", (decoded["spec"]!["containers"] as JsonArray)![1]["name"]!.AsString);
    }

    [Theory]
    [InlineData("1024Mi", "1Gi")]
    [InlineData("0.5", "500m")]
    [InlineData("1000", "1k")]
    [InlineData("1e3", "1e3")]
    [InlineData("1000m", "1")]
    [InlineData("0", "0")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("512Ki", "512Ki")]
    [InlineData("1000Ki", "1000Ki")]
    [InlineData("0.5Ki", "512")]
    [InlineData("-5", "-5")]
    [InlineData("0.1n", "1n")]
    public void Quantities_are_stored_in_canonical_form(string given, string stored) =>
        Assert.Equal(stored, Quantity.TryParse(given)!.Value.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1x")]
    [InlineData("1.2.3")]
    [InlineData("1e9999999999")]
    [InlineData(".")]
    public void What_is_no_quantity(string text) => Assert.Null(Quantity.TryParse(text));

    [Theory]
    [InlineData("2026-01-01T00:00:00.500Z", """cannot parse ".500Z" as ".000000".""")]
    [InlineData("2026-01-01T00:00:00Z", """cannot parse "Z" as ".000000".""")]
    public void Micro_times_have_six_decimals(string text, string end)
    {
        GoTime.Parse(text, micro: true, out var error);

        Assert.EndsWith(end.TrimEnd('.'), error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_line_of_the_table_names_a_class_and_its_members()
    {
        var wrong = new List<string>();
        foreach (var type in typeof(V1Pod).Assembly.GetTypes().Where(type => type.Namespace == "k8s.Models"))
        {
            var known = ModelTypes.Structure(type).Members.Select(member => member.Name).ToHashSet();
            wrong.AddRange(ModelTable.Of(type.Name).Keys.Where(name => name.Length > 0 && !known.Contains(name)).Select(name => $"{type.Name}.{name}"));
        }

        Assert.Empty(wrong);
        Assert.All(BuiltInKinds.All, kind => Assert.NotEmpty(ModelSchema.Of(kind).Members));
    }

    private static JsonValue Decode<TModel>(string json) =>
        ModelTypes.Structure(typeof(TModel)).Decode(JsonText.Read(json), new ModelDecoding([]));
}
