using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Tests.Resources.BuiltIn;

public sealed class AdmissionPluginTests
{
    private const string Pods = KindClient.Core + "pods";

    private const string PriorityClasses = "/apis/scheduling.k8s.io/v1/priorityclasses";

    [Fact]
    public async Task Limits_of_pods_are_completed_and_kept()
    {
        await using var server = await KindClient.StartAsync();
        await server.CreateAsync(
            KindClient.Core + "limitranges",
            "{'metadata':{'name':'l'},'spec':{'limits':[{'type':'Container','min':{'memory':'10Mi'},'max':{'cpu':'2'},'maxLimitRequestRatio':{'cpu':'4'},'defaultRequest':{'cpu':'500m'}},{'type':'Pod','max':{'cpu':'3'}}]}}");
        var pod = await server.CreateAsync(Pods, Pod("a", "{'requests':{'memory':'20Mi'}}"));
        var resources = ((JsonArray)pod.At("spec", "containers")!)[0]["resources"]!;
        Assert.Equal("500m", resources.At("requests", "cpu")?.AsString);
        Assert.Equal("2", resources.At("limits", "cpu")?.AsString);
        Assert.Equal(
            "LimitRanger plugin set: cpu request for container c; cpu limit for container c",
            pod.At("metadata", "annotations", "kubernetes.io/limit-ranger")?.AsString);

        Assert.EndsWith(
            "minimum memory usage per Container is 10Mi, but request is 1Mi",
            await server.RefusalAsync("POST", Pods, Pod("b", "{'requests':{'memory':'1Mi'}}")),
            StringComparison.Ordinal);
        Assert.EndsWith(
            "cpu max limit to request ratio per Container is 4, but provided ratio is 20.000000",
            await server.RefusalAsync("POST", Pods, Pod("b", "{'requests':{'cpu':'100m','memory':'20Mi'}}")),
            StringComparison.Ordinal);
        Assert.EndsWith(
            "is forbidden: [maximum cpu usage per Container is 2, but limit is 9, maximum cpu usage per Pod is 3, but limit is 9]",
            await server.RefusalAsync("POST", Pods, Pod("b", "{'limits':{'cpu':'9','memory':'20Mi'}}")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pod_has_the_priority_of_its_class()
    {
        await using var server = await KindClient.StartAsync();
        await server.CreateAsync(PriorityClasses, "{'metadata':{'name':'high'},'value':7,'preemptionPolicy':'Never'}");
        var pod = await server.CreateAsync(Pods, Pod("a", "{}", ",'priorityClassName':'high'"));
        Assert.Equal(7, pod.At("spec", "priority")?.AsInteger);
        Assert.Equal("Never", pod.At("spec", "preemptionPolicy")?.AsString);
        Assert.EndsWith(
            "no PriorityClass with name none was found",
            await server.RefusalAsync("POST", Pods, Pod("b", "{}", ",'priorityClassName':'none'")),
            StringComparison.Ordinal);
        Assert.Contains(
            "the integer value of priority (5) must not be provided",
            await server.RefusalAsync("POST", Pods, Pod("b", "{}", ",'priority':5,'priorityClassName':'high'")),
            StringComparison.Ordinal);

        await server.CreateAsync(PriorityClasses, "{'metadata':{'name':'usual'},'value':3,'globalDefault':true}");
        var plain = await server.CreateAsync(Pods, Pod("c", "{}"));
        Assert.Equal(3, plain.At("spec", "priority")?.AsInteger);
        Assert.Equal("usual", plain.At("spec", "priorityClassName")?.AsString);
        Assert.Contains(
            "already marked as default",
            await server.RefusalAsync("POST", PriorityClasses, "{'metadata':{'name':'other'},'value':3,'globalDefault':true}"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runtime_class_must_exist_and_adds_its_overhead()
    {
        await using var server = await KindClient.StartAsync();
        Assert.Contains(
            "RuntimeClass \"box\" not found",
            await server.RefusalAsync("POST", Pods, Pod("a", "{}", ",'runtimeClassName':'box'")),
            StringComparison.Ordinal);
        await server.CreateAsync(
            "/apis/node.k8s.io/v1/runtimeclasses",
            "{'metadata':{'name':'box'},'handler':'box','overhead':{'podFixed':{'cpu':'1'}},'scheduling':{'nodeSelector':{'a':'b'}}}");
        var pod = await server.CreateAsync(Pods, Pod("a", "{}", ",'runtimeClassName':'box'"));
        Assert.Equal("1", pod.At("spec", "overhead", "cpu")?.AsString);
        Assert.Equal("b", pod.At("spec", "nodeSelector", "a")?.AsString);
    }

    [Fact]
    public async Task An_ingress_gets_the_default_class()
    {
        await using var server = await KindClient.StartAsync();
        await server.CreateAsync(
            "/apis/networking.k8s.io/v1/ingressclasses",
            "{'metadata':{'name':'k','annotations':{'ingressclass.kubernetes.io/is-default-class':'true'}},'spec':{'controller':'a.io/b'}}");
        var ingress = await server.CreateAsync(
            "/apis/networking.k8s.io/v1/namespaces/default/ingresses",
            "{'metadata':{'name':'i'},'spec':{'defaultBackend':{'service':{'name':'s','port':{'number':80}}}}}");
        Assert.Equal("k", ingress.At("spec", "ingressClassName")?.AsString);
    }

    private static string Pod(string name, string resources, string more = "") =>
        "{'metadata':{'name':'" + name + "'},'spec':{'containers':[{'name':'c','image':'i:1','resources':" + resources + "}]" + more + "}}";
}
