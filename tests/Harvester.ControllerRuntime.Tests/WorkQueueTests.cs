using Microsoft.Extensions.Time.Testing;

namespace Harvester.ControllerRuntime.Tests;

public sealed class WorkQueueTests
{
    private static readonly ObjectKey A = new("ns", "a");
    private static readonly ObjectKey B = new("ns", "b");
    private readonly FakeTimeProvider time = new();
    private readonly WorkQueue queue;

    public WorkQueueTests() => queue = new WorkQueue(time);

    [Fact]
    public void A_key_added_often_is_handed_out_once()
    {
        queue.Add(A);
        queue.Add(B);
        queue.Add(A);

        Assert.Equal([A, B], TakeAll());
    }

    [Fact]
    public void A_key_added_while_it_is_handled_comes_again_only_after_Done()
    {
        queue.Add(A);
        Assert.True(queue.TryTake(out var first));

        queue.Add(A);
        queue.Add(A);
        Assert.False(queue.TryTake(out _));

        queue.Done(first);
        Assert.Equal([A], TakeAll());
    }

    [Fact]
    public void Done_without_an_add_meanwhile_brings_nothing_back()
    {
        queue.Add(A);
        Assert.True(queue.TryTake(out var key));
        queue.Done(key);

        Assert.Empty(TakeAll());
        Assert.Equal(0, queue.ProcessingCount);
    }

    [Fact]
    public void A_delayed_key_is_ready_exactly_when_its_time_has_come()
    {
        queue.AddAfter(A, TimeSpan.FromSeconds(2));
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromSeconds(2), queue.NextDue);

        time.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.Equal(0, queue.ReadyCount);

        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, queue.ReadyCount);
        Assert.Null(queue.NextDue);
    }

    [Theory]
    [InlineData(5, 2)]
    [InlineData(2, 5)]
    public void Of_two_delays_the_earlier_counts(int first, int second)
    {
        queue.AddAfter(A, TimeSpan.FromSeconds(first));
        queue.AddAfter(A, TimeSpan.FromSeconds(second));

        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([A], TakeAll());
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Empty(TakeAll());
    }

    [Fact]
    public void Keys_due_together_come_in_order_of_time_then_name()
    {
        queue.AddAfter(B, TimeSpan.FromSeconds(1));
        queue.AddAfter(A, TimeSpan.FromSeconds(1));
        queue.AddAfter(new ObjectKey("ns", "c"), TimeSpan.FromMilliseconds(500));

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["ns/c", "ns/a", "ns/b"], TakeAll().Select(key => key.ToString()));
    }

    [Fact]
    public void Failures_double_the_delay_and_Forget_starts_over()
    {
        var delays = new List<double>();
        for (var failure = 0; failure < 4; failure++)
        {
            delays.Add(FailOnce());
        }

        Assert.Equal([5, 10, 20, 40], delays);
        Assert.Equal(4, queue.Failures(A));

        queue.Forget(A);
        Assert.Equal(5, FailOnce());
    }

    [Fact]
    public void The_delay_has_an_upper_bound()
    {
        Assert.Equal(TimeSpan.FromSeconds(1000), Backoff.Default.After(18 + 1));
        Assert.Equal(TimeSpan.FromSeconds(1000), Backoff.Default.After(5000));
    }

    [Fact]
    public async Task TakeAsync_wakes_for_an_add_and_for_a_delay()
    {
        var ct = TestContext.Current.CancellationToken;
        var added = queue.TakeAsync(ct);
        Assert.False(added.IsCompleted);
        queue.Add(A);
        Assert.Equal(A, await added);

        queue.AddAfter(B, TimeSpan.FromSeconds(3));
        var delayed = queue.TakeAsync(ct);
        Assert.False(delayed.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(B, await delayed);
    }

    [Fact]
    public async Task TakeAsync_notices_an_earlier_delay_than_the_one_it_waits_for()
    {
        queue.AddAfter(A, TimeSpan.FromHours(1));
        var taken = queue.TakeAsync(TestContext.Current.CancellationToken);
        queue.AddAfter(B, TimeSpan.FromSeconds(1));

        // The wait is renewed on another thread; the clock moves only when its timer is there.
        while (!taken.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.Equal(B, await taken);
    }

    [Fact]
    public async Task TakeAsync_ends_when_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var taken = queue.TakeAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taken);
    }

    private double FailOnce()
    {
        queue.AddRateLimited(A);
        var delay = queue.NextDue!.Value - time.GetUtcNow();
        time.Advance(delay);
        Assert.True(queue.TryTake(out var key));
        queue.Done(key);
        return delay.TotalMilliseconds;
    }

    private List<ObjectKey> TakeAll()
    {
        var keys = new List<ObjectKey>();
        while (queue.TryTake(out var key))
        {
            keys.Add(key);
            queue.Done(key);
        }

        return keys;
    }
}
