using Harvester.Testing.ApiServer.Tests.Resources.BuiltIn;
using Harvester.Testing.ApiServer.Tests.Statements;

namespace Harvester.Testing.ApiServer.Tests.Http;

[Statement("B-49")]
public sealed class BuiltInTableTests
{
    [Theory]
    [InlineData("{'phase':'Running','containerStatuses':[{'name':'c','image':'','imageID':'','ready':true,'restartCount':0,'state':{'running':{}}}]}", "1/1", "Running", "0")]
    [InlineData("{'phase':'Running','containerStatuses':[{'name':'c','image':'','imageID':'','ready':false,'restartCount':3,'state':{'terminated':{'exitCode':1,'reason':'OOMKilled'}}}]}", "0/1", "OOMKilled", "3")]
    [InlineData("{'phase':'Running','containerStatuses':[{'name':'c','image':'','imageID':'','ready':false,'restartCount':0,'state':{'terminated':{'exitCode':3}}}]}", "0/1", "ExitCode:3", "0")]
    [InlineData("{'phase':'Pending','initContainerStatuses':[{'name':'i','image':'','imageID':'','ready':false,'restartCount':0,'state':{'running':{}}}]}", "0/1", "Init:0/1", "0")]
    [InlineData("{'phase':'Pending','initContainerStatuses':[{'name':'i','image':'','imageID':'','ready':false,'restartCount':2,'state':{'waiting':{'reason':'CrashLoopBackOff'}}}]}", "0/1", "Init:CrashLoopBackOff", "2")]
    [InlineData("{'phase':'Failed','reason':'Evicted'}", "0/1", "Evicted", "0")]
    public async Task A_pods_row_sums_its_containers_up(string status, string ready, string state, string restarts)
    {
        await using var server = await KindClient.StartAsync();
        const string pods = KindClient.Core + "pods";
        await server.CreateAsync(pods, "{'metadata':{'name':'p'},'spec':{'initContainers':[{'name':'i','image':'i:1'}],'containers':[{'name':'c','image':'i:1'}]}}");
        await server.MergeAsync(pods + "/p/status", "{'status':" + status + "}");
        var row = (await server.TableAsync(pods))[1];
        Assert.Equal(["p", ready, state, restarts], row[..4]);
    }

    [Theory]
    [InlineData("/apis/policy/v1/namespaces/default/poddisruptionbudgets", "{'spec':{'minAvailable':1}}", "Name,Min Available,Max Unavailable,Allowed Disruptions,Age", "x,1,N/A,0")]
    [InlineData("/apis/networking.k8s.io/v1/namespaces/default/ingresses", "{'spec':{'rules':[{'host':'a.io'},{'host':'b.io'},{'host':'c.io'},{'host':'d.io'}]}}", "Name,Class,Hosts,Address,Ports,Age", "x,<none>,a.io,b.io,c.io + 1 more...,,80")]
    [InlineData("/apis/networking.k8s.io/v1/namespaces/default/networkpolicies", "{'spec':{'podSelector':{'matchExpressions':[{'key':'k','operator':'In','values':['b','a']}],'matchLabels':{'a':'b'}}}}", "Name,Pod-Selector,Age", "x,a=b,k in (a,b)")]
    [InlineData("/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings", "{'roleRef':{'kind':'Role','name':'r'}}", "Name,Role,Age,Users,Groups,ServiceAccounts", "x,Role/r")]
    [InlineData("/apis/storage.k8s.io/v1/storageclasses", "{'provisioner':'p.io/x'}", "Name,Provisioner,ReclaimPolicy,VolumeBindingMode,AllowVolumeExpansion,Age", "x,p.io/x,Delete,Immediate,false")]
    [InlineData("/api/v1/namespaces/default/services", "{'spec':{'type':'ExternalName','externalName':'a.io'}}", "Name,Type,Cluster-IP,External-IP,Port(s),Age,Selector", "x,ExternalName,<none>,a.io,<none>")]
    [InlineData("/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers", "{'spec':{'maxReplicas':3,'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'d'}}}", "Name,Reference,Targets,MinPods,MaxPods,Replicas,Age", "x,Deployment/d,cpu: <unknown>/80%,1,3,0")]
    [InlineData("/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles", "{}", "Name,Created At", "x")]
    public async Task Kinds_have_columns_of_their_own(string path, string body, string columns, string cells)
    {
        await using var server = await KindClient.StartAsync();
        await server.CreateAsync(path, "{'metadata':{'name':'x'}" + (body == "{}" ? "}" : "," + body[1..]));
        var table = await server.TableAsync(path);
        Assert.Equal(columns, string.Join(',', table[0]));
        var row = table.Single(line => line[0] == "x");
        Assert.StartsWith(cells, string.Join(',', row), StringComparison.Ordinal);
    }

    [Theory]
    [Statement("B-50")]
    [InlineData("/api/v1", "namespaces", "create,delete,get,list,patch,update,watch")]
    [InlineData("/api/v1", "pods/eviction", "create")]
    [InlineData("/api/v1", "componentstatuses", "get,list")]
    [InlineData("/apis/certificates.k8s.io/v1", "certificatesigningrequests/approval", "get,patch,update")]
    public async Task Discovery_tells_what_can_be_done(string path, string resource, string verbs)
    {
        await using var server = await KindClient.StartAsync();
        var entry = ((Json.JsonArray)(await server.GetAsync(path))["resources"]!).Single(item => item["name"]?.AsString == resource);
        Assert.Equal(verbs, string.Join(',', ((Json.JsonArray)entry["verbs"]!).Select(verb => verb.AsString)));
    }

    [Theory]
    [Statement("B-15")]
    [InlineData("/api/v1/namespaces/default/configmaps?fieldSelector=data.a%3D1", "\"data.a\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")]
    [InlineData("/api/v1/namespaces/default/pods?fieldSelector=spec.priority%3D1", "field label not supported: spec.priority")]
    [InlineData("/apis/batch/v1/jobs?fieldSelector=status.active%3D1", "field label \"status.active\" not supported for Job")]
    public async Task Unknown_fields_of_selectors_are_refused(string path, string message)
    {
        await using var server = await KindClient.StartAsync();
        var (status, body, _) = await server.SendAsync("GET", path);
        Assert.Equal(400, status);
        Assert.Equal(message, body["message"]?.AsString);
    }
}
