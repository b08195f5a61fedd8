using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>What the kinds have in common whose spec has a pod template.</summary>
internal abstract class WorkloadStrategy : KindStrategy
{
    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) => Complete(value.Edit(
        "spec",
        spec => CompleteSpec(spec.Edit("template", PodSpecDefaults.ApplyToTemplate))));

    /// <inheritdoc />
    public override IEnumerable<string> Warnings(RequestContext context, JsonObject value, JsonObject? old) =>
        PodWarnings.Of(value.At("spec", "template", "spec"), "spec.template.spec");

    /// <summary>The defaults of the kind's own members.</summary>
    /// <param name="spec">The spec, its template complete.</param>
    protected abstract JsonObject CompleteSpec(JsonObject spec);

    /// <summary>The defaults outside the spec.</summary>
    /// <param name="value">The object, its spec complete.</param>
    protected virtual JsonObject Complete(JsonObject value) => value;
}
