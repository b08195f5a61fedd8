using System.CommandLine;
using Harvester.Cli.Demo;
using Harvester.Cli.Rendering;
using Harvester.Samples.UpgradeController.Simulated;

namespace Harvester.Cli.Verbs;

/// <summary><c>harvester demo</c>: the incident, end to end, without a cluster.</summary>
internal static class DemoVerb
{
    /// <summary>Makes the command.</summary>
    public static Command Create(ToolContext context)
    {
        var seed = new Option<int>("--seed") { Description = "Changes names, uids and the order of events; the story is the same.", DefaultValueFactory = _ => 1 };
        var without = new Option<string?>("--without") { Description = "Takes a guard of the reference controller away: marker, record or rebuild." };
        without.AcceptOnlyFromAmong("marker", "record", "rebuild");
        var noColour = new Option<bool>("--no-color") { Description = "Plain text." };
        var command = new Command("demo", "Shows the incident: the rules, the replay on the API server, and the verdicts.") { seed, without, noColour };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new Terminal(context.Output, context.ColourAllowed && !parsed.GetValue(noColour)),
            parsed.GetValue(seed),
            Enum.TryParse<Guard>(parsed.GetValue(without), ignoreCase: true, out var guard) ? guard : Guard.None,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, int seed, Guard without, CancellationToken cancellationToken)
    {
        var verdicts = await new DemoStory(terminal, seed, without).TellAsync(cancellationToken).ConfigureAwait(false);
        return verdicts.All(verdict => verdict.Holds) ? ExitCode.AsExpected : ExitCode.Failed;
    }
}
