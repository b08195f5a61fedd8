using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Tests.Resources.BuiltIn;

/// <summary>Objects that are served in two groups or versions.</summary>
public sealed class TwoVersionsTests
{
    private const string Core = KindClient.Core + "events";

    private const string Events = "/apis/events.k8s.io/v1/namespaces/default/events";

    private const string Version1 = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers";

    private const string Version2 = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers";

    [Fact]
    public async Task An_event_is_the_same_object_in_both_groups()
    {
        await using var server = await KindClient.StartAsync();
        await server.CreateAsync(
            Core, "{'metadata':{'name':'a'},'involvedObject':{'kind':'Pod','name':'p','namespace':'default'},'message':'m','reason':'R','type':'Normal','count':2}");
        var other = await server.GetAsync(Events + "/a");
        Assert.Equal("events.k8s.io/v1", other["apiVersion"]?.AsString);
        Assert.Equal("m", other["note"]?.AsString);
        Assert.Equal("p", other.At("regarding", "name")?.AsString);
        Assert.Equal(2, other["deprecatedCount"]?.AsInteger);
        Assert.Null(other["involvedObject"]);

        var list = await server.GetAsync(Events + "?fieldSelector=regarding.name%3Dp");
        Assert.Equal("m", Assert.Single((JsonArray)list["items"]!)["note"]?.AsString);
        Assert.Equal(200, (await server.SendAsync("DELETE", Events + "/a")).Status);
        Assert.Equal(404, (await server.SendAsync("GET", Core + "/a")).Status);
    }

    [Fact]
    public async Task A_new_event_must_say_who_did_what()
    {
        await using var server = await KindClient.StartAsync();
        Assert.Equal(
            ["action FieldValueRequired", "reason FieldValueRequired", "reportingController FieldValueRequired", "reportingInstance FieldValueRequired", "type FieldValueInvalid"],
            await server.CausesAsync("POST", Events, "{'metadata':{'name':'a'},'eventTime':'2026-01-01T00:00:00.000000Z','regarding':{'kind':'Pod','name':'p','namespace':'default'}}"));
    }

    [Fact]
    public async Task What_version_1_of_an_autoscaler_cannot_say_stands_in_annotations()
    {
        await using var server = await KindClient.StartAsync();
        var second = await server.CreateAsync(
            Version2,
            "{'metadata':{'name':'h'},'spec':{'maxReplicas':3,'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'d'},'metrics':[{'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization','averageUtilization':50}}},{'type':'Pods','pods':{'metric':{'name':'q'},'target':{'type':'AverageValue','averageValue':'5'}}}],'behavior':{'scaleDown':{'stabilizationWindowSeconds':60}}}}");
        var first = await server.GetAsync(Version1 + "/h");
        Assert.Equal(50, first.At("spec", "targetCPUUtilizationPercentage")?.AsInteger);
        Assert.Null(first.At("spec", "metrics"));
        Assert.Equal(
            """[{"type":"Pods","pods":{"metricName":"q","targetAverageValue":"5"}}]""",
            first.At("metadata", "annotations", "autoscaling.alpha.kubernetes.io/metrics")?.AsString);

        // A change through version 1 loses nothing of what version 2 says.
        await server.MergeAsync(Version1 + "/h", "{'spec':{'maxReplicas':4}}");
        var again = await server.GetAsync(Version2 + "/h");
        Assert.Equal(4, again.At("spec", "maxReplicas")?.AsInteger);
        Assert.Equal(second.At("spec", "behavior"), again.At("spec", "behavior"));
        Assert.Equal(
            ((JsonArray)second.At("spec", "metrics")!).Select(metric => metric.ToString()).Order(StringComparer.Ordinal),
            ((JsonArray)again.At("spec", "metrics")!).Select(metric => metric.ToString()).Order(StringComparer.Ordinal));
        Assert.Null(again.At("metadata", "annotations"));
    }

    [Fact]
    public async Task An_autoscaler_without_metrics_looks_at_the_processor()
    {
        await using var server = await KindClient.StartAsync();
        const string spec = "'spec':{'maxReplicas':3,'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'d'}}";
        var first = await server.CreateAsync(Version1, "{'metadata':{'name':'h'}," + spec + "}");
        Assert.Equal(80, first.At("spec", "targetCPUUtilizationPercentage")?.AsInteger);
        Assert.Equal(1, first.At("spec", "minReplicas")?.AsInteger);
        Assert.Equal(
            ["spec.maxReplicas FieldValueInvalid"],
            await server.CausesAsync("PATCH", Version1 + "/h", "{'spec':{'minReplicas':9}}"));
    }
}
