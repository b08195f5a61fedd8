using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Extension;

/// <summary>API services: stored and checked; requests are not passed on.</summary>
internal sealed class ApiServiceStrategy : KindStrategy
{
    /// <inheritdoc />
    public override NameForm Names => NameForm.PathSegment;

    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) =>
        value.Edit("spec", spec => spec.Edit("service", service => service.Default("port", 443)));

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var name = ObjectMetadata.Name(value);
        var group = value.At("spec", "group")?.AsString ?? "";
        var version = value.At("spec", "version")?.AsString ?? "";
        if (name != $"{version}.{group}")
        {
            errors.Invalid("metadata.name", name, $"must be `spec.version+\".\"+spec.group`: \"{version}.{group}\"");
        }

        if (group.Length > 0 && ObjectMetadataRules.SubdomainError(group) is { } bad)
        {
            errors.Invalid("spec.group", group, bad);
        }

        if (ObjectMetadataRules.LabelError(version) is { } wrong)
        {
            errors.Invalid("spec.version", version, wrong);
        }

        Range("groupPriorityMinimum", 20000);
        Range("versionPriority", 1000);
        CheckService(value, errors);

        void Range(string member, long limit)
        {
            var priority = value.At("spec", member)?.AsInteger ?? 0;
            if (priority <= 0 || priority > limit)
            {
                errors.Invalid("spec." + member, priority, $"must be positive and less than {limit}");
            }
        }
    }

    private static void CheckService(JsonObject value, FieldErrors errors)
    {
        var insecure = value.At("spec", "insecureSkipTLSVerify")?.AsBoolean == true;
        var bundle = value.At("spec", "caBundle") is JsonString { Value.Length: > 0 };
        if (value.At("spec", "service") is not JsonObject service)
        {
            if (bundle)
            {
                errors.Invalid("spec.caBundle", "0 bytes", "local APIServices may not have a caBundle");
            }

            if (insecure)
            {
                errors.Invalid("spec.insecureSkipTLSVerify", true, "local APIServices may not have insecureSkipTLSVerify");
            }

            return;
        }

        if (service.Find("namespace")?.AsString is null or "")
        {
            errors.Required("spec.service.namespace");
        }

        if (service.Find("name")?.AsString is null or "")
        {
            errors.Required("spec.service.name");
        }

        if (service.Find("port")?.AsInteger is not (> 0 and < 65536))
        {
            errors.Invalid("spec.service.port", service.Find("port"), "port is not valid: " + ValueForms.PortRange);
        }

        if (insecure && bundle)
        {
            errors.Invalid("spec.insecureSkipTLSVerify", true, "may not be true if caBundle is present");
        }
    }
}
