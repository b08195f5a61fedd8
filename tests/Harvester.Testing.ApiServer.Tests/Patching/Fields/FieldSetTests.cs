using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Patching.Fields;

namespace Harvester.Testing.ApiServer.Tests.Patching.Fields;

public class FieldSetTests
{
    private const int Rounds = 500;

    [Fact]
    public void The_operations_are_those_of_sets_of_paths()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new RandomFields(seed);
            var (a, b) = (random.Set(), random.Set());
            Assert.Equal(Texts(a).Union(Texts(b)).Order(), Texts(a.Union(b)).Order());
            Assert.Equal(Texts(a).Intersect(Texts(b)).Order(), Texts(a.Intersection(b)).Order());
            Assert.Equal(Texts(a).Except(Texts(b)).Order(), Texts(a.Difference(b)).Order());
            Assert.Equal(
                Texts(a).Where(path => !Texts(b).Exists(other => path == other || path.StartsWith(other + "/", StringComparison.Ordinal))).Order(),
                Texts(a.RecursiveDifference(b)).Order());
            foreach (var path in a.Paths())
            {
                Assert.True(a.Has(path));
                Assert.Equal(Texts(b).Contains(string.Join('/', path)), b.Has(path));
            }
        }
    }

    [Fact]
    public void A_set_is_its_wire_form_and_shares_what_does_not_change()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new RandomFields(seed);
            var (a, b) = (random.Set(), random.Set());
            Assert.Equal(Texts(a), Texts(new FieldSet((JsonObject)JsonText.Read(a.Root.ToString()))));
            Assert.Same(a.Root, a.Union(FieldSet.Empty).Root);
            Assert.Same(a.Root, a.Difference(FieldSet.Empty).Root);
            if (a.Intersection(b).IsEmpty)
            {
                Assert.Same(a.Root, a.Difference(b).Root);
            }
        }
    }

    [Theory]
    [InlineData("f:a", "f:a")]
    [InlineData("k:{\"b\":1, \"a\":\"x\"}", "k:{\"a\":\"x\",\"b\":1}")]
    [InlineData("v:1.0", "v:1")]
    [InlineData("v:\"<\"", "v:\"\\u003c\"")]
    [InlineData("i:07", "i:7")]
    [InlineData("nope", null)]
    [InlineData("x:1", null)]
    [InlineData("k:[]", null)]
    [InlineData("v:", null)]
    [InlineData("i:x", null)]
    public void Elements_a_client_sends_are_brought_into_one_form(string element, string? normal) =>
        Assert.Equal(normal, PathElement.Normalise(element));

    [Fact]
    public void Paths_are_shown_as_conflicts_name_them() => Assert.Equal(
        ".spec.ports[port=80,protocol=\"TCP\"].label[=\"x\"][3]",
        PathElement.Show(["f:spec", "f:ports", "k:{\"port\":80,\"protocol\":\"TCP\"}", "f:label", "v:\"x\"", "i:3"]));

    private static List<string> Texts(FieldSet set) => [.. set.Paths().Select(path => string.Join('/', path))];
}
