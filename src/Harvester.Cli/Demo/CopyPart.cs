using Harvester.Cli.Rendering;
using Harvester.Samples.UpgradeApi;
using Harvester.Samples.UpgradeController.Simulated;
using k8s.Models;

namespace Harvester.Cli.Demo;

/// <summary>
/// The copied object: a finished upgrade is created again under its name, with its annotations and its spec, where its children and its
/// record are gone. Nothing but the marker can tell that this is not a new upgrade.
/// </summary>
internal static class CopyPart
{
    /// <summary>Runs an upgrade to its end, copies the object, and watches what the controller makes of the copy.</summary>
    public static async Task<IReadOnlyList<Verdict>> TellAsync(Terminal terminal, int seed, Guard without, CancellationToken cancellationToken)
    {
        terminal.Heading("2c Replay: a copy of the finished upgrade, its children and its record gone");
        var original = await FinishedUpgradeAsync(seed, without, cancellationToken).ConfigureAwait(false);

        // Another seed: the copy must get another uid, as it would in another cluster.
        await using var stage = await Stage.OpenAsync(unchecked(seed + 1), statusSubresource: false, cancellationToken).ConfigureAwait(false);
        var chapter = new Chapter(stage, terminal);
        stage.Start(ReferenceController.Register(stage, without));
        chapter.Say($"The user creates upgrade {original.Metadata.Name} again from a saved copy: its annotations and its spec.");
        var copy = await stage.CreateAsync(
            new Upgrade
            {
                Metadata = new V1ObjectMeta
                {
                    Name = original.Metadata.Name,
                    NamespaceProperty = original.Metadata.NamespaceProperty,
                    Annotations = original.Metadata.Annotations,
                },
                Spec = original.Spec,
            },
            cancellationToken).ConfigureAwait(false);
        await stage.RunForAsync(TimeSpan.FromMinutes(5), cancellationToken).ConfigureAwait(false);
        chapter.Tell();

        var started = Signature.Count(stage.Timeline.LoggedSince(0), Signature.Initialize);
        var jobs = stage.Timeline.Since(0).OfType<RequestEntry>()
            .Count(entry => entry.Request is { Verb: "create", Resource: "jobs", User: "controller", StatusCode: 201 });
        return
        [
            new Verdict(
                "2c reference, copy",
                "a copy is held, not run",
                $"uid {(copy.Metadata.Uid == original.Metadata.Uid ? "the same" : "another")}; '{Signature.Initialize.Trim()}' x{started}, {jobs} jobs created",
                copy.Metadata.Uid != original.Metadata.Uid && started == 0 && jobs == 0),
        ];
    }

    private static async Task<Upgrade> FinishedUpgradeAsync(int seed, Guard without, CancellationToken cancellationToken)
    {
        await using var stage = await Stage.OpenAsync(seed, statusSubresource: false, cancellationToken).ConfigureAwait(false);
        stage.Start(ReferenceController.Register(stage, without));
        var name = await stage.CreateUpgradeAsync(cancellationToken).ConfigureAwait(false);
        await stage.RunUntilQuietAsync(cancellationToken).ConfigureAwait(false);
        return await stage.ReadAsync(name, cancellationToken).ConfigureAwait(false);
    }
}
