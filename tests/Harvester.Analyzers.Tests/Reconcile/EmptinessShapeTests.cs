using static Harvester.Analyzers.Tests.Reconcile.Shapes;

namespace Harvester.Analyzers.Tests.Reconcile;

/// <summary>The ways to write that a member of the status, a condition or the status itself is not there; and their nearest neighbours.</summary>
public class EmptinessShapeTests
{
    [Fact]
    public Task Texts() => Verify(If(
        "HARV2002",
        "u.Status.Phase == string.Empty",
        "(u.Status?.Phase ?? string.Empty).Trim().Length == 0",
        "u.Status?.Phase is not { Length: > 0 }",
        "(u.Status.Phase?.Length ?? 0) == 0",
        "u.Status?.Phase is not string",
        "string.Equals(u.Status.Phase, null)",
        "u is not { Status.Phase: { Length: > 0 } }",
        "u.Status is null or { Upgrade: null or { Phase: null or \"\" } }",
        "(u.Status?.Phase, u.Spec.Replicas) is (null, > 0)"));

    [Fact]
    public Task Numbers_times_and_ids() => Verify(
    [
        .. If(
            "HARV2002",
            "u.Status.StartedAt == DateTime.MinValue",
            "u.Status.StartedAt.Ticks == 0",
            "u.Status.FinishedAt.HasValue == false",
            "u.Status.Run == Guid.Empty",
            "u.Status.LastRun < 0",
            "u.Status?.Attempts is null or 0",
            "(int)u.Status.State == 0",
            "u.Status.Mode.GetValueOrDefault() == GadgetState.Unknown",
            "(u.Status?.Started ?? false) == false"),
        .. Unless("HARV2002", "u.Status.StartedAt > DateTime.MinValue", "u.Status.LastRun >= 0", "u.Status.Attempts > 0", "u.Status?.State > GadgetState.Unknown"),
        "if (u.Status.Attempts < 5) await Start(u);",
        "if (u.Status.StartedAt < DateTime.UtcNow.AddHours(-1)) await Start(u);",
        "if (u.Status.Attempts < u.Spec.Replicas) await Start(u);",
    ]);

    [Fact]
    public Task Conditions() => Verify(
    [
        .. If(
            "HARV2003",
            "u.Status?.Conditions is not [_, ..]",
            "(u.Status?.Conditions ?? []).Count == 0",
            "(u.Status?.Conditions ?? new()).FirstOrDefault(c => c.Type == \"Ready\") is null",
            "(u.Status?.Conditions?.Any(c => c.Type == \"Ready\") ?? false) == false",
            "u.Status.Conditions.FindIndex(c => c.Type == \"Ready\") < 0",
            "u.Status.Conditions.FindIndex(c => c.Type == \"Ready\") == -1",
            "u.Status.Conditions.Select(c => c.Type).Contains(\"Ready\") == false",
            "u.Status.Conditions.ToDictionary(c => c.Type).ContainsKey(\"Ready\") == false"),
        .. Unless("HARV2003", "u.Status?.Conditions is [_, ..]", "u.Status.Conditions?.Any() == true"),
        "if (u.Status?.Conditions is [.., { Type: \"Failed\" }]) await Start(u);",
        "if (u.Status.Conditions.FindIndex(c => c.Type == \"Failed\") >= 0) await Start(u);",
    ]);

    [Fact]
    public Task Other_lists() => Verify(
    [
        .. If(
            "HARV2002",
            "u.Status.Nodes.FirstOrDefault(n => n.Name == \"a\") is null",
            "u.Status.Nodes.Any(n => n.Name == \"a\") == false",
            "u.Status.Notes.GetValueOrDefault(\"a\") is null",
            "u.Status?.Notes is null or { Count: 0 }"),
        "if (u.Status.Nodes.Any(n => n.Phase == \"Failed\")) await Start(u);",
        "if (!u.Status.Nodes.Any(n => n.Phase == \"Done\")) await Start(u);",
        "foreach (var n in u.Status.Nodes) { if (string.IsNullOrEmpty(n.Phase)) await Start(u); }",
    ]);
}
