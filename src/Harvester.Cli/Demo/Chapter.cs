using Harvester.Cli.Rendering;
using Harvester.ControllerRuntime;

namespace Harvester.Cli.Demo;

/// <summary>What parts of the story have in common: how a run is told while it goes on.</summary>
internal sealed class Chapter(Stage stage, Terminal terminal)
{
    private readonly TimelineWriter writer = new(terminal);
    private int told;

    /// <summary>The cluster.</summary>
    public Stage Stage => stage;

    /// <summary>Where what came after the dismissal begins in the timeline.</summary>
    public int Dismissal { get; private set; }

    /// <summary>The messages logged since the dismissal.</summary>
    public IReadOnlyList<string> LoggedAfterDismissal => stage.Timeline.LoggedSince(Dismissal);

    /// <summary>Starts the controller, lets the user create an upgrade, and runs until the cluster is quiet.</summary>
    public async Task<string> UpgradeAsync(Action<ControllerSet> register, CancellationToken cancellationToken)
    {
        stage.Start(register);
        Say("The user creates an upgrade.");
        var name = await stage.CreateUpgradeAsync(cancellationToken).ConfigureAwait(false);
        await stage.RunUntilQuietAsync(cancellationToken).ConfigureAwait(false);
        Tell();
        return name;
    }

    /// <summary>The user dismisses the banner; runs until the cluster is quiet again.</summary>
    public async Task DismissAsync(string name, CancellationToken cancellationToken)
    {
        Say("The user clicks 'Dismiss it'. The page sends the whole object back, without its status.");
        Dismissal = stage.Timeline.Position;
        await stage.DismissAsync(name, cancellationToken).ConfigureAwait(false);
        await stage.RunUntilQuietAsync(cancellationToken).ConfigureAwait(false);
        Tell();
    }

    /// <summary>Prints what happened since the last call.</summary>
    public void Tell()
    {
        writer.Write(stage.Timeline.Since(told));
        told = stage.Timeline.Position;
    }

    /// <summary>Prints what is about to be done; never what is to come of it.</summary>
    public void Say(string text)
    {
        terminal.Line();
        terminal.Line(text, Tone.Heading);
    }
}
