using System.Text.Json.Nodes;
using Harvester.Testing.ApiServer;
using k8s;

public class IncidentTests
{
    [Fact]
    public async Task A_full_object_put_without_status_removes_the_status()
    {
        await using var server = await KubernetesApiServer.StartAsync(o => o.AddCustomResourceDefinitions("upgrades.yaml"));
        using var page = server.CreateClient(asUser: "ui");
        var upgrade = JsonNode.Parse("""{"apiVersion":"harvesterhci.io/v1beta1","kind":"Upgrade","metadata":{"name":"up"},"spec":{"version":"v1.8.2"},"status":{"previousVersion":"v1.8.1"}}""");
        var stored = await page.CustomObjects.CreateNamespacedCustomObjectAsync(upgrade, "harvesterhci.io", "v1beta1", "default", "upgrades");

        var body = JsonNode.Parse(stored.ToString()!)!.AsObject();
        body["metadata"]!["labels"] = new JsonObject { ["harvesterhci.io/read-message"] = "true" };
        body.Remove("status");
        await page.CustomObjects.ReplaceNamespacedCustomObjectAsync(body, "harvesterhci.io", "v1beta1", "default", "upgrades", "up");

        Assert.False(server.History("upgrades", "default", "up")[^1].Object.Has("status"));
        Assert.Contains(server.Requests, r => r is { User: "ui", Verb: "update" } && r.Changes.Any(c => c.Path.StartsWith("status")));
    }
}
