using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>Daemon sets.</summary>
internal sealed class DaemonSetStrategy : WorkloadStrategy
{
    private const string TemplateGeneration = "deprecated.daemonset.template.generation";

    /// <inheritdoc />
    public override JsonObject PrepareForCreate(RequestContext context, JsonObject value) => WithTemplateGeneration(value, 1);

    /// <inheritdoc />
    public override JsonObject PrepareForUpdate(RequestContext context, JsonObject value, JsonObject old)
    {
        var before = old.At("metadata", "annotations", TemplateGeneration)?.AsString;
        _ = long.TryParse(before, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var generation);
        return WithTemplateGeneration(
            value,
            Equals(value.At("spec", "template"), old.At("spec", "template")) ? generation : generation + 1);
    }

    /// <inheritdoc />
    protected override JsonObject CompleteSpec(JsonObject spec) => spec
        .Default("revisionHistoryLimit", 10)
        .Edit("updateStrategy", strategy =>
        {
            strategy = strategy.Default("type", "RollingUpdate");
            return strategy.Find("type")?.AsString == "RollingUpdate"
                ? strategy.Default("rollingUpdate", JsonObject.Empty).Edit("rollingUpdate", rolling => rolling
                    .Default("maxUnavailable", 1)
                    .Default("maxSurge", 0))
                : strategy;
        });

    private static JsonObject WithTemplateGeneration(JsonObject value, long generation) => value.WithAt(
        ["metadata", "annotations", TemplateGeneration],
        generation.ToString(CultureInfo.InvariantCulture));
}
