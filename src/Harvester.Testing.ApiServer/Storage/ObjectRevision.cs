using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer;

/// <summary>One stored change of one object.</summary>
/// <param name="ResourceVersion">The revision of the change; no two changes share one.</param>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object after the change; for a deletion its last state, with the deletion's resourceVersion.</param>
/// <param name="Previous">The object before the change, or null when it was created by it.</param>
/// <param name="User">Who made the change.</param>
/// <param name="Group">The API group, empty for the core group.</param>
/// <param name="Resource">The plural name.</param>
/// <param name="Namespace">The namespace, or null for a cluster-scoped object.</param>
/// <param name="Name">The object's name.</param>
/// <param name="Time">When it happened.</param>
public sealed record ObjectRevision(
    long ResourceVersion,
    ChangeType Type,
    JsonObject Object,
    JsonObject? Previous,
    string User,
    string Group,
    string Resource,
    string? Namespace,
    string Name,
    DateTimeOffset Time);
