using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harvester.ControllerRuntime.Tests;

/// <summary>The passive store: what a watch and a list do to it, no server involved.</summary>
public sealed class InformerStoreTests
{
    private readonly Informer<V1ConfigMap> informer = new(null!, TimeProvider.System, NullLogger.Instance);
    private readonly List<string> seen = [];

    public InformerStoreTests() => informer.Changed += change => seen.Add($"{change.Type} {change.Key}");

    [Fact]
    public void Events_move_the_store()
    {
        informer.Apply(WatchEventType.Added, Map("a", "1"));
        informer.Apply(WatchEventType.Modified, Map("a", "2"));
        informer.Apply(WatchEventType.Bookmark, Map("ignored", "9"));
        Assert.Equal("2", informer.Get(new ObjectKey("ns", "a"))!.Metadata.ResourceVersion);

        informer.Apply(WatchEventType.Deleted, Map("a", "3"));
        Assert.Null(informer.Get(new ObjectKey("ns", "a")));
        Assert.Equal(["Added ns/a", "Modified ns/a", "Deleted ns/a"], seen);
    }

    [Fact]
    public void A_list_reports_what_was_missed()
    {
        informer.Replace([Map("changed", "1"), Map("gone", "1"), Map("same", "1"), Map("again", "1", uid: "first")], "1");
        seen.Clear();

        informer.Replace([Map("again", "7", uid: "second"), Map("changed", "5"), Map("new", "6"), Map("same", "1")], "8");

        Assert.Equal(["Deleted ns/again", "Added ns/again", "Modified ns/changed", "Added ns/new", "Deleted ns/gone"], seen);
        Assert.Equal(["again", "changed", "new", "same"], informer.List().Select(map => map.Metadata.Name));
    }

    [Fact]
    public void What_is_given_out_is_a_copy()
    {
        informer.Apply(WatchEventType.Added, Map("a", "1"));
        informer.Get(new ObjectKey("ns", "a"))!.Metadata.Labels = new Dictionary<string, string> { ["mine"] = "yes" };
        informer.List()[0].Metadata.Name = "other";

        Assert.Null(informer.Get(new ObjectKey("ns", "a"))!.Metadata.Labels);
        Assert.Equal("a", informer.List()[0].Metadata.Name);
    }

    [Fact]
    public void Lists_can_be_narrowed()
    {
        var labelled = Map("b", "1");
        labelled.Metadata.Labels = new Dictionary<string, string> { ["app"] = "x", ["more"] = "y" };
        informer.Replace([Map("a", "1"), labelled, Map("c", "1", ns: "other")], "1");

        Assert.Equal(["a", "b"], informer.List("ns").Select(map => map.Metadata.Name));
        Assert.Equal(["b"], informer.ListLabelled(null, new Dictionary<string, string> { ["app"] = "x" }).Select(map => map.Metadata.Name));
        Assert.Equal(["c"], informer.List(where: map => map.Metadata.NamespaceProperty == "other").Select(map => map.Metadata.Name));
        Assert.True(informer.HasSynced);
    }

    private static V1ConfigMap Map(string name, string version, string uid = "u", string ns = "ns") => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = ns, ResourceVersion = version, Uid = uid },
    };
}
