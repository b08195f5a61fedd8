using Harvester.Cli.Rendering;
using Harvester.Samples.UpgradeApi;
using Harvester.Samples.UpgradeController.Simulated;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Cli.Demo;

/// <summary>The reference controller in parts 2 and 3.</summary>
internal static class ReferencePart
{
    private static readonly string[] Facts = ["previousVersion", "imageID", "repoInfo", "singleNode", "nodeStatuses"];

    /// <summary>Part 2: upgrade, dismissal; the status comes back, and what was left to do is done.</summary>
    public static async Task<IReadOnlyList<Verdict>> TellAsync(Terminal terminal, int seed, Guard without, CancellationToken cancellationToken)
    {
        terminal.Heading("2b Replay: the reference controller, definition without status subresource");
        await using var stage = await Stage.OpenAsync(seed, statusSubresource: false, cancellationToken).ConfigureAwait(false);
        var chapter = new Chapter(stage, terminal);
        var name = await chapter.UpgradeAsync(ReferenceController.Register(stage, without), cancellationToken).ConfigureAwait(false);
        var before = stage.Stored(name);
        await chapter.DismissAsync(name, cancellationToken).ConfigureAwait(false);
        return [Restart(chapter), Status(stage, name), SameFacts(before, stage.Stored(name)), Finished(chapter, name)];
    }

    /// <summary>Part 3: with the status subresource on, the PUT cannot touch the status.</summary>
    public static async Task<IReadOnlyList<Verdict>> TellWithSubresourceAsync(
        Terminal terminal, int seed, Guard without, CancellationToken cancellationToken)
    {
        terminal.Heading("3a The reference controller, definition with status subresource");
        await using var stage = await Stage.OpenAsync(seed, statusSubresource: true, cancellationToken).ConfigureAwait(false);
        var chapter = new Chapter(stage, terminal);
        var name = await chapter.UpgradeAsync(ReferenceController.Register(stage, without), cancellationToken).ConfigureAwait(false);
        var before = stage.Stored(name)?["status"];
        await chapter.DismissAsync(name, cancellationToken).ConfigureAwait(false);

        var put = stage.Timeline.Since(chapter.Dismissal).OfType<RequestEntry>()
            .First(entry => entry.Request is { Verb: "update", Resource: "upgrades", User: "user" }).Request;
        var stored = stage.Server.History("upgrades", Namespaces.Harvester, name)
            .First(revision => revision.ResourceVersion == put.ResourceVersionAfter);
        var survived = before is not null && before.Equals(stored.Object["status"]);
        var started = Signature.Count(chapter.LoggedAfterDismissal, Signature.Initialize);
        return
        [
            new Verdict(
                "3a reference, subresource",
                "the status survives the PUT",
                $"PUT {put.StatusCode}, status {(survived ? "as before" : stored.Object["status"] is null ? "gone" : "changed")}, "
                    + $"'{Signature.Initialize.Trim()}' x{started}, Completed {stage.ConditionOf(name, UpgradeConditions.Completed) ?? "absent"}",
                survived && started == 0 && stage.ConditionOf(name, UpgradeConditions.Completed) == ConditionStatus.True),
        ];
    }

    private static Verdict Restart(Chapter chapter)
    {
        var started = Signature.Count(chapter.LoggedAfterDismissal, Signature.Initialize);
        var observed = Signature.Count(chapter.LoggedAfterDismissal, Signature.Observability);
        return new Verdict(
            "2b reference, restart",
            "does not start over after the PUT",
            $"'{Signature.Initialize.Trim()}' x{started}, '{Signature.Observability}' x{observed}",
            started == 0 && observed == 0);
    }

    private static Verdict Status(Stage stage, string name)
    {
        var completed = stage.ConditionOf(name, UpgradeConditions.Completed);
        return new Verdict(
            "2b reference, status",
            "the removed status is rebuilt: Completed is True",
            $"Completed {completed ?? "absent"}",
            completed == ConditionStatus.True);
    }

    private static Verdict SameFacts(JsonObject? before, JsonObject? after)
    {
        // Facts of the first run that nothing in the cluster can tell any more.
        var known = Facts.Where(fact => before?.At("status", fact) is not null).ToList();
        var lost = known.Where(fact => !Equals(before!.At("status", fact), after?.At("status", fact))).ToList();
        return new Verdict(
            "2b reference, facts",
            "what was written down at the start is as it was",
            known.Count == 0 ? "there were no facts before the PUT"
                : lost.Count == 0 ? $"{string.Join(", ", known)} as before"
                : $"{string.Join(", ", lost)} lost or changed",
            known.Count > 0 && lost.Count == 0);
    }

    private static Verdict Finished(Chapter chapter, string name)
    {
        var stage = chapter.Stage;
        var cleanup = stage.LabelOf(name, UpgradeLabels.Cleanup);
        var log = stage.HasUpgradeLog(name);
        var said = chapter.LoggedAfterDismissal.Any(line => line.Contains(Signature.Finished, StringComparison.Ordinal));
        return new Verdict(
            "2b reference, finish",
            "finishes cleanup and purge, and says so",
            $"cleanup {cleanup ?? "absent"}, log collection {(log ? "still there" : "purged")}, {(said ? "said so" : "said nothing")}",
            cleanup == CleanupStates.Succeeded && !log && said);
    }
}
