using Harvester.ControllerRuntime;
using Harvester.Samples.UpgradeController.Simulated;

namespace Harvester.Cli.Demo;

/// <summary>The reference controller on a stage, whole or with one guard taken away.</summary>
internal static class ReferenceController
{
    /// <summary>What registers it.</summary>
    public static Action<ControllerSet> Register(Stage stage, Guard without) => set =>
        SimulatedController.Register(set, stage.Timeline, new SimulatedRepository(stage.World.OldVersion, stage.World.NewVersion), without);
}
