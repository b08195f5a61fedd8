using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Tests.Storage;

public sealed class RevisionLogTests
{
    private static readonly GroupResource Things = new("example.com", "things");

    [Fact]
    public void EachChangeHasARevisionOfItsOwnAndCarriesIt()
    {
        var log = new RevisionLog();
        var first = Put(log, "a", ChangeType.Added, 1);
        var second = Put(log, "a", ChangeType.Modified, 2);

        Assert.Equal(RevisionLog.Floor + 1, first.Number);
        Assert.Equal(first.Number + 1, second.Number);
        Assert.Equal("102", second.Object.At("metadata", "resourceVersion")?.AsString);
        Assert.Same(first, second.Previous);
        Assert.Equal([first, second], log.After(RevisionLog.Floor));
        Assert.Equal([second], log.After(first.Number));
    }

    [Fact]
    public void AnOldRevisionIsReadAsItWas()
    {
        var log = new RevisionLog();
        var first = Put(log, "a", ChangeType.Added, 1);
        Put(log, "b", ChangeType.Added, 1);
        Put(log, "a", ChangeType.Deleted, 1);

        Assert.Null(log.State.Find(Things, "ns", "a"));
        Assert.Same(first, log.StateAt(first.Number).Find(Things, "ns", "a"));
        Assert.Single(log.StateAt(first.Number).Of(Things));
        Assert.Empty(log.StateAt(RevisionLog.Floor).Of(Things));
    }

    [Fact]
    public void AForkAndItsOriginDoNotSeeEachOther()
    {
        var log = new RevisionLog();
        var shared = Put(log, "a", ChangeType.Added, 1);
        Put(log, "a", ChangeType.Modified, 2);

        var fork = log.Fork(shared.Number);
        var inFork = Put(fork, "a", ChangeType.Modified, 3);
        var inOrigin = Put(log, "a", ChangeType.Modified, 4);

        Assert.Equal(3, fork.State.Find(Things, "ns", "a")!.Object.At("spec", "n")?.AsInteger);
        Assert.Equal(4, log.State.Find(Things, "ns", "a")!.Object.At("spec", "n")?.AsInteger);
        Assert.Equal([shared, inFork], fork.After(RevisionLog.Floor));
        Assert.Equal(3, log.After(RevisionLog.Floor).Count());
        Assert.Equal(inOrigin.Number, log.Current);
        Assert.Throws<ArgumentOutOfRangeException>(() => log.Fork(log.Current + 1));
    }

    [Fact]
    public void ListsAreInTheOrderOfTheKeys()
    {
        var log = new RevisionLog();
        foreach (var name in new[] { "b", "a-1", "a", "a.b" })
        {
            Put(log, name, ChangeType.Added, 1);
        }

        Assert.Equal(["ns/a", "ns/a-1", "ns/a.b", "ns/b"], log.State.Of(Things).Keys);
    }

    private static StoredRevision Put(RevisionLog log, string name, ChangeType type, int n) => log.Append(
        Things,
        "ns",
        name,
        type,
        JsonObject.Of(("metadata", JsonObject.Of(("name", name))), ("spec", JsonObject.Of(("n", (long)n)))),
        null,
        "tester",
        DateTimeOffset.UnixEpoch);
}
