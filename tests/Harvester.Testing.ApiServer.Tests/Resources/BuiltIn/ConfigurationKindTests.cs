using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Tests.Statements;

namespace Harvester.Testing.ApiServer.Tests.Resources.BuiltIn;

/// <summary>Config maps, secrets, namespaces, nodes, leases, quotas, limit ranges, endpoints.</summary>
public sealed class ConfigurationKindTests
{
    [Theory]
    [InlineData("configmaps", "{'data':{'a b':'1'}}", "data[a b] FieldValueInvalid")]
    [InlineData("configmaps", "{'data':{'..a':'1'}}", "data[..a] FieldValueInvalid")]
    [InlineData("configmaps", "{'data':{'a':'1'},'binaryData':{'a':'MQ=='}}", "data[a] FieldValueInvalid")]
    [InlineData("secrets", "{'type':'kubernetes.io/ssh-auth'}", "data[ssh-privatekey] FieldValueRequired")]
    [InlineData("secrets", "{'type':'kubernetes.io/tls'}", "data[tls.crt] FieldValueRequired|data[tls.key] FieldValueRequired")]
    [InlineData("secrets", "{'type':'kubernetes.io/dockercfg','stringData':{'.dockercfg':'no'}}", "data[.dockercfg] FieldValueInvalid")]
    [InlineData("resourcequotas", "{'spec':{'hard':{'pods':'1500m'}}}", "spec.hard[pods] FieldValueInvalid")]
    [InlineData("resourcequotas", "{'spec':{'hard':{'bananas':'1'}}}", "spec.hard[bananas] FieldValueInvalid")]
    [InlineData("resourcequotas", "{'spec':{'scopes':['Terminating','NotTerminating']}}", "spec.scopes FieldValueInvalid")]
    [InlineData("limitranges", "{'spec':{'limits':[{'type':'Container','min':{'cpu':'2'},'max':{'cpu':'1'}}]}}", "spec.limits[0].default[cpu] FieldValueInvalid|spec.limits[0].min[cpu] FieldValueInvalid|spec.limits[0].defaultRequest[cpu] FieldValueInvalid")]
    [InlineData("limitranges", "{'spec':{'limits':[{'type':'Pod','default':{'cpu':'1'}}]}}", "spec.limits[0].default FieldValueForbidden")]
    [InlineData("endpoints", "{'subsets':[{'ports':[{'port':80}]}]}", "subsets[0] FieldValueRequired")]
    [InlineData("endpoints", "{'subsets':[{'addresses':[{'ip':'127.0.0.1'}],'ports':[{'port':80}]}]}", "subsets[0].addresses[0].ip FieldValueInvalid")]
    public async Task The_usual_mistakes_are_refused(string plural, string body, string causes)
    {
        await using var server = await KindClient.StartAsync();
        var named = "{'metadata':{'name':'x'}," + body[1..];
        Assert.Equal(
            causes.Split('|').Order(StringComparer.Ordinal),
            await server.CausesAsync("POST", KindClient.Core + plural, named));
    }

    [Fact]
    [Statement("B-14")]
    public async Task What_is_immutable_stays_so()
    {
        await using var server = await KindClient.StartAsync();
        const string path = KindClient.Core + "secrets";
        await server.CreateAsync(path, "{'metadata':{'name':'s'},'immutable':true,'stringData':{'a':'1'}}");
        Assert.Equal(
            ["data FieldValueForbidden", "immutable FieldValueForbidden"],
            await server.CausesAsync("PATCH", path + "/s", "{'immutable':false,'stringData':{'a':'2'}}"));
        await server.MergeAsync(path + "/s", "{'metadata':{'labels':{'a':'b'}}}");
        Assert.Equal(200, (await server.SendAsync("DELETE", path + "/s")).Status);
    }

    [Fact]
    [Statement("B-25")]
    public async Task Text_of_a_secret_becomes_data()
    {
        await using var server = await KindClient.StartAsync();
        var secret = await server.CreateAsync(KindClient.Core + "secrets", "{'metadata':{'name':'s'},'stringData':{'a':'x'},'data':{'b':'eQ=='}}");
        Assert.Null(secret["stringData"]);
        Assert.Equal("eA==", secret.At("data", "a")?.AsString);
        Assert.Equal("eQ==", secret.At("data", "b")?.AsString);
        Assert.Equal("Opaque", secret["type"]?.AsString);
    }

    [Fact]
    [Statement("B-34")]
    public async Task A_namespace_keeps_its_name_label_and_its_finalizers()
    {
        await using var server = await KindClient.StartAsync();
        var created = await server.CreateAsync("/api/v1/namespaces", "{'metadata':{'name':'n'},'spec':{'finalizers':['example.io/hold']}}");
        Assert.Equal("[\"example.io/hold\",\"kubernetes\"]", created.At("spec", "finalizers")?.ToString());
        var patched = await server.MergeAsync("/api/v1/namespaces/n", "{'metadata':{'labels':{'kubernetes.io/metadata.name':'x'}},'spec':{'finalizers':null}}");
        Assert.Equal("n", patched.At("metadata", "labels", "kubernetes.io/metadata.name")?.AsString);
        Assert.Equal(created.At("spec"), patched.At("spec"));
        Assert.Equal(
            ["status.Phase FieldValueInvalid"],
            await server.CausesAsync("PATCH", "/api/v1/namespaces/n/status", "{'status':{'phase':'Terminating'}}"));
        await server.SendAsync("DELETE", "/api/v1/namespaces/n");
        var (status, _, _) = await server.SendAsync("PUT", "/api/v1/namespaces/n/finalize", "{'metadata':{'name':'n'},'spec':{}}");
        Assert.Equal(200, status);
        Assert.Equal(404, (await server.SendAsync("GET", "/api/v1/namespaces/n")).Status);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("kube-system")]
    [InlineData("kube-public")]
    public async Task Some_namespaces_cannot_be_deleted(string name)
    {
        await using var server = await KindClient.StartAsync();
        Assert.Contains("this namespace may not be deleted", await server.RefusalAsync("DELETE", "/api/v1/namespaces/" + name), StringComparison.Ordinal);
    }

    [Fact]
    [Statement("B-9")]
    [Statement("B-11")]
    [Statement("B-12")]
    public async Task A_node_keeps_its_status_and_is_not_ready()
    {
        await using var server = await KindClient.StartAsync();
        var node = await server.CreateAsync("/api/v1/nodes", "{'metadata':{'name':'n'},'spec':{'podCIDR':'10.0.0.0/24'},'status':{'capacity':{'cpu':'4'}}}");
        Assert.Equal("node.kubernetes.io/not-ready", ((JsonArray)node.At("spec", "taints")!)[0]["key"]?.AsString);
        Assert.Equal("[\"10.0.0.0/24\"]", node.At("spec", "podCIDRs")?.ToString());
        Assert.Equal("4", node.At("status", "allocatable", "cpu")?.AsString);
        Assert.Equal("", node.At("status", "nodeInfo", "kernelVersion")?.AsString);
        Assert.Equal(
            ["spec.podCIDRs FieldValueForbidden"],
            await server.CausesAsync("PATCH", "/api/v1/nodes/n", "{'spec':{'podCIDR':'10.1.0.0/24','podCIDRs':['10.1.0.0/24']}}"));
    }

    [Fact]
    [Statement("B-22a")]
    public async Task Endpoints_warn_on_every_write()
    {
        await using var server = await KindClient.StartAsync();
        var (_, _, response) = await server.SendAsync("POST", KindClient.Core + "endpoints", "{'metadata':{'name':'e'}}");
        Assert.Contains("EndpointSlice", response.Headers.GetValues("Warning").Single(), StringComparison.Ordinal);
    }

    [Fact]
    [Statement("B-4")]
    public async Task Some_empty_lists_are_null()
    {
        await using var server = await KindClient.StartAsync();
        var role = await server.CreateAsync("/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles", "{'metadata':{'name':'r'},'rules':[]}");
        Assert.True(role["rules"]!.IsNull);
        var map = await server.CreateAsync(KindClient.Core + "configmaps", "{'metadata':{'name':'c'},'data':{}}");
        Assert.Null(map["data"]);
    }

    [Theory]
    [Statement("B-7")]
    [InlineData("services", "1a", 201)]
    [InlineData("services", "a.b", 422)]
    [InlineData("configmaps", "a.b", 201)]
    [InlineData("configmaps", "A", 422)]
    public async Task Names_have_the_form_of_their_kind(string plural, string name, int status)
    {
        await using var server = await KindClient.StartAsync();
        var body = "{'metadata':{'name':'" + name + "'}" + (plural == "services" ? ",'spec':{'ports':[{'port':80}]}" : "") + "}";
        Assert.Equal(status, (await server.SendAsync("POST", KindClient.Core + plural, body)).Status);
    }
}
