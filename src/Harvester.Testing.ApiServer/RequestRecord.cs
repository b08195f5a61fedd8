using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer;

/// <summary>What a request did to one part of an object.</summary>
/// <param name="Path">The part, for instance <c>status.conditions</c>; lists are not looked into.</param>
/// <param name="Before">Its value before, or null when it was not there.</param>
/// <param name="After">Its value after, or null when it is no longer there.</param>
public sealed record FieldChange(string Path, JsonValue? Before, JsonValue? After);

/// <summary>One request to a resource, as the server's audit log has it.</summary>
public sealed record RequestRecord
{
    /// <summary>Its place in the log, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was answered, by the server's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Who sent it.</summary>
    public required string User { get; init; }

    /// <summary>get, list, watch, create, update, patch, delete or deletecollection; empty for another HTTP method.</summary>
    public required string Verb { get; init; }

    /// <summary>The path, without the query.</summary>
    public required string Path { get; init; }

    /// <summary>The API group, empty for the core group.</summary>
    public required string Group { get; init; }

    /// <summary>The version.</summary>
    public required string Version { get; init; }

    /// <summary>The plural name.</summary>
    public required string Resource { get; init; }

    /// <summary>The subresource, such as <c>status</c>, or null.</summary>
    public string? Subresource { get; init; }

    /// <summary>The namespace, or null.</summary>
    public string? Namespace { get; init; }

    /// <summary>The object's name, or null for a request to a collection.</summary>
    public string? Name { get; init; }

    /// <summary>The HTTP status of the answer.</summary>
    public required int StatusCode { get; init; }

    /// <summary>The reason of a failure, for instance <c>Conflict</c>, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The object's revision before the request, or null when there was none.</summary>
    public long? ResourceVersionBefore { get; init; }

    /// <summary>The object's revision after the request, or null when there is none.</summary>
    public long? ResourceVersionAfter { get; init; }

    /// <summary>What changed between the two, apart from resourceVersion and managedFields.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>True when the request stored something.</summary>
    public bool Stored { get; init; }
}
