using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources.Definitions;

/// <summary>
/// What two controllers of kube-apiserver write into a definition's status (X-3, X-4): the names it was given, and whether it is
/// served. Within a group a name belongs to who had it first.
/// </summary>
internal static class DefinitionStatus
{
    /// <summary>The finalizer that keeps a definition until its objects are gone (X-5).</summary>
    public const string Finalizer = "customresourcecleanup.apiextensions.k8s.io";

    private static readonly string[] ResourceNames = ["plural", "singular"];

    private static readonly string[] KindNames = ["kind", "listKind"];

    /// <summary>True when the definition's kind is served.</summary>
    /// <param name="definition">The definition.</param>
    public static bool IsEstablished(JsonObject definition) => HasCondition(definition, "Established", "True");

    /// <summary>True when a condition has a status.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="type">The condition's type.</param>
    /// <param name="status">The status.</param>
    public static bool HasCondition(JsonObject definition, string type, string status) =>
        Conditions(definition).Any(condition => condition["type"]?.AsString == type && condition["status"]?.AsString == status);

    /// <summary>The definition with a condition set; one whose status stays keeps its time.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="condition">The condition, without a time.</param>
    /// <param name="now">The time of a change.</param>
    public static JsonObject WithCondition(JsonObject definition, JsonObject condition, DateTimeOffset now)
    {
        var conditions = Conditions(definition).ToList();
        var at = conditions.FindIndex(item => Equals(item["type"], condition.Find("type")));
        var past = at < 0 ? null : conditions[at];
        var time = past is not null && Equals(past["status"], condition.Find("status"))
            ? past["lastTransitionTime"]
            : ObjectMetadata.Timestamp(now);
        var dated = condition.With("lastTransitionTime", time);
        if (at < 0)
        {
            conditions.Add(dated);
        }
        else
        {
            conditions[at] = dated;
        }

        return definition.WithAt(["status", "conditions"], JsonArray.Of(conditions));
    }

    /// <summary>A condition without its time.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="status">Its status.</param>
    /// <param name="reason">Why, in a word.</param>
    /// <param name="message">Why, in a sentence.</param>
    public static JsonObject Condition(string type, bool status, string reason, string message) => JsonObject.Of(
        ("type", type), ("status", status ? "True" : "False"), ("reason", reason), ("message", message));

    /// <summary>Brings the status of every definition up to date and stores what changed.</summary>
    /// <param name="server">The server.</param>
    public static void EstablishAll(ServerCore server)
    {
        var kind = BuiltInKinds.Find(CustomKinds.Definitions.Group, "v1", CustomKinds.Definitions.Resource)!;
        var definitions = server.Log.State.Of(CustomKinds.Definitions).Values.OrderBy(item => item.Number).ToList();
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var name in definitions.Select(item => item.Name))
            {
                var state = server.Log.State.Of(CustomKinds.Definitions);
                if (server.Log.State.Find(CustomKinds.Definitions, null, name) is not { } definition)
                {
                    continue;
                }

                var others = state.Values.Where(other => other.Name != name).Select(other => other.Object);
                var established = Establish(definition.Object, others, server.Now);
                if (!established.Equals(definition.Object))
                {
                    server.Append(kind, null, name, ChangeType.Modified, established, "system:apiserver");

                    // A name given up may be what another definition waits for.
                    changed = true;
                }
            }
        }
    }

    /// <summary>True when a change ends the watches on a definition's objects (W-11): its spec or names are others now, or it is gone; not while it waits for its end.</summary>
    /// <param name="definition">The definition as it was when the watch began.</param>
    /// <param name="change">A change to any object.</param>
    public static bool EndsWatches(StoredRevision definition, StoredRevision change) =>
        change.Resource == definition.Resource
        && change.Name == definition.Name
        && change.Number > definition.Number
        && (change.Type == ChangeType.Deleted
            || (!ObjectMetadata.IsBeingDeleted(change.Object) && (
                !Equals(change.Object.Find("spec"), definition.Object.Find("spec"))
                || !Equals(change.Object.At("status", "acceptedNames"), definition.Object.At("status", "acceptedNames")))));

    private static IEnumerable<JsonValue> Conditions(JsonObject definition) =>
        definition.At("status", "conditions") as JsonArray ?? JsonArray.Empty;

    private static JsonObject Establish(JsonObject definition, IEnumerable<JsonObject> others, DateTimeOffset now)
    {
        var wanted = definition.At("spec", "names") as JsonObject ?? JsonObject.Empty;
        var accepted = definition.At("status", "acceptedNames") as JsonObject ?? JsonObject.Empty;
        if (!wanted.Equals(accepted) || !HasCondition(definition, "NamesAccepted", "True"))
        {
            var (names, condition) = Accept(definition, wanted, accepted, others);
            definition = definition.WithAt(["status", "acceptedNames"], names);
            definition = WithCondition(definition, condition, now);
            if (condition.Find("status")?.AsString != "True" && !IsEstablished(definition))
            {
                definition = WithCondition(definition, Condition("Established", false, "NotAccepted", "not all names are accepted"), now);
            }
        }

        return HasCondition(definition, "NamesAccepted", "True") && !IsEstablished(definition)
            ? WithCondition(
                definition,
                Condition("Established", true, "InitialNamesAccepted", "the initial names have been accepted"),
                now)
            : definition;
    }

    // Each name is taken by itself; of several clashes the last is told.
    private static (JsonObject Names, JsonObject Condition) Accept(
        JsonObject definition, JsonObject wanted, JsonObject accepted, IEnumerable<JsonObject> others)
    {
        var group = definition.At("spec", "group");
        var rivals = others
            .Where(other => Equals(other.At("spec", "group"), group))
            .Select(other => other.At("status", "acceptedNames") as JsonObject ?? JsonObject.Empty)
            .ToList();
        var resources = Taken(rivals, ResourceNames).Concat(rivals.SelectMany(names => names.Find("shortNames") as JsonArray ?? JsonArray.Empty)).ToHashSet();
        var kinds = Taken(rivals, KindNames).ToHashSet();
        var names = new JsonObject.Builder(accepted);
        (string Reason, string Message)? clash = null;
        foreach (var member in ResourceNames)
        {
            Take(member, resources);
        }

        TakeShortNames();
        foreach (var member in KindNames)
        {
            Take(member, kinds);
        }

        names["categories"] = wanted.Find("categories");

        // Two names stand in every status, even when neither is given.
        names.TryAdd("kind", "");
        names.TryAdd("plural", "");
        var condition = clash is { } found
            ? Condition("NamesAccepted", false, found.Reason, found.Message)
            : Condition("NamesAccepted", true, "NoConflicts", "no conflicts found");
        return (names.Build(), condition);

        void Take(string member, HashSet<JsonValue> taken)
        {
            var name = wanted.Find(member);
            if (name is not null && !Equals(name, accepted.Find(member)) && taken.Contains(name))
            {
                clash = ($"{char.ToUpperInvariant(member[0])}{member[1..]}Conflict", $"{name} is already in use");
            }
            else
            {
                names[member] = name;
            }
        }

        void TakeShortNames()
        {
            var ours = accepted.Find("shortNames") as JsonArray ?? JsonArray.Empty;
            var asked = wanted.Find("shortNames") as JsonArray ?? JsonArray.Empty;
            var used = asked.Where(name => !ours.Contains(name) && resources.Contains(name)).Distinct().ToList();
            if (used.Count == 0)
            {
                names["shortNames"] = wanted.Find("shortNames");
                return;
            }

            var messages = used.Select(name => $"{name} is already in use").ToList();
            clash = ("ShortNamesConflict", messages.Count == 1 ? messages[0] : $"[{string.Join(", ", messages)}]");
        }
    }

    private static IEnumerable<JsonValue> Taken(List<JsonObject> rivals, string[] members) =>
        rivals.SelectMany(names => members.Select(names.Find)).OfType<JsonValue>();
}
