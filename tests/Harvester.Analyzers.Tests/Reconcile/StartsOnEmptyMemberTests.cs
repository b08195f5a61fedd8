using static Harvester.Analyzers.Tests.Reconcile.RestartSnippets;

namespace Harvester.Analyzers.Tests.Reconcile;

public class StartsOnEmptyMemberTests
{
    [Theory]
    [InlineData("string.IsNullOrEmpty(u.Status?.Phase)")]
    [InlineData("u.Status?.Phase is null or \"\"")]
    [InlineData("u.Status.Phase == \"\"")]
    [InlineData("u.Status.State == WidgetState.Unknown")]
    [InlineData("u.Status.State is default(WidgetState)")]
    [InlineData("!u.Status.Started")]
    [InlineData("u.Status.Started == false")]
    [InlineData("u.Status.ObservedGeneration is null")]
    [InlineData("string.IsNullOrWhiteSpace(u.Status.Phase.Trim())")]
    public Task Emptiness_of_a_member(string condition) => Verify($$"""
        if ({{Mark(condition)}}) await StartJob(u);
        """);

    [Theory]
    [InlineData("u.Status.Phase != \"Done\"")]
    [InlineData("u.Status.Phase == \"Pending\"")]
    [InlineData("u.Status.Phase is null or \"Failed\"")]
    [InlineData("u.Status.State == WidgetState.Running")]
    [InlineData("u.Status.Started")]
    [InlineData("u.Spec.Image == \"\"")]
    [InlineData("u.Status.ObservedGeneration != u.Metadata.Generation")]
    public Task Tests_that_are_not_emptiness(string condition) => Verify($"if ({condition}) await StartJob(u);");

    // r2
    [Fact]
    public Task Laundering_before_a_switch() => Verify("""
        switch (u.Status?.Phase ?? "Pending") { case {|HARV2002:"Pending"|}: await StartJob(u); break; }
        """);

    [Fact]
    public Task Laundering_before_a_switch_expression() => Verify("""
        await ((u.Status?.Phase ?? "New") switch { {|HARV2002:"New"|} => StartJob(u), _ => Task.CompletedTask });
        """);

    [Fact]
    public Task Laundering_through_the_object() => Verify("""
        u.Status ??= new() { Phase = "Pending" };
        switch (u.Status.Phase)
        {
            case {|HARV2002:"Pending"|}:
                await StartJob(u);
                break;
        }
        """);

    [Fact]
    public Task Laundering_in_a_helper() => Verify(
        """if ({|HARV2002:Phase(u) == "New"|}) await StartJob(u);""",
        """private static string Phase(Widget w) => string.IsNullOrEmpty(w.Status?.Phase) ? "New" : w.Status.Phase;""");

    [Fact]
    public Task First_of_two_passes_names_the_empty_phase() => Verify("""
        if ({|HARV2002:string.IsNullOrEmpty(u.Status.Phase)|})
        {
            u.Status.Phase = "Pending";
            await SaveStatus(u);
            return;
        }

        if (u.Status.Phase == "Pending") await StartJob(u);
        """);

    [Fact]
    public Task Both_the_status_and_its_member() => Verify("""
        if (u.Status == null || {|HARV2002:u.Status.Phase == ""|}) await StartJob(u);
        """);

    [Fact]
    public Task Wrapper_creates() => Verify(
        "if ({|HARV2002:u.Status.Phase is null|}) await Save(new V1ConfigMap());",
        "private async Task<T> Save<T>(T item) where T : IKubernetesObject<V1ObjectMeta> => await new GenericClient(client, \"\", \"v1\", \"configmaps\").CreateNamespacedAsync(item, \"ns\");");

    [Fact]
    public Task Pattern_variable() => Verify("""
        if (u is { Status: { Phase: var phase } } && {|HARV2002:phase == null|}) await StartJob(u);
        """);

    // r4
    [Fact]
    public Task Annotation_bound_to_the_object_with_a_recover_branch() => Verify("""
        if (u.Status?.Phase is null or "")
        {
            if (u.GetAnnotation("example.io/started-for") == u.Metadata.Uid) { await StartJob(u); return; }
            await StartJob(u);
        }
        """);

    [Fact]
    public Task Annotation_read_from_the_dictionary() => Verify("""
        if (u.Metadata.Annotations?.ContainsKey("started") == true) return;
        if (u.Status.Phase is null) await StartJob(u);
        """);

    [Fact]
    public Task Service_asked_first() => Verify("""
        if (u.Status.Phase is null)
        {
            var id = await provisioner.FindByNameAsync(u.Name());
            if (id is null) await provisioner.StartAsync(u.Spec.Image);
        }
        """);

    [Fact]
    public Task Children_listed_first() => Verify("""
        var jobs = await client.BatchV1.ListNamespacedJobAsync(u.Namespace(), labelSelector: "widget=" + u.Name());
        if (u.Status.Phase is null && !jobs.Items.Any(j => j.Name() == u.Name())) await StartJob(u);
        """);

    [Fact]
    public Task Parent_that_must_exist_is_no_guard() => Verify("""
        var config = await client.CoreV1.ReadNamespacedConfigMapAsync("settings", "ns");
        if (config is null) return;
        if ({|HARV2002:u.Status.Phase is null|}) await StartJob(u);
        """);

    [Fact]
    public Task Object_built_from_something_read_is_no_evidence() => Verify(
        """
        var config = await client.CoreV1.ReadNamespacedConfigMapAsync("settings", "ns");
        if ({|HARV2002:u.Status.Phase is null|}) await Create(Build(config.Data["image"]));
        """,
        """
        private static V1Job Build(string image) => new() { Metadata = new() { Name = image } };
        private async Task Create(V1Job job)
        {
            if (string.IsNullOrEmpty(job.Namespace())) return;
            await client.BatchV1.CreateNamespacedJobAsync(job, job.Namespace());
        }
        """);

    [Fact]
    public Task Guard_that_can_be_bypassed() => Verify("""
        if (u.Spec.Replicas > 1 && u.GetAnnotation("started") == u.Uid()) return;
        if ({|HARV2002:u.Status.Phase is null|}) await StartJob(u);
        """);

    [Fact]
    public Task Stored_hash_differs_from_the_one_computed_now() => VerifySource("""
        public class ModelStatus { public string ModelHash { get; set; } = ""; }
        public class Model : IKubernetesObject<V1ObjectMeta>
        {
            public string ApiVersion { get; set; }
            public string Kind { get; set; }
            public V1ObjectMeta Metadata { get; set; }
            public string Text { get; set; }
            public ModelStatus Status { get; set; } = new();
        }

        public interface IStore { Task WriteModelAsync(string text); }
        public class ModelController(IStore store)
        {
            public async Task ReconcileAsync(Model m)
            {
                var hash = m.Text.GetHashCode().ToString();
                if ({|HARV2002:m.Status.ModelHash == hash|}) return;
                await store.WriteModelAsync(m.Text);
            }
        }
        """);

    [Fact]
    public Task Initial_value_of_the_property_stands_for_empty() => VerifySource("""
        public class TaskStatus { public string Phase { get; set; } = "New"; }
        public class NodeTask : IKubernetesObject<V1ObjectMeta>
        {
            public string ApiVersion { get; set; }
            public string Kind { get; set; }
            public V1ObjectMeta Metadata { get; set; }
            public TaskStatus Status { get; set; } = new();
        }

        public class NodeTaskController(IKubernetes client)
        {
            public async Task ReconcileAsync(NodeTask t)
            {
                if ({|HARV2002:t.Status.Phase == "New"|}) await client.CoreV1.CreateNamespacedPodAsync(new V1Pod(), "ns");
            }
        }
        """);

    private static string Mark(string condition) => condition.StartsWith("!u", StringComparison.Ordinal) ? "!{|HARV2002:" + condition[1..] + "|}" : "{|HARV2002:" + condition + "|}";
}
