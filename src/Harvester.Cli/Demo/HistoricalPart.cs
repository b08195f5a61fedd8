using Harvester.Cli.Rendering;
using Harvester.ControllerRuntime;
using Harvester.Samples.HistoricalController;
using Harvester.Samples.UpgradeApi;

namespace Harvester.Cli.Demo;

/// <summary>The historical controller in parts 2 and 3.</summary>
internal static class HistoricalPart
{
    /// <summary>Part 2: upgrade, dismissal, and the upgrade starts over.</summary>
    public static async Task<IReadOnlyList<Verdict>> TellAsync(Terminal terminal, int seed, CancellationToken cancellationToken)
    {
        terminal.Heading("2a Replay: the historical controller, definition without status subresource");
        await using var stage = await Stage.OpenAsync(seed, statusSubresource: false, cancellationToken).ConfigureAwait(false);
        var chapter = new Chapter(stage, terminal);
        var name = await chapter.UpgradeAsync(Register(stage, seed), cancellationToken).ConfigureAwait(false);
        var completed = stage.ConditionOf(name, UpgradeConditions.Completed);
        await chapter.DismissAsync(name, cancellationToken).ConfigureAwait(false);

        var lines = chapter.LoggedAfterDismissal;
        var started = Signature.Count(lines, Signature.Initialize);
        var observed = Signature.Count(lines, Signature.Observability);
        return
        [
            new Verdict(
                "2a historical",
                "completes, and starts over after the PUT",
                $"Completed {completed ?? "absent"} before; after the PUT '{Signature.Initialize.Trim()}' x{started}, '{Signature.Observability}' x{observed}, "
                    + $"ends {stage.LabelOf(name, UpgradeLabels.State) ?? "without state"}",
                completed == ConditionStatus.True && started > 0 && observed > 0),
        ];
    }

    /// <summary>Part 3: with the status subresource on, its plain updates store no status, and it never gets beyond step 1.</summary>
    public static async Task<IReadOnlyList<Verdict>> TellWithSubresourceAsync(Terminal terminal, int seed, CancellationToken cancellationToken)
    {
        terminal.Heading("3b The historical controller, definition with status subresource");
        await using var stage = await Stage.OpenAsync(seed, statusSubresource: true, cancellationToken).ConfigureAwait(false);
        var chapter = new Chapter(stage, terminal);
        stage.Start(Register(stage, seed));
        chapter.Say("The user creates an upgrade.");
        var name = await stage.CreateUpgradeAsync(cancellationToken).ConfigureAwait(false);
        await stage.RunForAsync(TimeSpan.FromMinutes(5), cancellationToken).ConfigureAwait(false);
        chapter.Tell();

        var completed = stage.ConditionOf(name, UpgradeConditions.Completed);
        var state = stage.LabelOf(name, UpgradeLabels.State);
        var started = Signature.Count(stage.Timeline.LoggedSince(0), Signature.Initialize);
        var images = stage.Timeline.Since(0).OfType<RequestEntry>()
            .Count(entry => entry.Request is { Verb: "create", Resource: "virtualmachineimages", User: "controller" });
        return
        [
            new Verdict(
                "3b historical, subresource",
                "never gets beyond step 1: its plain updates store no status",
                $"five minutes later: '{Signature.Initialize.Trim()}' x{started}, Completed {completed ?? "absent"}, state {state ?? "absent"}, {images} images asked for",
                started > 1 && completed is null && images == 0),
        ];
    }

    private static Action<ControllerSet> Register(Stage stage, int seed) => set => HistoricalControllers.Register(
        set,
        set.Client,
        new HistoricalRepository(stage.World),
        stage.Timeline,
        new HistoricalControllerOptions { Random = new Random(seed) });
}
