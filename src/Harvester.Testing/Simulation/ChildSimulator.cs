namespace Harvester.Testing.Simulation;

/// <summary>
/// What the world does with one kind of object that a controller made: when an object looks so, then after a delay these
/// writes follow. When it looks otherwise before the delay is over, nothing does.
/// </summary>
public sealed class ChildSimulator
{
    /// <summary>The delay of a step unless it says otherwise.</summary>
    public static readonly TimeSpan DefaultDelay = TimeSpan.FromMilliseconds(700);

    /// <summary>What the step does, in words.</summary>
    public required string Name { get; init; }

    /// <summary>The kind it looks at.</summary>
    public required ChildKind Kind { get; init; }

    /// <summary>Whether an object is ready for the step.</summary>
    public required Func<ChildView, bool> When { get; init; }

    /// <summary>How long after that the step happens.</summary>
    public TimeSpan Delay { get; init; } = DefaultDelay;

    /// <summary>The writes of the step.</summary>
    public required Func<ChildView, IEnumerable<ChildWrite>> Then { get; init; }

    /// <summary>The writes when the object's switch says that it fails; the same as <see cref="Then"/> when null.</summary>
    public Func<ChildView, IEnumerable<ChildWrite>>? OnFailure { get; init; }

    /// <summary>The switch an object obeys, or null.</summary>
    public Func<ChildView, string?> Switch { get; init; } = _ => null;
}
