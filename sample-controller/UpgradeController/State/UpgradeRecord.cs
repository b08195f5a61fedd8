namespace Harvester.Samples.UpgradeController;

/// <summary>
/// What an upgrade must not forget: facts taken once, how far it came, what it made. It lives outside the Upgrade, in an object no client ever
/// sends, so that no full-object PUT can take it away together with the status.
/// </summary>
public sealed record UpgradeRecord
{
    /// <summary>The uid of the Upgrade this record is about.</summary>
    public required string Uid { get; init; }

    public int Attempt { get; init; } = 1;

    /// <summary>The last working state; <see cref="Result"/> says how it ended.</summary>
    public required UpgradePhase Phase { get; init; }

    /// <summary><see cref="UpgradePhase.Succeeded"/> or <see cref="UpgradePhase.Failed"/> once it has ended. Nothing takes it back.</summary>
    public UpgradePhase? Result { get; init; }

    /// <summary>Whose condition went False, and why, when <see cref="Result"/> is Failed.</summary>
    public UpgradeFailure? Failure { get; init; }

    /// <summary>The version that ran before the first side effect. Taken once: asked later, the answer would be the new version.</summary>
    public string? PreviousVersion { get; init; }

    public string? ImageID { get; init; }

    public string? RepoInfo { get; init; }

    public string? SingleNode { get; init; }

    public IReadOnlyDictionary<string, string> NodeStates { get; init; } = new SortedDictionary<string, string>();

    /// <summary>What has been made, by <c>resource/name</c>, with the uid it was given.</summary>
    public IReadOnlyDictionary<string, string> Children { get; init; } = new SortedDictionary<string, string>();

    /// <summary>Whether logs are collected; null while the infrastructure is being prepared.</summary>
    public bool? LogsReady { get; init; }

    /// <summary>When the logging infrastructure was asked for.</summary>
    public DateTimeOffset? LogsSince { get; init; }

    /// <summary>Old container images are gone, or are left where they are.</summary>
    public bool ImagesCleaned { get; init; }

    /// <summary>The cleanup after the end is over.</summary>
    public bool CleanedUp { get; init; }

    /// <summary>The user dismissed the result and the collected logs are deleted.</summary>
    public bool LogsPurged { get; init; }

    /// <summary>Version of the stored record this one was read from; null when nothing is stored yet.</summary>
    public string? StoredVersion { get; init; }

    public UpgradePhase State => Result ?? Phase;

    public bool IsTerminal => Result is not null;

    public bool HasMade(string resource, string name) => Children.ContainsKey($"{resource}/{name}");

    public UpgradeRecord WithChild(string resource, string name, string uid) =>
        this with { Children = new SortedDictionary<string, string>(Children.ToDictionary(), StringComparer.Ordinal) { [$"{resource}/{name}"] = uid } };

    public UpgradeRecord WithoutChild(string resource, string name)
    {
        var children = new SortedDictionary<string, string>(Children.ToDictionary(), StringComparer.Ordinal);
        children.Remove($"{resource}/{name}");
        return this with { Children = children };
    }

    public UpgradeRecord WithNode(string node, string state) =>
        this with { NodeStates = new SortedDictionary<string, string>(NodeStates.ToDictionary(), StringComparer.Ordinal) { [node] = state } };
}

/// <summary>The condition that ended an upgrade.</summary>
public sealed record UpgradeFailure(string Condition, string Reason, string Message);
