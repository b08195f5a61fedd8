using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>What is special about custom resource definitions: names left out, conditions, and when one is served (X-3).</summary>
internal static class DefinitionRules
{
    public const string Finalizer = "customresourcecleanup.apiextensions.k8s.io";

    public static bool IsEstablished(JsonObject definition) => HasCondition(definition, "Established", "True");

    public static bool HasCondition(JsonObject definition, string type, string status) =>
        (definition.At("status", "conditions") as JsonArray ?? JsonArray.Empty)
        .Any(condition => condition["type"]?.AsString == type && condition["status"]?.AsString == status);

    /// <summary>Fills in what a definition may leave out.</summary>
    public static JsonObject Complete(JsonObject definition)
    {
        if (definition.At("spec", "names") is not JsonObject names)
        {
            return definition;
        }

        var kind = names.Find("kind")?.AsString ?? "";
        var completed = new JsonObject.Builder(names);
        completed.TryAdd("listKind", kind + "List");
        completed.TryAdd("singular", kind.ToLowerInvariant());
        definition = definition.WithAt(["spec", "names"], completed.Build());
        return definition.At("spec", "conversion") is null
            ? definition.WithAt(["spec", "conversion"], JsonObject.Of(("strategy", "None")))
            : definition;
    }

    /// <summary>Accepts the names and establishes the definition, as two controllers of kube-apiserver do soon after.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="others">All other definitions.</param>
    /// <param name="now">The time of the conditions.</param>
    public static JsonObject Establish(JsonObject definition, IEnumerable<JsonObject> others, DateTimeOffset now)
    {
        var names = definition.At("spec", "names") as JsonObject ?? JsonObject.Empty;
        var group = definition.At("spec", "group")?.AsString;
        var versions = (definition.At("spec", "versions") as JsonArray ?? JsonArray.Empty).ToList();
        var storage = versions.Find(version => version["storage"]?.AsBoolean == true)?["name"] ?? "";
        var time = ObjectMetadata.Timestamp(now);
        var past = definition.At("status", "conditions") as JsonArray ?? JsonArray.Empty;
        var rivals = others
            .Where(other => other.At("spec", "group")?.AsString == group)
            .Select(other => other.At("status", "acceptedNames") as JsonObject ?? JsonObject.Empty)
            .ToList();

        // X-4: within a group a name belongs to who came first.
        var (reason, message) = Clash(names, rivals);
        var stored = definition.At("status", "storedVersions") as JsonArray ?? JsonArray.Empty;
        if (!stored.Contains(storage))
        {
            stored = JsonArray.Of([.. stored, storage]);
        }

        var accepted = reason is null ? names : WithoutClashes(names, rivals);
        var established = reason is null || IsEstablished(definition);
        var conditions = JsonArray.Of(
            Condition("NamesAccepted", reason is null, reason ?? "NoConflicts", message ?? "no conflicts found", time, past),
            Condition(
                "Established",
                established,
                established ? "InitialNamesAccepted" : "NotAccepted",
                established ? "the initial names have been accepted" : "not all names are accepted",
                time,
                past));
        return definition.With("status", JsonObject.Of(
            ("conditions", conditions),
            ("acceptedNames", accepted),
            ("storedVersions", stored)));
    }

    /// <summary>Brings the status of every definition up to date and stores what changed.</summary>
    public static void EstablishAll(ServerCore server)
    {
        var kind = BuiltInKinds.Find(CustomKinds.Definitions.Group, "v1", CustomKinds.Definitions.Resource)!;
        foreach (var definition in server.Log.State.Of(CustomKinds.Definitions).Values)
        {
            if (ObjectMetadata.IsBeingDeleted(definition.Object))
            {
                continue;
            }

            var others = server.Log.State.Of(CustomKinds.Definitions).Values
                .Where(other => other.Name != definition.Name)
                .Select(other => other.Object);
            var established = Establish(definition.Object, others, server.Now);
            if (!established.Equals(definition.Object))
            {
                server.Append(kind, null, definition.Name, ChangeType.Modified, established, "system:apiserver");
            }
        }
    }

    /// <summary>What keeps a definition from being stored, of what is looked at so far.</summary>
    public static void Validate(JsonObject definition, List<Cause> causes)
    {
        var spec = definition.Find("spec") as JsonObject ?? JsonObject.Empty;
        Require(spec.Find("group"), "spec.group", causes);
        Require(spec.At("names", "plural"), "spec.names.plural", causes);
        Require(spec.At("names", "kind"), "spec.names.kind", causes);
        if (spec.Find("scope")?.AsString is not ("Namespaced" or "Cluster"))
        {
            causes.Add(spec.Find("scope")?.AsString is { Length: > 0 } scope
                ? new Cause("FieldValueNotSupported", $"Unsupported value: \"{scope}\": supported values: \"Cluster\", \"Namespaced\"", "spec.scope")
                : new Cause("FieldValueRequired", "Required value", "spec.scope"));
        }

        var versions = (spec.Find("versions") as JsonArray ?? JsonArray.Empty).ToList();
        if (versions.Count(version => version["storage"]?.AsBoolean == true) != 1)
        {
            causes.Add(new Cause(
                "FieldValueInvalid",
                "Invalid value: must have exactly one version marked as storage version",
                "spec.versions"));
        }

        for (var i = 0; i < versions.Count; i++)
        {
            var field = $"spec.versions[{i}].schema.openAPIV3Schema";
            if (versions[i].At("schema", "openAPIV3Schema") is not JsonObject schema)
            {
                causes.Add(new Cause("FieldValueRequired", "Required value: schemas are required", field));
                continue;
            }

            try
            {
                CustomKinds.SchemaOf(schema);
            }
            catch (ArgumentException failure)
            {
                causes.Add(new Cause("FieldValueInvalid", $"Invalid value: {failure.Message}", field));
            }
            catch (NotSupportedException failure)
            {
                throw ApiFailure.Unsupported($"a part of the schema at {field} ({failure.Message})");
            }
        }

        var expected = $"{spec.At("names", "plural")?.AsString}.{spec.Find("group")?.AsString}";
        if (ObjectMetadata.Name(definition) is { Length: > 0 } name && name != expected)
        {
            causes.Add(new Cause(
                "FieldValueInvalid",
                $"Invalid value: \"{name}\": must be spec.names.plural+\".\"+spec.group",
                "metadata.name"));
        }
    }

    private static void Require(JsonValue? value, string field, List<Cause> causes)
    {
        if (value?.AsString is null or { Length: 0 })
        {
            causes.Add(new Cause("FieldValueRequired", "Required value", field));
        }
    }

    private static (string? Reason, string? Message) Clash(JsonObject names, List<JsonObject> rivals)
    {
        foreach (var rival in rivals)
        {
            foreach (var (member, reason) in new[] { ("plural", "PluralConflict"), ("singular", "SingularConflict"), ("kind", "KindConflict"), ("listKind", "ListKindConflict") })
            {
                if (names.Find(member) is { } name && name.Equals(rival.Find(member)))
                {
                    return (reason, $"{name} is already in use");
                }
            }

            if (names.Find("shortNames") is JsonArray mine && rival.Find("shortNames") is JsonArray theirs
                && mine.FirstOrDefault(theirs.Contains) is { } taken)
            {
                return ("ShortNamesConflict", $"{taken} is already in use");
            }
        }

        return (null, null);
    }

    private static JsonObject WithoutClashes(JsonObject names, List<JsonObject> rivals)
    {
        foreach (var rival in rivals)
        {
            foreach (var member in (ReadOnlySpan<string>)["plural", "singular", "kind", "listKind"])
            {
                if (names.Find(member) is { } name && name.Equals(rival.Find(member)))
                {
                    names = names.Without(member);
                }
            }
        }

        return names;
    }

    // A condition that stays as it was keeps its time.
    private static JsonObject Condition(string type, bool status, string reason, string message, string time, JsonArray past)
    {
        var word = status ? "True" : "False";
        var kept = past.OfType<JsonObject>().FirstOrDefault(condition =>
            condition.Find("type")?.AsString == type && condition.Find("status")?.AsString == word);
        return JsonObject.Of(
            ("type", type),
            ("status", word),
            ("lastTransitionTime", kept?.Find("lastTransitionTime") ?? time),
            ("reason", reason),
            ("message", message));
    }
}
