using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Tests.Statements;

namespace Harvester.Testing.ApiServer.Tests.Resources.BuiltIn;

/// <summary>Budgets, roles, networks, webhooks, classes and other kinds that govern something.</summary>
public sealed class PolicyKindTests
{
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1/";

    [Theory]
    [InlineData("/apis/policy/v1/namespaces/default/poddisruptionbudgets", "{'spec':{'minAvailable':'150%'}}", "spec.minAvailable FieldValueInvalid")]
    [InlineData("/apis/policy/v1/namespaces/default/poddisruptionbudgets", "{'spec':{'minAvailable':1,'maxUnavailable':1}}", "spec FieldValueInvalid")]
    [InlineData(Rbac + "clusterrolebindings", "{'roleRef':{'kind':'Role','name':'r'}}", "roleRef.kind FieldValueNotSupported")]
    [InlineData(Rbac + "clusterrolebindings", "{'roleRef':{'kind':'ClusterRole','name':'r'},'subjects':[{'kind':'ServiceAccount','name':'s'}]}", "subjects[0].namespace FieldValueRequired")]
    [InlineData(Rbac + "clusterroles", "{'rules':[{'verbs':['get'],'nonResourceURLs':['/x'],'resources':['pods']}]}", "rules[0].nonResourceURLs FieldValueInvalid")]
    [InlineData("/apis/networking.k8s.io/v1/namespaces/default/networkpolicies", "{'spec':{'podSelector':{},'ingress':[{'from':[{}]}]}}", "spec.ingress[0].from[0] FieldValueRequired")]
    [InlineData("/apis/networking.k8s.io/v1/namespaces/default/networkpolicies", "{'spec':{'podSelector':{},'ingress':[{'from':[{'ipBlock':{'cidr':'10.0.0.0/8','except':['11.0.0.0/16']}}]}]}}", "spec.ingress[0].from[0].ipBlock.except[0] FieldValueInvalid")]
    [InlineData("/apis/networking.k8s.io/v1/namespaces/default/ingresses", "{'spec':{'rules':[{'http':{'paths':[{'path':'x','pathType':'Prefix','backend':{'service':{'name':'s'}}}]}}]}}", "spec.rules[0].http.paths[0].backend FieldValueRequired|spec.rules[0].http.paths[0].path FieldValueInvalid")]
    [InlineData("/apis/networking.k8s.io/v1/ingressclasses", "{'spec':{'controller':'x'}}", "spec.controller FieldValueInvalid")]
    [InlineData("/apis/scheduling.k8s.io/v1/priorityclasses", "{'value':1000000001}", "value FieldValueForbidden")]
    [InlineData("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", "{'addressType':'IPv6','endpoints':[{'addresses':['1.2.3.4']}]}", "endpoints[0].addresses[0] FieldValueInvalid")]
    [InlineData("/apis/node.k8s.io/v1/runtimeclasses", "{'handler':'A'}", "handler FieldValueInvalid")]
    [InlineData("/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations", "{'webhooks':[{'name':'a','admissionReviewVersions':['v1'],'sideEffects':'None','clientConfig':{'url':'http://x'},'timeoutSeconds':31}]}", "webhooks[0].clientConfig.url FieldValueInvalid|webhooks[0].name FieldValueInvalid|webhooks[0].timeoutSeconds FieldValueInvalid")]
    [InlineData("/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings", "{'spec':{'policyName':'p','validationActions':['Deny','Warn']}}", "spec.validationActions FieldValueInvalid")]
    [InlineData("/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas", "{'spec':{'matchingPrecedence':10001,'priorityLevelConfiguration':{'name':'x'}}}", "spec.matchingPrecedence FieldValueInvalid")]
    public async Task The_usual_mistakes_are_refused(string path, string body, string causes)
    {
        await using var server = await KindClient.StartAsync();
        Assert.Equal(causes.Split('|'), await server.CausesAsync("POST", path, "{'metadata':{'name':'x'}," + body[1..]));
    }

    [Fact]
    [Statement("B-14")]
    public async Task A_binding_stays_with_its_role()
    {
        await using var server = await KindClient.StartAsync();
        const string path = Rbac + "namespaces/default/rolebindings";
        var binding = await server.CreateAsync(path, "{'metadata':{'name':'b'},'roleRef':{'kind':'Role','name':'r'},'subjects':[{'kind':'User','name':'u'}]}");
        Assert.Equal("rbac.authorization.k8s.io", binding.At("roleRef", "apiGroup")?.AsString);
        Assert.Equal(["roleRef FieldValueInvalid"], await server.CausesAsync("PATCH", path + "/b", "{'roleRef':{'name':'s'}}"));
    }

    [Fact]
    public async Task Labels_of_a_slice_count_as_a_change()
    {
        await using var server = await KindClient.StartAsync();
        const string path = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
        await server.CreateAsync(path, "{'metadata':{'name':'e'},'addressType':'IPv4','endpoints':[]}");
        var labelled = await server.MergeAsync(path + "/e", "{'metadata':{'labels':{'a':'b'}}}");
        Assert.Equal(2, labelled.At("metadata", "generation")?.AsInteger);
        var annotated = await server.MergeAsync(path + "/e", "{'metadata':{'annotations':{'a':'b'}}}");
        Assert.Equal(2, annotated.At("metadata", "generation")?.AsInteger);
    }

    [Fact]
    public async Task Webhooks_are_completed()
    {
        await using var server = await KindClient.StartAsync();
        var stored = await server.CreateAsync(
            "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
            "{'metadata':{'name':'m'},'webhooks':[{'name':'a.b.c','admissionReviewVersions':['v1'],'sideEffects':'None','clientConfig':{'service':{'name':'s','namespace':'n'}}}]}");
        var webhook = ((JsonArray)stored["webhooks"]!)[0];
        Assert.Equal(443, webhook.At("clientConfig", "service", "port")?.AsInteger);
        Assert.Equal(10, webhook["timeoutSeconds"]?.AsInteger);
        Assert.Equal("Never", webhook["reinvocationPolicy"]?.AsString);
        Assert.Equal("Equivalent", webhook["matchPolicy"]?.AsString);
    }
}
