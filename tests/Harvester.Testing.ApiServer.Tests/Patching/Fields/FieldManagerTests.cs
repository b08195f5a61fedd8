using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Patching.Fields;
using Harvester.Testing.ApiServer.Tests.Statements;

namespace Harvester.Testing.ApiServer.Tests.Patching.Fields;

public class FieldManagerTests
{
    private const int Rounds = 400;

    private static readonly FieldManager Manager = new()
    {
        ApiVersion = "example.io/v1",
        Subresource = "",
        Types = new OneVersion(),
        Now = "2026-01-02T03:04:05Z",
    };

    private static readonly JsonObject Empty = JsonObject.Of(("apiVersion", "example.io/v1"), ("kind", "Thing"));

    [Fact]
    public void Nothing_differs_from_itself_and_what_is_compared_backwards_is_removed_instead_of_added()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new RandomFields(seed);
            var (a, b) = (random.Object(), random.Object());
            var same = Comparison.Of(a, (JsonObject)JsonText.Read(a.ToString()), RandomFields.Type);
            Assert.True(same.Added.IsEmpty && same.Removed.IsEmpty && same.Modified.IsEmpty);
            var there = Comparison.Of(a, b, RandomFields.Type);
            var back = Comparison.Of(b, a, RandomFields.Type);
            Assert.Equal(there.Added.Root, back.Removed.Root);
            Assert.Equal(there.Modified.Root, back.Modified.Root);
        }
    }

    [Fact]
    [Statement("A-6")]
    public void Applying_the_same_again_changes_nothing()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new RandomFields(seed);
            var (live, managed) = (random.Object(), ManagedFields.Empty);
            Manager.Update(Empty, live, managed, "writer");
            var applied = random.Object();
            live = Manager.Apply(live, applied, managed, "applier", force: true) ?? live;
            var before = managed.ToJson();
            Assert.Null(Manager.Apply(live, applied, managed, "applier", force: false));
            Assert.Equal(before, managed.ToJson());
        }
    }

    [Fact]
    [Statement("A-5")]
    public void What_nobody_else_owns_goes_when_it_is_no_longer_applied()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var managed = ManagedFields.Empty;
            var live = Manager.Apply(Empty, new RandomFields(seed, emptyLists: false).Object(), managed, "applier", force: false) ?? Empty;
            var left = Manager.Apply(live, Empty, managed, "applier", force: false) ?? live;
            Assert.Equal(Empty, left);
            Assert.True(managed.IsEmpty);
        }
    }

    [Fact]
    [Statement("A-4")]
    public void Two_appliers_of_the_same_share_it_and_the_last_one_to_leave_takes_it_away()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var managed = ManagedFields.Empty;
            var applied = new RandomFields(seed, emptyLists: false).Object();
            var live = Manager.Apply(Empty, applied, managed, "first", force: false) ?? Empty;
            Assert.Null(Manager.Apply(live, applied, managed, "second", force: false));
            Assert.Null(Manager.Apply(live, Empty, managed, "first", force: false));
            Assert.Equal(Empty, Manager.Apply(live, Empty, managed, "second", force: false) ?? live);
        }
    }

    [Fact]
    public void Every_changed_field_belongs_to_who_changed_it_and_to_nobody_else()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new RandomFields(seed);
            var (before, after, managed) = (random.Object(), random.Object(), ManagedFields.Empty);
            Manager.Update(Empty, before, managed, "first");
            Manager.Update(before, after, managed, "second");
            var changed = Comparison.Of(before, after, RandomFields.Type);
            var second = managed.Entries.SingleOrDefault(entry => entry.Key.Manager == "second")?.Fields ?? FieldSet.Empty;
            var first = managed.Entries.SingleOrDefault(entry => entry.Key.Manager == "first")?.Fields ?? FieldSet.Empty;
            Assert.Equal(changed.Added.Union(changed.Modified).Root, second.Root);
            Assert.True(first.Intersection(second).IsEmpty);
            Assert.True(first.Intersection(changed.Removed).IsEmpty);
        }
    }

    [Fact]
    [Statement("A-8")]
    public void The_oldest_of_more_than_ten_writers_become_one()
    {
        var (live, managed) = (Empty, ManagedFields.Empty);
        for (var i = 0; i < 15; i++)
        {
            var next = live.WithAt(["spec", "labels", $"l{i:00}"], "x");
            Manager.Update(live, next, managed, $"writer-{i:00}");
            live = next;
        }

        Assert.Equal(10, managed.Entries.Count);
        var ancient = Assert.Single(managed.Entries, entry => entry.Key.Manager == "ancient-changes");
        Assert.True(ancient.Fields.Has("f:spec", "f:labels", "f:l05"));
        Assert.False(ancient.Fields.Has("f:spec", "f:labels", "f:l06"));
    }

    [Theory]
    [Statement("A-14")]
    [InlineData("""{"spec":{"zzz":1}}""", ".spec.zzz: field not declared in schema")]
    [InlineData("""{"spec":{"size":"x"}}""", ".spec.size: expected numeric (int or float), got string")]
    [InlineData("""{"spec":{"text":1}}""", ".spec.text: expected string, got &value.valueUnstructured{Value:1}")]
    [InlineData("""{"spec":{"labels":"x"}}""", ".spec.labels: expected map, got &{x}")]
    [InlineData("""{"spec":{"set":"x"}}""", ".spec.set: expected list, got &{x}")]
    [InlineData("""{"spec":{"set":[1,1]}}""", ".spec.set: duplicate entries for key [=1]")]
    [InlineData("""{"spec":{"ports":[{"port":1},{"port":1,"protocol":"TCP"}]}}""", ".spec.ports: duplicate entries for key [port=1,protocol=\"TCP\"]")]
    [InlineData("""{"spec":{"set":[{}]}}""", ".spec.set: element 0: associative list without keys has an element that's a map type")]
    public void What_does_not_fit_the_types_is_told(string value, string message)
    {
        var failure = Assert.Throws<FieldTypeException>(
            () => TypedValidation.Check((JsonObject)JsonText.Read(value), RandomFields.Type, allowDuplicates: false));
        Assert.Equal(message, failure.Message);
    }

    [Fact]
    public void A_list_that_became_atomic_is_owned_whole()
    {
        var owned = FieldSet.Of("f:spec", "f:plain", "v:1").Union(FieldSet.Of("f:spec", "f:set", "v:1"));
        var reconciled = SchemaReconciliation.Reconcile(owned, RandomFields.Type);
        Assert.Equal("""{"f:spec":{"f:plain":{},"f:set":{"v:1":{}}}}""", reconciled.Root.ToString());
        Assert.Same(reconciled.Root, SchemaReconciliation.Reconcile(reconciled, RandomFields.Type).Root);
    }

    private sealed class OneVersion : IVersionedTypes
    {
        public FieldType? Find(string apiVersion) => RandomFields.Type;
    }
}
