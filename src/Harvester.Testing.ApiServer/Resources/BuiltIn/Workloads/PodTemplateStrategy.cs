using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;

/// <summary>Pod templates that stand alone.</summary>
internal sealed class PodTemplateStrategy : KindStrategy
{
    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) => value.Edit("template", PodSpecDefaults.ApplyToTemplate);

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes) =>
        TemplateValidation.Check(value.Find("template"), "template", new FieldErrors(causes));
}
