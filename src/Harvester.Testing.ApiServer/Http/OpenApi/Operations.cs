using System.Text;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using k8s.Models;

namespace Harvester.Testing.ApiServer.Http.OpenApi;

/// <summary>The paths of a kind with what may be asked there: clients read off them which query parameters a kind takes.</summary>
/// <param name="kind">The kind.</param>
/// <param name="form">The version of OpenAPI.</param>
internal sealed class Operations(ResourceKind kind, SchemaForm form)
{
    private const string Text = "string";
    private const string Number = "integer";
    private const string Flag = "boolean";

    private static readonly (string Name, string Type)[] WriteParameters =
        [("dryRun", Text), ("fieldManager", Text), ("fieldValidation", Text)];

    private static readonly (string Name, string Type)[] ListParameters =
    [
        ("allowWatchBookmarks", Flag), ("continue", Text), ("fieldSelector", Text), ("labelSelector", Text), ("limit", Number),
        ("resourceVersion", Text), ("resourceVersionMatch", Text), ("sendInitialEvents", Flag), ("timeoutSeconds", Number), ("watch", Flag),
    ];

    private static readonly (string Name, string Type)[] DeleteParameters =
        [("dryRun", Text), ("gracePeriodSeconds", Number), ("orphanDependents", Flag), ("propagationPolicy", Text)];

    private static readonly string[] PatchTypes =
        ["application/json-patch+json", "application/merge-patch+json", "application/apply-patch+yaml"];

    private readonly string _own = kind.IsCustom ? SchemaNames.OfCustom(kind) : SchemaNames.Of(kind.Model!);

    private string Base => kind.Group.Length == 0 ? "/api/v1" : $"/apis/{kind.ApiVersion}";

    /// <summary>Adds the paths.</summary>
    /// <param name="paths">Receives them.</param>
    public void Add(SortedDictionary<string, JsonObject> paths)
    {
        var scope = kind.Namespaced ? "Namespaced" : "";
        var collection = kind.Namespaced ? $"{Base}/namespaces/{{namespace}}/{kind.Plural}" : $"{Base}/{kind.Plural}";
        var list = ListName();
        if (kind.Namespaced && kind.Verbs.Contains("list"))
        {
            paths[$"{Base}/{kind.Plural}"] = Path(
                false, false, ("get", Operation("list", "list", $"{kind.Kind}ForAllNamespaces", ListParameters, null, list)));
        }

        paths[collection] = Path(
            kind.Namespaced,
            false,
            Has("list", "get", () => Operation("list", "list", scope + kind.Kind, ListParameters, null, list)),
            Has("create", "post", () => Operation("create", "post", scope + kind.Kind, WriteParameters, _own, _own)),
            Has("deletecollection", "delete", () => Operation(
                "delete", "deletecollection", $"Collection{scope}{kind.Kind}", [.. ListParameters, .. DeleteParameters], Options, Status)));
        if (!kind.Verbs.Contains("get") && !kind.Verbs.Contains("patch"))
        {
            return;
        }

        paths[collection + "/{name}"] = Path(
            kind.Namespaced,
            true,
            Has("get", "get", () => Operation("read", "get", scope + kind.Kind, [], null, _own)),
            Has("update", "put", () => Operation("replace", "put", scope + kind.Kind, WriteParameters, _own, _own)),
            Has("patch", "patch", () => Operation("patch", "patch", scope + kind.Kind, [.. WriteParameters, ("force", Flag)], Patch, _own)),
            Has("delete", "delete", () => Operation("delete", "delete", scope + kind.Kind, DeleteParameters, Options, Status)));
        foreach (var below in kind.Subresources)
        {
            AddSubresource(below, $"{collection}/{{name}}/{below.Name}", scope, paths);
        }
    }

    private static string Options => SchemaNames.Of(typeof(V1DeleteOptions));

    private static string Status => SchemaNames.Of(typeof(V1Status));

    private static string Patch => SchemaNames.MetaPackage + ".Patch";

    private void AddSubresource(SubresourceEntry below, string path, string scope, SortedDictionary<string, JsonObject> paths)
    {
        var schema = below.Name switch
        {
            "scale" => SchemaNames.Scale,
            "status" or "approval" or "finalize" or "ephemeralcontainers" or "resize" => _own,
            _ => null,
        };
        if (schema is null)
        {
            return;
        }

        var name = $"{scope}{kind.Kind}{char.ToUpperInvariant(below.Name[0])}{below.Name[1..]}";
        paths[path] = Path(
            kind.Namespaced,
            true,
            OfSubresource("get", "get", () => Operation("read", "get", name, [], null, schema, below)),
            OfSubresource("update", "put", () => Operation("replace", "put", name, WriteParameters, schema, schema, below)),
            OfSubresource("patch", "patch", () => Operation("patch", "patch", name, [.. WriteParameters, ("force", Flag)], Patch, schema, below)));

        (string, JsonObject?) OfSubresource(string verb, string method, Func<JsonObject> operation) =>
            (method, below.Verbs.Contains(verb) ? operation() : null);
    }

    private string ListName() => kind.IsCustom
        ? SchemaNames.OfCustom(kind, "List")
        : kind.Model!.Assembly.GetType(kind.Model.FullName + "List") is { } list ? SchemaNames.Of(list) : _own;

    private (string Method, JsonObject? Operation) Has(string verb, string method, Func<JsonObject> operation) =>
        (method, kind.Verbs.Contains(verb) ? operation() : null);

    private JsonObject Path(bool inNamespace, bool named, params (string Method, JsonObject? Operation)[] operations)
    {
        var parameters = new List<JsonValue>();
        if (named)
        {
            parameters.Add(Parameter("name", "path", Text).With("required", true));
        }

        if (inNamespace)
        {
            parameters.Add(Parameter("namespace", "path", Text).With("required", true));
        }

        parameters.Add(Parameter("pretty", "query", Text));
        return JsonObject.Of([
            .. operations.Select(operation => (operation.Method, (JsonValue?)operation.Operation)),
            ("parameters", JsonArray.Of(parameters)),
        ]);
    }

    private JsonObject Operation(
        string verb,
        string action,
        string name,
        IEnumerable<(string Name, string Type)> query,
        string? body,
        string answer,
        SubresourceEntry? below = null)
    {
        var parameters = query.Select(one => (JsonValue)Parameter(one.Name, "query", one.Type)).ToList();
        var isPatch = body == Patch;
        if (body is not null && !form.IsThree)
        {
            parameters.Add(JsonObject.Of(
                ("name", "body"), ("in", "body"), ("required", body == Options ? null : (JsonValue)true), ("schema", form.Reference(body))));
        }

        var mark = JsonObject.Of(
            ("group", below?.Group ?? kind.Group), ("version", below?.Version ?? kind.Version), ("kind", below?.Kind ?? kind.Kind));
        var created = action == "post" ? "201" : "200";
        return JsonObject.Of(
            ("operationId", verb + IdOfVersion() + name),
            ("tags", JsonArray.Of(Tag())),
            ("parameters", parameters.Count == 0 ? null : JsonArray.Of(parameters)),
            ("requestBody", body is null || !form.IsThree ? null : Content(
                body, isPatch ? PatchTypes.Concat(kind.IsCustom ? [] : ["application/strategic-merge-patch+json"]) : ["*/*"])),
            ("consumes", form.IsThree || body is null ? null : Texts(isPatch
                ? PatchTypes.Concat(kind.IsCustom ? [] : ["application/strategic-merge-patch+json"])
                : ["application/json", "application/yaml"])),
            ("produces", form.IsThree ? null : Texts(["application/json", "application/yaml"])),
            ("responses", JsonObject.Of(
                ("200", Answer(answer)),
                (created, Answer(answer)),
                ("401", JsonObject.Of(("description", "Unauthorized"))))),
            ("x-kubernetes-action", action),
            ("x-kubernetes-group-version-kind", mark));
    }

    private JsonObject Answer(string schema) => form.IsThree
        ? Content(schema, ["application/json", "application/yaml"]).With("description", "OK")
        : JsonObject.Of(("description", "OK"), ("schema", form.Reference(schema)));

    private JsonObject Content(string schema, IEnumerable<string> types) => JsonObject.Of(
        ("content", JsonObject.Of(types.Select(type => (type, (JsonValue?)JsonObject.Of(("schema", form.Reference(schema))))))));

    private JsonObject Parameter(string name, string place, string type) => form.IsThree
        ? JsonObject.Of(("name", name), ("in", place), ("schema", JsonObject.Of(("type", type), ("uniqueItems", true))))
        : JsonObject.Of(("name", name), ("in", place), ("type", type), ("uniqueItems", true));

    // Core and the groups of Kubernetes are named short, others whole.
    private IEnumerable<string> GroupWords()
    {
        if (kind.Group.Length == 0)
        {
            return ["core"];
        }

        var group = !kind.IsCustom && kind.Group.EndsWith(".k8s.io", StringComparison.Ordinal) ? kind.Group[..^".k8s.io".Length] : kind.Group;
        return group.Split('.', '-');
    }

    private string IdOfVersion()
    {
        var text = new StringBuilder();
        foreach (var word in GroupWords().Append(kind.Version).Where(word => word.Length > 0))
        {
            text.Append(char.ToUpperInvariant(word[0])).Append(word.AsSpan(1));
        }

        return text.ToString();
    }

    private string Tag()
    {
        var words = string.Concat(GroupWords().Select((word, i) => i == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
        return $"{words}_{kind.Version}";
    }

    private static JsonArray Texts(IEnumerable<string> texts) => JsonArray.Of(texts.Select(text => (JsonValue)text));
}
