using static Harvester.Analyzers.Tests.Reconcile.RestartSnippets;

namespace Harvester.Analyzers.Tests.Reconcile;

public class StartsOnAbsentConditionTests
{
    [Theory]
    [InlineData("u.Status?.Conditions is null or []")]
    [InlineData("u.Status.Conditions.Count == 0")]
    [InlineData("u.Status.Conditions.Count < 1")]
    [InlineData("u.Status.Conditions.FirstOrDefault(c => c.Type == \"Started\") is null")]
    [InlineData("u.Status.Conditions?.Find(c => string.Equals(c.Type, \"Started\")) == null")]
    [InlineData("u.Status.Conditions.All(c => c.Type != \"Started\")")]
    [InlineData("u.Status.Conditions.Where(c => c.Type == \"Started\").Count() == 0")]
    [InlineData("u.Status.Conditions.SingleOrDefault(c => c.Type is \"Started\")?.Status is null or \"\"")]
    public Task Absent_or_empty(string condition) => Verify("if ({|HARV2003:" + condition + "|}) await StartJob(u);");

    [Theory]
    [InlineData("u.Status.Conditions.Any(c => c.Type == \"Started\")")]
    [InlineData("!u.Status.Conditions.Any(c => c.Type == \"Ready\" && c.Status == \"True\")")]
    [InlineData("u.Status.Conditions.FirstOrDefault(c => c.Type == \"Ready\")?.Status == \"False\"")]
    [InlineData("u.Status.Conditions.Count > 0")]
    [InlineData("u.Status.Conditions.FirstOrDefault(c => c.Type == \"Ready\")?.Status != \"True\"")]
    public Task Levels_and_presence(string condition) => Verify($"if ({condition}) await StartJob(u);");

    [Fact]
    public Task No_condition_of_that_type() => Verify("""
        if (!{|HARV2003:u.Status.Conditions.Any(c => c.Type == "Initialized")|}) await StartJob(u);
        """);

    [Fact]
    public Task Helper_that_returns_the_condition() => Verify(
        """if ({|HARV2003:GetCondition(u, "Completed") == null|}) await StartJob(u);""",
        "private static V1Condition GetCondition(Widget w, string type) => w.Status.Conditions?.FirstOrDefault(c => c.Type == type);");

    [Fact]
    public Task Helper_that_returns_its_status_as_a_string() => Verify(
        """if ({|HARV2003:GetStatus(u, "Completed") == ""|}) await StartJob(u);""",
        """
        private static string GetStatus(Widget w, string type)
        {
            foreach (var condition in w.Status.Conditions)
            {
                if (condition.Type == type) return condition.Status;
            }

            return "";
        }
        """);

    [Fact]
    public Task Typed_condition_object() => VerifySource("""
        public sealed class ConditionType(string name)
        {
            public string GetStatus(Widget w) => Find(w.Status.Conditions)?.Status ?? "";
            private V1Condition Find(List<V1Condition> all) => all?.Find(c => c.Type == name);
        }

        public class WidgetController(IKubernetes client)
        {
            private static readonly ConditionType Completed = new("Completed");

            public async Task ReconcileAsync(Widget u)
            {
                if ({|HARV2003:Completed.GetStatus(u) == ""|})
                {
                    await client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap(), "ns");
                }
            }
        }
        """);

    [Fact]
    public Task Loop_that_looks_for_the_condition() => Verify("""
        var found = false;
        foreach (var condition in u.Status.Conditions)
        {
            if (condition.Type == "Started") found = true;
        }

        if (!{|HARV2003:found|}) await StartJob(u);
        """);

    [Fact]
    public Task Helper_that_loops() => Verify(
        """if (!{|HARV2003:Has(u.Status.Conditions, "Started")|}) await StartJob(u);""",
        """
        private static bool Has(List<V1Condition> all, string type)
        {
            foreach (var condition in all)
            {
                if (condition.Type == type) return true;
            }

            return false;
        }
        """);

    // r3
    [Fact]
    public Task Observed_generation_is_no_guard() => Verify("""
        if (u.Status?.ObservedGeneration != u.Metadata.Generation && {|HARV2003:u.Status?.Conditions is null or []|}) await StartJob(u);
        """);

    [Fact]
    public Task Other_condition_is_no_guard() => Verify(
        """
        if (IsUnknown(u, "Completed") && {|HARV2003:Get(u, "ImageReady") is null|}) await StartJob(u);
        """,
        """
        private static V1Condition Get(Widget w, string type) => w.Status.Conditions.FirstOrDefault(c => c.Type == type);
        private static bool IsUnknown(Widget w, string type) => Get(w, type)?.Status == "Unknown";
        """);

    [Fact]
    public Task Only_a_condition_is_set() => Verify("""
        if (!u.Status.Conditions.Any(c => c.Type == "Ready"))
        {
            u.Status.Conditions.Add(new V1Condition { Type = "Ready", Status = "Unknown" });
            await SaveStatus(u);
        }
        """);

    [Fact]
    public Task Record_read_first() => Verify("""
        var record = await client.CoreV1.ReadNamespacedConfigMapAsync(u.Name() + "-record", u.Namespace());
        if (record.Data["uid"] == u.Uid()) return;
        if (u.Status.Conditions is null) await StartJob(u);
        """);

    [Fact]
    public Task Guard_in_the_caller_covers_the_helper() => Verify(
        """
        if (u.GetAnnotation("started") is not null) return;
        await Initialise(u);
        """,
        "private async Task Initialise(Widget w) { if (w.Status.Conditions.Count == 0) await StartJob(w); }");

    [Fact]
    public Task Server_side_apply_repeats_and_converges() => Verify("""
        if ({|HARV2003-info:u.Status.Conditions.Count == 0|})
        {
            await client.CoreV1.PatchNamespacedConfigMapAsync(new V1Patch(new V1ConfigMap(), V1Patch.PatchType.ApplyPatch), "c", "ns", fieldManager: "widgets");
        }
        """);

    [Theory]
    [InlineData("HARV2003-info", "var job = await client.BatchV1.ReadNamespacedJobAsync(\"j\", \"ns\"); if (job.GetLabel(\"run\") != u.Metadata.Uid) throw;")]
    [InlineData("HARV2003", "return;")]
    public Task Create_that_meets_an_existing_object(string rule, string handler) => Verify($$"""
        if ({|{{rule}}:u.Status.Conditions is null or []|})
        {
            try { await client.BatchV1.CreateNamespacedJobAsync(new V1Job { Metadata = new() { Name = "j" } }, "ns"); }
            catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict) { {{handler}} }
        }
        """);

    [Fact]
    public Task Table_with_a_row_that_starts_unguarded() => VerifySource(Table("""
        new("begin", w => {|HARV2003:w.Status.Conditions.All(c => c.Type != "Started")|}, Begin),
        new("rest", w => true, (w, client) => Task.CompletedTask),
        """));

    [Fact]
    public Task Table_with_evidence_in_a_row_above() => VerifySource(Table("""
        new("recover", w => w.GetAnnotation("started-for") == w.Uid(), (w, client) => Task.CompletedTask),
        new("begin", w => w.Status.Conditions.All(c => c.Type != "Started"), Begin),
        """));

    [Fact]
    public Task Table_with_evidence_in_the_row() => VerifySource(Table("""
        new("begin", w => w.GetAnnotation("started-for") == null && w.Status.Conditions.All(c => c.Type != "Started"), Begin),
        """));

    [Fact]
    public Task Table_whose_row_only_rests() => VerifySource(Table("""
        new("wait", w => w.Status.Conditions.Count == 0, (w, client) => Task.CompletedTask),
        """));

    private static string Table(string rows) => $$"""
        public sealed record Row(string Name, Func<Widget, bool> Guard, Func<Widget, IKubernetes, Task> Action);

        public class WidgetController(IKubernetes client)
        {
            private static readonly Row[] Rows =
            [
                {{rows}}
            ];

            public async Task ReconcileAsync(Widget widget)
            {
                foreach (var row in Rows)
                {
                    if (row.Guard(widget))
                    {
                        await row.Action(widget, client);
                        return;
                    }
                }
            }

            private static async Task Begin(Widget w, IKubernetes client) =>
                await client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap(), w.Namespace());
        }
        """;
}
