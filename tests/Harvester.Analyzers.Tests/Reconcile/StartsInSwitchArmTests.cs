using static Harvester.Analyzers.Tests.Reconcile.RestartSnippets;

namespace Harvester.Analyzers.Tests.Reconcile;

/// <summary>HARV2004: an arm of a switch over the status starts work.</summary>
public class StartsInSwitchArmTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("null or \"\"")]
    public Task Arm_for_nothing(string arm) => Verify($$"""
        switch (u.Status?.Phase)
        {
            case {|HARV2004:{{arm}}|}: await StartJob(u); break;
            case "Running": break;
        }
        """);

    [Fact]
    public Task Arm_for_the_zero_member() => Verify("""
        switch (u.Status.State)
        {
            case {|HARV2004:WidgetState.Unknown|}: await StartJob(u); break;
            default: break;
        }
        """);

    [Fact]
    public Task Default_arm_is_a_note() => Verify("""
        switch (u.Status.Phase)
        {
            case "Running": break;
            case "Done": return;
            {|HARV2004-info:default:|} await StartJob(u); break;
        }
        """);

    [Fact]
    public Task Default_arm_of_a_switch_expression() => Verify("""
        await (u.Status.State switch
        {
            WidgetState.Running => Task.CompletedTask,
            WidgetState.Done => Task.CompletedTask,
            {|HARV2004-info:_|} => StartJob(u),
        });
        """);

    [Fact]
    public Task Default_arm_where_the_empty_state_has_one() => Verify("""
        switch (u.Status.Phase)
        {
            case null or "": return;
            case "Done": return;
            default: await StartJob(u); break;
        }
        """);

    [Fact]
    public Task Default_arm_that_throws() => Verify("""
        switch (u.Status.Phase)
        {
            case "Running": await StartJob(u); break;
            default: throw new InvalidOperationException();
        }
        """);

    [Fact]
    public Task Switch_over_the_specification() => Verify("""
        switch (u.Spec.Image)
        {
            case "": await StartJob(u); break;
            default: await StartJob(u); break;
        }
        """);

    [Fact]
    public Task Child_looked_up_first() => Verify("""
        if (await FindJob(u) is not null) return;
        switch (u.Status.Phase)
        {
            case "Done": return;
            default: await StartJob(u); break;
        }
        """);
}
