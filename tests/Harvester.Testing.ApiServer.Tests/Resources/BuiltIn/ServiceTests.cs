using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Tests.Statements;

namespace Harvester.Testing.ApiServer.Tests.Resources.BuiltIn;

[Statement("B-28")]
public sealed class ServiceTests
{
    private const string Services = KindClient.Core + "services";

    [Fact]
    public async Task A_service_gets_an_address_nobody_else_has()
    {
        await using var server = await KindClient.StartAsync();
        var addresses = new HashSet<string>();
        for (var i = 0; i < 50; i++)
        {
            var service = await server.CreateAsync(Services, "{'metadata':{'name':'s" + i + "'},'spec':{'ports':[{'port':80}]}}");
            var address = service.At("spec", "clusterIP")!.AsString!;
            Assert.StartsWith("10.96.", address, StringComparison.Ordinal);
            Assert.Equal(address, ((JsonArray)service.At("spec", "clusterIPs")!)[0].AsString);
            Assert.True(addresses.Add(address));
        }

        Assert.DoesNotContain("10.96.0.1", addresses);
    }

    [Fact]
    public async Task A_taken_address_is_free_again_after_the_deletion()
    {
        await using var server = await KindClient.StartAsync();
        const string body = "{'metadata':{'name':'a'},'spec':{'clusterIP':'10.96.7.7','ports':[{'port':80}]}}";
        await server.CreateAsync(Services, body);
        Assert.Equal(["spec.clusterIPs FieldValueInvalid"], await server.CausesAsync("POST", Services, body.Replace("'a'", "'b'", StringComparison.Ordinal)));
        await server.SendAsync("DELETE", Services + "/a");
        await server.CreateAsync(Services, body.Replace("'a'", "'b'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Types_give_and_take_node_ports()
    {
        await using var server = await KindClient.StartAsync();
        await server.CreateAsync(Services, "{'metadata':{'name':'a'},'spec':{'ports':[{'name':'x','port':80},{'name':'y','port':81}]}}");
        var open = await server.MergeAsync(Services + "/a", "{'spec':{'type':'NodePort'}}");
        var ports = ((JsonArray)open.At("spec", "ports")!).Select(port => port["nodePort"]!.AsInteger).ToArray();
        Assert.All(ports, port => Assert.InRange(port!.Value, 30000, 32767));
        Assert.NotEqual(ports[0], ports[1]);
        Assert.Equal("Cluster", open.At("spec", "externalTrafficPolicy")?.AsString);

        // What the body leaves out is kept.
        var put = await server.PutAsync(Services + "/a", "{'metadata':{'name':'a'},'spec':{'type':'NodePort','ports':[{'name':'x','port':80},{'name':'y','port':81}]}}");
        Assert.Equal(open.At("spec"), put.At("spec"));

        var closed = await server.MergeAsync(Services + "/a", "{'spec':{'type':'ClusterIP'}}");
        Assert.All((JsonArray)closed.At("spec", "ports")!, port => Assert.Null(port["nodePort"]));
        Assert.Null(closed.At("spec", "externalTrafficPolicy"));
    }

    [Fact]
    public async Task A_local_load_balancer_gets_a_health_check_port_that_stays()
    {
        await using var server = await KindClient.StartAsync();
        var service = await server.CreateAsync(
            Services, "{'metadata':{'name':'a'},'spec':{'type':'LoadBalancer','externalTrafficPolicy':'Local','ports':[{'port':80}]}}");
        Assert.InRange(service.At("spec", "healthCheckNodePort")!.AsInteger!.Value, 30000, 32767);
        Assert.Equal(
            ["spec.healthCheckNodePort FieldValueForbidden"],
            await server.CausesAsync("PATCH", Services + "/a", "{'spec':{'healthCheckNodePort':31999}}"));
        var cluster = await server.MergeAsync(Services + "/a", "{'spec':{'externalTrafficPolicy':'Cluster'}}");
        Assert.Null(cluster.At("spec", "healthCheckNodePort"));
    }

    [Theory]
    [InlineData("{'ports':[{'port':80,'nodePort':30000},{'port':81,'name':'b','nodePort':30000}],'type':'NodePort'}", "spec.ports[0].name FieldValueRequired|spec.ports[1].nodePort FieldValueDuplicate")]
    [InlineData("{'ports':[{'port':80,'nodePort':29999}],'type':'NodePort'}", "spec.ports[0].nodePort FieldValueInvalid")]
    [InlineData("{'ports':[{'port':80}],'ipFamilies':['IPv6']}", "spec.ipFamilies[0] FieldValueInvalid")]
    [InlineData("{'ports':[{'port':80}],'ipFamilyPolicy':'RequireDualStack'}", "spec.ipFamilyPolicy FieldValueInvalid")]
    [InlineData("{'ports':[{'port':80}],'ipFamilyPolicy':'Odd'}", "spec.ipFamilyPolicy FieldValueNotSupported")]
    [InlineData("{'ports':[{'port':80}],'clusterIPs':['10.96.1.1']}", "spec.clusterIPs FieldValueInvalid")]
    [InlineData("{'ports':[{'port':80}],'externalIPs':['x']}", "spec.externalIPs[0] FieldValueInvalid")]
    [InlineData("{'ports':[{'port':80}],'internalTrafficPolicy':'Odd'}", "spec.internalTrafficPolicy FieldValueNotSupported")]
    [InlineData("{'ports':[{'port':80}],'sessionAffinity':'ClientIP','sessionAffinityConfig':{'clientIP':{'timeoutSeconds':0}}}", "spec.sessionAffinityConfig.clientIP.timeoutSeconds FieldValueInvalid")]
    [InlineData("{'ports':[{'port':80}],'healthCheckNodePort':30001}", "spec.healthCheckNodePort FieldValueInvalid")]
    [InlineData("{'ports':[{'port':80}],'allocateLoadBalancerNodePorts':true}", "spec.allocateLoadBalancerNodePorts FieldValueForbidden")]
    [InlineData("{'type':'ExternalName','externalName':'a_b'}", "spec.externalName FieldValueInvalid")]
    public async Task The_usual_mistakes_are_refused(string spec, string causes)
    {
        await using var server = await KindClient.StartAsync();
        Assert.Equal(causes.Split('|'), await server.CausesAsync("POST", Services, "{'metadata':{'name':'a'},'spec':" + spec + "}"));
    }

    [Theory]
    [Statement("B-14")]
    [InlineData("{'spec':{'clusterIP':'10.96.9.9','clusterIPs':['10.96.9.9']}}")]
    [InlineData("{'spec':{'clusterIP':'None'}}")]
    public async Task The_address_stays(string patch)
    {
        await using var server = await KindClient.StartAsync();
        await server.CreateAsync(Services, "{'metadata':{'name':'a'},'spec':{'ports':[{'port':80}]}}");
        Assert.Equal(["spec.clusterIPs[0] FieldValueInvalid"], await server.CausesAsync("PATCH", Services + "/a", patch));
    }

    [Fact]
    public async Task A_dry_run_takes_nothing()
    {
        await using var server = await KindClient.StartAsync();
        var dry = await server.CreateAsync(Services + "?dryRun=All", "{'metadata':{'name':'a'},'spec':{'type':'NodePort','ports':[{'port':80}]}}");
        Assert.Equal("10.96.0.0", dry.At("spec", "clusterIP")?.AsString);
        Assert.Equal(404, (await server.SendAsync("GET", Services + "/a")).Status);
    }
}
