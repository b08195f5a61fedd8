using static Harvester.Analyzers.Tests.Reconcile.Shapes;

namespace Harvester.Analyzers.Tests.Reconcile;

/// <summary>The test, or the work, stands in a helper, a delegate, a flag or a name that was chosen before.</summary>
public class HelperShapeTests
{
    [Fact]
    public Task Delegates_are_followed() => Verify(
    [
        "Func<Gadget, bool> isNew = g => g.Status is null; if ({|HARV2001:isNew(u)|}) await Start(u);",
        "if ({|HARV2002:Missing(u, g => g.Status.Phase)|}) await Start(u);",
        "if (Missing(u, g => g.Spec.Image)) await Start(u);",
        "Func<Gadget, Task> start = Start; if ({|HARV2001:u.Status is null|}) await start(u);",
        "Func<Gadget, Task> step = {|HARV2001:u.Status is null|} ? Start : Save; await step(u);",
        "Func<Gadget, Task> step = u.Status?.Phase switch { {|HARV2004:null or \"\"|} => Start, _ => Save }; await step(u);",
        "Func<Gadget, Task> step = u.Status is null ? Save : Save; await step(u);",
        "if (u.Status is null) await IfAbsent(u, () => Start(u));",
    ],
    """
    private static bool Missing<T>(T item, Func<T, string> get) => string.IsNullOrEmpty(get(item));
    private async Task IfAbsent(Gadget g, Func<Task> work) { if (await Find(g) is null) await work(); }
    """);

    [Fact]
    public Task Out_parameters_and_tuples() => Verify(
    [
        "if (!{|HARV2002:TryPhase(u, out var phase)|}) await Start(u);",
        "Phase(u, out var phase); if ({|HARV2002:string.IsNullOrEmpty(phase)|}) await Start(u);",
        "var (phase, image) = (u.Status?.Phase, u.Spec.Image); if ({|HARV2002:phase is null|}) await Start(u);",
        "var (phase, image) = (u.Status?.Phase, u.Spec.Image); if (image is null) await Start(u);",
        "switch ((u.Status?.Phase, u.Spec.Replicas)) { case {|HARV2004:(null, > 0)|}: await Start(u); break; }",
        "if (TryRun(u, out var run)) return; if (u.Status is null) await Start(u);",
    ],
    """
    private static bool TryPhase(Gadget g, out string phase) { phase = g.Status?.Phase; return !string.IsNullOrEmpty(phase); }
    private static void Phase(Gadget g, out string phase) { phase = g.Status?.Phase; }
    private static bool TryRun(Gadget g, out string run) { run = g.GetAnnotation("run"); return run == g.Metadata.Uid; }
    """);

    [Fact]
    public Task Names_for_a_missing_member() => Verify(
    [
        "if ({|HARV2002:Step(u) == GadgetState.Running|}) await Start(u);",
        "switch (Step(u)) { case {|HARV2002:GadgetState.Running|}: await Start(u); break; case GadgetState.Done: break; }",
        "if (Step(u) == GadgetState.Done) await Start(u);",
        "var next = u.Status?.Job switch { null or \"\" => GadgetState.Running, \"x\" => GadgetState.Done, _ => GadgetState.Unknown }; if ({|HARV2002:next == GadgetState.Running|}) await Start(u);",
        "var next = u.Status?.Job switch { null or \"\" => GadgetState.Unknown, \"x\" => GadgetState.Running, _ => GadgetState.Done }; if (next == GadgetState.Running) await Start(u);",
        "if ({|HARV2002:(u.Status?.Job ?? Phases.Pending) == Phases.Pending|}) await Start(u);",
        "u.Status.Phase ??= \"Queued\"; switch (u.Status.Phase) { case {|HARV2002:\"Queued\"|}: await Start(u); break; }",
    ],
    "private static GadgetState Step(Gadget g) { switch (g.Status?.Job) { case null: return GadgetState.Running; default: return GadgetState.Done; } }",
    "public static class Phases { public static readonly string Pending = \"Pending\"; }");

    [Fact]
    public Task Flags() => Verify(
    [
        "var start = u.Status is null; start = u.Spec.Replicas > 3; if (start) await Start(u);",
        "var start = false; if (u.Status is null) start = true; if ({|HARV2001:start|}) await Start(u);",
        "if (u.Status is null) { u.Status = new(); await Start(u); } else { await Start(u); }",
    ]);

    [Fact]
    public Task Arms_of_a_switch() => Verify(
    [
        "switch (u.Status?.Phase) { case {|HARV2004:null|}: case \"\": await Start(u); break; case \"Running\": break; }",
        "switch (u.Status.Attempts) { case {|HARV2004:0|}: await Start(u); break; default: break; }",
        "switch (u.Status.Started) { case {|HARV2004:false|}: await Start(u); break; case true: break; }",
        "switch (u.Status?.Phase) { case var p when {|HARV2004:string.IsNullOrEmpty(p)|}: await Start(u); break; default: break; }",
        "switch (u.Spec.Image) { case \"a\" when {|HARV2001:u.Status is null|}: await Start(u); break; default: break; }",
        "switch (u.Status?.Phase) { case {|HARV2004:null|}: goto case \"Go\"; case \"Go\": await Start(u); break; }",
    ]);
}
