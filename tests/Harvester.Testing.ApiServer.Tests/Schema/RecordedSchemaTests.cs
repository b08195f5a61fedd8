using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Tests.Schema;

/// <summary>The schema alone, without a server, on bodies kube-apiserver was sent and against what it answered.</summary>
public class RecordedSchemaTests
{
    public static TheoryData<string, string, string> Creates()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var (name, definition) in new[]
                 {
                     ("schema-validation", "plans"),
                     ("schema-pruning-defaulting", "plans"),
                     ("st-schema-values", "gadgets"),
                     ("st-schema-null", "gadgets"),
                     ("schema-cel", "plans"),
                     ("st-cel", "checks"),
                 })
        {
            foreach (var step in (JsonArray)Read($"recorded/{name}.json")["steps"]!)
            {
                if (step["method"]?.AsString == "POST")
                {
                    data.Add(name, definition, step["id"]!.AsString!);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Creates))]
    public void Judges_a_new_object_as_recorded(string name, string definition, string id)
    {
        var recording = Read($"recorded/{name}.json");
        var body = (JsonObject)((JsonArray)recording["steps"]!).Single(s => s["id"]?.AsString == id)["body"]!;
        var answer = ((JsonArray)recording["recorded"]!).Single(s => s["id"]?.AsString == id);
        var version = ((JsonArray)Read($"crds/{definition}.json").At("spec", "versions")!)[0];
        var schema = StructuralSchema.Parse((JsonObject)version.At("schema", "openAPIV3Schema")!);

        var unknown = new List<string>();
        JsonObject pruned;
        try
        {
            pruned = schema.Prune(body, unknown);
        }
        catch (SchemaDecodingException refused)
        {
            Assert.Equal(400, answer["status"]!.AsInteger);
            Assert.EndsWith(": " + refused.Message, answer.At("body", "message")!.AsString);
            return;
        }

        var completed = schema.ApplyDefaults(pruned);
        var errors = new List<FieldError>();
        schema.Validate(completed, null, errors);

        var warnings = ((JsonArray)answer["warnings"]!).Select(w => w.AsString!).Where(w => !w.Contains("metadata.bogus"));
        Assert.Equal(warnings, answer["status"]!.AsInteger == 201 ? unknown.Select(f => $"299 - \"unknown field \\\"{f}\\\"\"") : []);
        Assert.Equal(Causes(answer), errors.Select(e => $"{e.FieldName} {e.Reason} {e.Message}").Order());
        if (answer["status"]!.AsInteger == 201)
        {
            Assert.Equal(answer.At("body", "spec")?.ToString(), Normalised(completed.Find("spec")));
        }
    }

    // The recordings replace instants; scale paths (they start with a dot) are judged by the server, not by the schema.
    private static string? Normalised(JsonValue? spec) => spec?.ToString().Replace("2020-01-01T00:00:00Z", "<time>");

    private static IEnumerable<string> Causes(JsonValue answer) =>
        (answer.At("body", "details", "causes") as JsonArray ?? JsonArray.Empty)
        .Select(c => (Field: c["field"]!.AsString!, Reason: c["reason"]!.AsString, Message: c["message"]!.AsString!))
        .Where(c => !c.Field.StartsWith('.'))
        .Select(c => $"{c.Field} {c.Reason} {c.Message}")
        .Order();

    private static JsonValue Read(string file) =>
        JsonText.Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Conformance", file)));
}
