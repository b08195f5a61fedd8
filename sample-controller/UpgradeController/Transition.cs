namespace Harvester.Samples.UpgradeController;

/// <summary>What an action found or did. The record is written first, the status after it, both by the reconciler.</summary>
public sealed record StepResult
{
    public static readonly StepResult Stay = new();

    /// <summary>Changes the record.</summary>
    public Func<UpgradeRecord, UpgradeRecord>? Change { get; init; }

    /// <summary>The row's next state is reached.</summary>
    public bool Arrived { get; init; }

    /// <summary>What was seen of the child, for the status.</summary>
    public Observation Seen { get; init; } = Observation.None;

    /// <summary>Look again after this long even if nothing changes.</summary>
    public TimeSpan? LookAgain { get; init; }

    /// <summary>Record and status were dealt with by the action, or are none of its business.</summary>
    public bool Closed { get; init; }

    public static StepResult Arrive(Func<UpgradeRecord, UpgradeRecord>? change = null) => new() { Arrived = true, Change = change };

    public static StepResult Update(Func<UpgradeRecord, UpgradeRecord> change) => new() { Change = change };

    public static StepResult Wait(TimeSpan lookAgain) => new() { LookAgain = lookAgain };

    public static StepResult Fail(string condition, string reason, string message) => new()
    {
        Change = record => record with { Result = UpgradePhase.Failed, Failure = new UpgradeFailure(condition, reason, message) },
    };

    public static StepResult Close(TimeSpan? lookAgain = null) => new() { Closed = true, LookAgain = lookAgain };
}

public delegate Task<StepResult> TransitionAction(UpgradeServices services, UpgradeSituation situation, CancellationToken cancellationToken);

/// <summary>One row of the table: in this state, when this holds, do this, and the next state is that.</summary>
/// <param name="Name">What the row is called in logs.</param>
/// <param name="State">The recorded state the row is for; null for any, recorded or not.</param>
/// <param name="Guard">Must hold for the row to run.</param>
/// <param name="Action">May be repeated at any time: every effect is created or adopted, never assumed.</param>
/// <param name="Next">The state that is recorded when the action arrives; null when the row leads nowhere else.</param>
public sealed record Transition(string Name, UpgradePhase? State, Predicate<UpgradeSituation> Guard, TransitionAction Action, UpgradePhase? Next = null)
{
    public bool Matches(UpgradeSituation situation) =>
        (State is null || State == situation.Record?.State) && Guard(situation);
}
