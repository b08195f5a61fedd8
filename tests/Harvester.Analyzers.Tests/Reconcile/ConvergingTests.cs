using static Harvester.Analyzers.Tests.Reconcile.Shapes;

namespace Harvester.Analyzers.Tests.Reconcile;

/// <summary>Work that is repeated and comes to the same, and work that only seems to.</summary>
public class ConvergingTests
{
    private const string Judges = """
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict)
        {
            var job = await client.BatchV1.ReadNamespacedJobAsync(u.Metadata.Name, "ns");
            if (job.GetAnnotation("uid") != u.Metadata.Uid) throw;
        }
        """;

    [Fact]
    public Task The_existing_object_is_judged_by_the_caller_of_the_create() => Verify(
    [
        "if ({|HARV2003-info:u.Status.Conditions is null or []|}) { try { await Start(u); } " + Judges + " }",
        "if ({|HARV2003-info:u.Status.Conditions is null or []|}) await Ensure(u);",
        "if ({|HARV2003:u.Status.Conditions is null or []|}) { try { await Start(u); } catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict) { } }",
    ],
    "private async Task Ensure(Gadget u) { try { await Start(u); } " + Judges + " }");

    [Theory]
    [InlineData("new V1Job { Metadata = new() { Name = \"j-\" + Guid.NewGuid() } }")]
    [InlineData("new V1Job { Metadata = new() { GenerateName = \"j-\" } }")]
    [InlineData("Build(u)")]
    public Task A_name_that_is_drawn_never_meets_an_existing_object(string job) => Verify(
        [$$"""if ({|HARV2003:u.Status.Conditions is null or []|}) { try { await client.BatchV1.CreateNamespacedJobAsync({{job}}, "ns"); } """ + Judges + " }"],
        "private static V1Job Build(Gadget g) => new() { Metadata = new() { Name = $\"{g.Metadata.Name}-{DateTime.UtcNow.Ticks}\" } };");
}
