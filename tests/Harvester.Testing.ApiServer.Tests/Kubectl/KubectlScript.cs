using System.Text.Json.Nodes;

namespace Harvester.Testing.ApiServer.Tests.Kubectl;

/// <summary>A sequence of kubectl calls.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Definitions">The files of custom resource definitions it uses.</param>
/// <param name="Steps">The calls, as written.</param>
internal sealed record KubectlScript(string Name, IReadOnlyList<string> Definitions, IReadOnlyList<JsonObject> Steps)
{
    /// <summary>Where scripts and recordings lie beside the tests.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Kubectl");

    /// <summary>Reads a script.</summary>
    /// <param name="name">Its name.</param>
    public static KubectlScript Read(string name)
    {
        var script = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "scripts", name + ".json")))!.AsObject();
        return new KubectlScript(
            name,
            [.. (script["crds"] as JsonArray ?? []).Select(file => file!.GetValue<string>())],
            [.. script["steps"]!.AsArray().Select(step => step!.AsObject())]);
    }

    /// <summary>The step of an id; a join counts as the step it joins.</summary>
    public JsonObject? Find(string id)
    {
        var step = Steps.FirstOrDefault(one => one["id"]?.GetValue<string>() == id);
        return step?["join"]?.GetValue<string>() is { } joined ? Find(joined) : step;
    }
}

/// <summary>What a call printed.</summary>
/// <param name="Id">The step.</param>
/// <param name="Exit">The exit code, or a word for what became of the call.</param>
/// <param name="Output">Standard output, normalised.</param>
/// <param name="Error">Standard error, normalised.</param>
internal sealed record KubectlResult(string Id, string Exit, string Output, string Error)
{
    /// <summary>The recorded results of a script.</summary>
    /// <param name="version">The version of kubectl, such as <c>1.32</c>.</param>
    /// <param name="name">The script.</param>
    public static IReadOnlyList<KubectlResult> Recorded(string version, string name)
    {
        var recording = JsonNode.Parse(File.ReadAllText(Path.Combine(KubectlScript.Folder, "recorded", version, name + ".json")))!;
        return [.. recording["recorded"]!.AsArray().Select(step => new KubectlResult(
            step!["id"]!.GetValue<string>(),
            step["exit"]!.ToString(),
            Lines(step["stdout"]!),
            Lines(step["stderr"]!)))];
    }

    private static string Lines(JsonNode lines) => string.Join('\n', lines.AsArray().Select(line => line!.GetValue<string>()));
}
