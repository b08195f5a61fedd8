using Harvester.Samples.UpgradeApi;
using Harvester.Samples.UpgradeController.Simulated;
using k8s.Models;

// One upgrade from its creation to its end, with the status wiped by a full-object PUT on the way out. Arguments: [seed].
var seed = args.Length > 0 && int.TryParse(args[0], out var given) ? given : 1;
await using var cluster = await SimulatedUpgrade.OpenAsync(seed);
var start = cluster.Simulation.Clock.GetUtcNow();
cluster.Log.Written += (category, _, line) => Say(category, line);
cluster.Server.Requests.Recorded += request =>
{
    if (request is { Stored: true, Resource: "upgrades" or "upgradelogs" })
    {
        var what = request.Changes.Count == 0 ? "" : $": {string.Join(", ", request.Changes.Select(change => change.Path))}";
        Say(request.User, $"{request.Verb} {request.Resource}/{request.Name}{what}");
    }
};
cluster.StartController();
var upgrade = await cluster.RunToEndAsync();

Say("user", "a PUT without status, finalizers and uid, with read-message");
var body = await cluster.ReadAsync(upgrade.Name());
body.SetLabel(UpgradeLabels.ReadMessage, "true");
await UserRequests.PutWithoutStatusAsync(cluster.Server, body);
await cluster.RunUntilQuietAsync();

var after = await cluster.ReadAsync(upgrade.Name());
var missing = SimulatedUpgrade.Missing(upgrade.Status, after.Status);
Console.WriteLine(missing.Count == 0 ? "The status is as it was." : string.Join(Environment.NewLine, missing));
return missing.Count == 0 ? 0 : 1;

void Say(string who, string text) =>
    Console.WriteLine($"{(cluster.Simulation.Clock.GetUtcNow() - start).TotalSeconds,7:0.0} s  {who,-12} {text}");
