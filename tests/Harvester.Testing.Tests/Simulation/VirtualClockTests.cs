using Harvester.Testing.Simulation;

namespace Harvester.Testing.Tests;

public sealed class VirtualClockTests
{
    private readonly VirtualClock clock = new();

    [Fact]
    public void It_stands_still_until_moved()
    {
        var before = clock.GetUtcNow();
        Assert.Equal(before, clock.GetUtcNow());

        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(before + TimeSpan.FromHours(1), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromHours(1), clock.GetElapsedTime(0));

        clock.AdvanceTo(before);
        Assert.Equal(before + TimeSpan.FromHours(1), clock.GetUtcNow());
    }

    [Fact]
    public void Timers_fire_in_order_and_see_their_own_time()
    {
        var start = clock.GetUtcNow();
        var seen = new List<string>();
        void Note(object? name) => seen.Add($"{name} at {(clock.GetUtcNow() - start).TotalSeconds}");
        using var second = clock.CreateTimer(Note, "second", TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        using var first = clock.CreateTimer(Note, "first", TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using var tie = clock.CreateTimer(Note, "tie", TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        using var gone = clock.CreateTimer(Note, "gone", TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        gone.Dispose();

        Assert.Equal(start + TimeSpan.FromSeconds(1), clock.NextDue);
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["first at 1", "second at 2", "tie at 2"], seen);
        Assert.Null(clock.NextDue);
    }

    [Fact]
    public void A_period_repeats_and_a_change_moves()
    {
        var count = 0;
        using var timer = clock.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(3, count);

        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(3, count);
    }

    [Fact]
    public async Task Task_Delay_ends_when_the_clock_gets_there_on_the_thread_that_moved_it()
    {
        var thread = 0;
        async Task WaitAsync()
        {
            await Task.Delay(TimeSpan.FromSeconds(5), clock, TestContext.Current.CancellationToken).ConfigureAwait(false);
            thread = Environment.CurrentManagedThreadId;
        }

        var waiting = WaitAsync();
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(waiting.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(1));
        await waiting;
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }
}
