using static Harvester.Analyzers.Tests.Reconcile.RestartSnippets;

namespace Harvester.Analyzers.Tests.Reconcile;

/// <summary>HARV2005: a fact that nothing can tell again is kept in the status alone.</summary>
public class FactKeptInStatusTests
{
    [Theory]
    [InlineData("Guid.NewGuid().ToString()")]
    [InlineData("DateTime.UtcNow.ToString(\"O\")")]
    [InlineData("Random.Shared.Next(1000).ToString()")]
    [InlineData("Draw()")]
    public Task Drawn_because_it_is_missing(string value) => Verify(
        $$"""if ({|HARV2005:string.IsNullOrEmpty(u.Status.Phase)|}) u.Status.Phase = {{value}};""",
        "private static string Draw() => new Random().Next(5).ToString();");

    [Fact]
    public Task In_a_status_that_is_made_anew() => Verify("""
        if (u.Status is not null) return;
        u.Status = new() { Phase = Guid.NewGuid().ToString() };
        """.Replace("u.Status is not null", "{|HARV2005:u.Status is not null|}", StringComparison.Ordinal));

    [Fact]
    public Task Through_a_local_that_is_set_again() => Verify("""
        var phase = u.Status.Phase;
        if ({|HARV2005:phase == default|})
        {
            u.Status.Phase = phase = Guid.NewGuid().ToString();
        }

        await SaveStatus(u);
        """);

    [Theory]
    [InlineData("u.Spec.Image")]
    [InlineData("\"Pending\"")]
    [InlineData("u.Name() + \"-job\"")]
    public Task What_can_be_told_again(string value) => Verify($"if (string.IsNullOrEmpty(u.Status.Phase)) u.Status.Phase = {value};");

    [Fact]
    public Task Always_set() => Verify("u.Status.Phase = Guid.NewGuid().ToString();");

    [Fact]
    public Task Observations() => Verify("if (u.Status.ObservedGeneration is null) u.Status.ObservedGeneration = DateTime.UtcNow.Ticks;");

    [Fact]
    public Task Kept_in_an_annotation_too() => Verify("""
        if (u.GetAnnotation("example.io/run") is { } run) return;
        if (string.IsNullOrEmpty(u.Status.Phase)) u.Status.Phase = Guid.NewGuid().ToString();
        """);
}
