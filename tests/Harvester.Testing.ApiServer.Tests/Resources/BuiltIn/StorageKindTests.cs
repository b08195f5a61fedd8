using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Tests.Statements;

namespace Harvester.Testing.ApiServer.Tests.Resources.BuiltIn;

public sealed class StorageKindTests
{
    private const string Claims = KindClient.Core + "persistentvolumeclaims";

    private const string Classes = "/apis/storage.k8s.io/v1/storageclasses";

    private const string Claim = "{'metadata':{'name':'c'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}";

    [Fact]
    public async Task A_claim_gets_the_newest_default_class_and_a_finalizer()
    {
        await using var server = await KindClient.StartAsync();
        await server.CreateAsync(Classes, "{'metadata':{'name':'slow'},'provisioner':'p.io/x'}");
        await server.CreateAsync(Classes, "{'metadata':{'name':'fast','annotations':{'storageclass.kubernetes.io/is-default-class':'true'}},'provisioner':'p.io/x'}");
        var claim = await server.CreateAsync(Claims, Claim);
        Assert.Equal("fast", claim.At("spec", "storageClassName")?.AsString);
        Assert.Equal("[\"kubernetes.io/pvc-protection\"]", claim.At("metadata", "finalizers")?.ToString());
        Assert.Equal("Pending", claim.At("status", "phase")?.AsString);
        var own = await server.CreateAsync(Claims, Claim.Replace("'c'", "'d'", StringComparison.Ordinal).Replace("'spec':{", "'spec':{'storageClassName':'',", StringComparison.Ordinal));
        Assert.Equal("", own.At("spec", "storageClassName")?.AsString);
    }

    [Fact]
    [Statement("B-14")]
    public async Task Only_a_bound_claim_of_an_expandable_class_grows()
    {
        const string bigger = "{'spec':{'resources':{'requests':{'storage':'2Gi'}}}}";
        const string smaller = "{'spec':{'resources':{'requests':{'storage':'1Mi'}}}}";
        await using var server = await KindClient.StartAsync();
        await server.CreateAsync(Classes, "{'metadata':{'name':'k'},'provisioner':'p.io/x'}");
        await server.CreateAsync(Claims, Claim.Replace("'spec':{", "'spec':{'storageClassName':'k',", StringComparison.Ordinal));
        var (status, refused, _) = await server.SendAsync("PATCH", Claims + "/c", bigger, "application/merge-patch+json");
        Assert.Equal(422, status);
        Assert.Contains("\n-   \"storage\": \"1Gi\"\n+   \"storage\": \"2Gi\"\n", ((JsonArray)refused.At("details", "causes")!)[0]["message"]?.AsString, StringComparison.Ordinal);

        await server.MergeAsync(Claims + "/c/status", "{'status':{'phase':'Bound','capacity':{'storage':'1Gi'}}}");
        Assert.Contains("storageclass that provisions the pvc must support resize", await server.RefusalAsync("PATCH", Claims + "/c", bigger), StringComparison.Ordinal);
        await server.MergeAsync(Classes + "/k", "{'allowVolumeExpansion':true}");
        await server.MergeAsync(Claims + "/c", bigger);
        Assert.Equal(["spec.resources.requests.storage FieldValueForbidden"], await server.CausesAsync("PATCH", Claims + "/c", smaller));
    }

    [Fact]
    public async Task A_volume_is_pending_and_tells_when_its_phase_changed()
    {
        await using var server = await KindClient.StartAsync();
        var volume = await server.CreateAsync(
            "/api/v1/persistentvolumes",
            "{'metadata':{'name':'v'},'spec':{'capacity':{'storage':'1024Mi'},'accessModes':['ReadWriteOnce'],'nfs':{'server':'s','path':'/x'}}}");
        Assert.Equal("1Gi", volume.At("spec", "capacity", "storage")?.AsString);
        Assert.Equal("Retain", volume.At("spec", "persistentVolumeReclaimPolicy")?.AsString);
        Assert.NotNull(volume.At("status", "lastPhaseTransitionTime")?.AsString);
        Assert.Equal(
            ["spec.persistentvolumesource FieldValueForbidden"],
            await server.CausesAsync("PATCH", "/api/v1/persistentvolumes/v", "{'spec':{'nfs':{'path':'/y'}}}"));
    }

    [Theory]
    [InlineData("{'accessModes':['ReadWriteOncePod','ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}", "spec.accessModes FieldValueForbidden")]
    [InlineData("{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}},'dataSource':{'kind':'Odd','name':'x'}}", "spec.dataSource FieldValueInvalid|spec.dataSourceRef FieldValueInvalid")]
    [InlineData("{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}},'storageClassName':'A'}", "spec.storageClassName FieldValueInvalid")]
    public async Task The_usual_mistakes_in_claims_are_refused(string spec, string causes)
    {
        await using var server = await KindClient.StartAsync();
        Assert.Equal(causes.Split('|'), await server.CausesAsync("POST", Claims, "{'metadata':{'name':'c'},'spec':" + spec + "}"));
    }
}
