using System.Collections.Concurrent;
using System.Text.Json;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>Reads custom resource definitions from files. Equal texts are read once per process and share their schemas.</summary>
internal static class DefinitionFiles
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<JsonObject>> Known = new(StringComparer.Ordinal);

    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    public static IReadOnlyList<JsonObject> Read(string fileOrFolder)
    {
        if (Directory.Exists(fileOrFolder))
        {
            var files = Directory.GetFiles(fileOrFolder)
                .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)
                .ToList();
            return files.Count == 0
                ? throw new InvalidDefinitionException($"{fileOrFolder}: the folder holds no .yaml, .yml or .json file; name a folder with custom resource definitions.")
                : [.. files.SelectMany(ReadFile)];
        }

        return ReadFile(fileOrFolder);
    }

    public static IReadOnlyList<JsonObject> Parse(string text, string source)
    {
        if (Known.TryGetValue(text, out var known))
        {
            return known;
        }

        var definitions = ParseDocuments(text, source).SelectMany(document => Check(document, source)).ToList();
        if (definitions.Count == 0)
        {
            throw new InvalidDefinitionException($"{source}: there is nothing in it; it must hold a CustomResourceDefinition.");
        }

        Known.TryAdd(text, definitions);
        return definitions;
    }

    private static IReadOnlyList<JsonObject> ReadFile(string file)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDefinitionException($"{file}: there is no such file or folder; check the path of the custom resource definitions.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDefinitionException($"{file}: cannot be read: {OneLine(failure.Message)}", failure);
        }

        return Parse(text, file);
    }

    private static IReadOnlyList<JsonValue> ParseDocuments(string text, string source)
    {
        try
        {
            return text.AsSpan().TrimStart() is ['{', ..] ? [JsonText.Read(text)] : YamlText.Read(text);
        }
        catch (JsonException failure)
        {
            throw new InvalidDefinitionException($"{source}: is not JSON: {OneLine(failure.Message)}", failure);
        }
        catch (FormatException failure)
        {
            throw new InvalidDefinitionException($"{source}: is not YAML: {OneLine(failure.Message)}", failure);
        }
    }

    private static IEnumerable<JsonObject> Check(JsonValue document, string source)
    {
        var kind = document["kind"]?.AsString;
        if (kind == "List" && document["items"] is JsonArray items)
        {
            return items.SelectMany(item => Check(item, source));
        }

        if (document is not JsonObject definition || kind != "CustomResourceDefinition")
        {
            throw new InvalidDefinitionException(
                $"{source}: holds {(kind is null ? "something without a kind" : $"a {OneLine(kind)}")}, not a CustomResourceDefinition; leave it out or name another file.");
        }

        return definition.Find("apiVersion")?.AsString == "apiextensions.k8s.io/v1"
            ? [definition.Without("status")]
            : throw new InvalidDefinitionException(
                $"{source}: is a CustomResourceDefinition of apiVersion {OneLine(definition.Find("apiVersion")?.ToString() ?? "none")}; only apiextensions.k8s.io/v1 is served.");
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
