using Harvester.Analyzers.Tests.Verification;
using Harvester.Analyzers.Writes;

namespace Harvester.Analyzers.Tests.Writes;

/// <summary>Which status an object has when it is sent: its own, one put back, one built here; and through what it may be changed.</summary>
public class StatusValueTests
{
    [Theory]
    [InlineData("var old = w.Status; w.Status = null; w.Spec.Image = \"x\"; w.Status = old;", "HARV1010")]
    [InlineData("var old = w.Status; w.Status = new WidgetStatus(); w.Status = old;", "HARV1010")]
    [InlineData("var (old, replicas) = (w.Status, 1); w.Status = null; w.Spec.Replicas = replicas; w.Status = old;", "HARV1010")]
    [InlineData("var old = w.Status; w.Status = null; try { await Task.Yield(); } finally { w.Status = old; }", "HARV1010")]
    [InlineData("var old = w.Status; w.Status = null; try { await Task.Yield(); } finally { if (flag) { w.Status = old; } }", "HARV1004")]
    [InlineData("try { await Task.Yield(); } finally { w.Status.Phase = \"x\"; }", "HARV1001")]
    [InlineData("var kept = w.Status; if (flag) { kept = new WidgetStatus { Phase = \"x\" }; } w.Status = kept;", "HARV1001")]
    [InlineData("w.Status = flag ? w.Status : new WidgetStatus();", "HARV1001")]
    [InlineData("w.Status = other.Status;", "HARV1001")]
    [InlineData("w.Status = (await c.ReadNamespacedAsync<Widget>(\"ns\", \"n\")).Status; w.Spec.Replicas = 1;", "HARV1010")]
    [InlineData("w.Status ??= new WidgetStatus(); w.Metadata.Finalizers ??= []; w.Spec.Replicas = 1;", "HARV1010")]
    [InlineData("w.Status ??= new WidgetStatus { Phase = \"x\" };", "HARV1001")]
    public Task After(string change, string rule) => Verify(change, rule);

    [Theory]
    [InlineData("foreach (var condition in w.Status.Conditions) { condition.Status = \"True\"; }")]
    [InlineData("w.Status.Conditions.First(x => x.Type == \"Ready\").Status = \"True\";")]
    [InlineData("foreach (var condition in w.Status.Conditions.Where(x => x.Type != \"Ready\").ToList()) { condition.Status = \"True\"; }")]
    [InlineData("w.Status.Conditions[0].Status = \"True\";")]
    [InlineData("var pair = (widget: w, name: \"n\"); pair.widget.Status.Phase = \"x\";")]
    [InlineData("(w.Status.Phase, w.Spec.Replicas) = (\"x\", 1);")]
    [InlineData("if ((object)w is Widget { Status: { } status }) { status.Phase = \"x\"; }")]
    [InlineData("w.Status?.Conditions?.Add(new V1Condition());")]
    public Task Changed_through(string change) => Verify(change, "HARV1001");

    [Theory]
    [InlineData("var copy = w.Status.Conditions.ToList(); copy.Add(new V1Condition()); w.Spec.Replicas = copy.Count;")]
    [InlineData("var copy = new List<V1Condition>(w.Status.Conditions); copy.Clear(); w.Spec.Replicas = 1;")]
    [InlineData("w.Spec.Image = w.Status.Conditions.Select(x => x.Type).FirstOrDefault();")]
    public Task Not_changed_through(string change) => Verify(change, "HARV1010");

    [Theory]
    [InlineData("w.Metadata.Labels = new Dictionary<string, string>(w.Metadata.Labels) { [\"a\"] = \"b\" };")]
    [InlineData("var metadata = w.Metadata; metadata.Labels.TryAdd(\"a\", \"b\");")]
    public Task Metadata_alone_changed_through(string change) => Verify(change, "HARV1002");

    [Fact]
    public Task A_copy_with_a_status_of_its_own_does_not_change_the_other() => Snippets<WriteAnalyzer>.Verify("""
        class C
        {
            async Task M(IKubernetes c, V1Deployment d)
            {
                var copy = d with { Status = new V1DeploymentStatus() };
                copy.Status.Replicas = 3;
                await c.AppsV1.{|HARV1010-info:ReplaceNamespacedDeploymentAsync|}(d, "n", "ns");
            }
        }
        """);

    [Fact]
    public Task Computed_properties_of_a_kind() => Snippets<WriteAnalyzer>.Verify("""
        static class Doors { extension(Door door) { public void Mark() { door.Status.Phase = "m"; } public string Note { set => door.Status.Phase = value; } } }

        class Door : Widget
        {
            public string Phase { get => Status?.Phase; set => Status.Phase = value; }

            public string Image { set => Spec.Image = value; }

            public V1Condition Ready => Status.Conditions.First(c => c.Type == "Ready");
        }

        class C
        {
            async Task Phase(GenericClient c, Door d) { d.Phase = "x"; await c.{|HARV1001:ReplaceNamespacedAsync|}(d, "ns", "n"); }

            async Task Image(GenericClient c, Door d) { d.Image = "x"; await c.{|HARV1010:ReplaceNamespacedAsync|}(d, "ns", "n"); }

            async Task Ready(GenericClient c, Door d) { d.Ready.Status = "True"; await c.{|HARV1001:ReplaceNamespacedAsync|}(d, "ns", "n"); }

            async Task Mark(GenericClient c, Door d) { d.Mark(); await c.{|HARV1001:ReplaceNamespacedAsync|}(d, "ns", "n"); }

            async Task Note(GenericClient c, Door d) { d.Note = "x"; await c.{|HARV1001:ReplaceNamespacedAsync|}(d, "ns", "n"); }
        }
        """);

    [Fact]
    public Task Code_that_cannot_be_looked_into_may_have_sent_it() => Snippets<WriteAnalyzer>.Verify("""
        class C
        {
            async Task M(GenericClient c, Widget w, Action<Widget> report)
            {
                w.Status.Phase = "x";
                report(w);
                await c.{|HARV1010:ReplaceNamespacedAsync|}(w, "ns", "n");
            }
        }
        """);

    private static Task Verify(string change, string rule) => Snippets<WriteAnalyzer>.Verify($$"""
        class C
        {
            async Task M(GenericClient c, Widget w, Widget other, bool flag)
            {
                {{change}}
                await c.{|{{rule}}:ReplaceNamespacedAsync|}(w, "ns", "n");
            }
        }
        """);
}
