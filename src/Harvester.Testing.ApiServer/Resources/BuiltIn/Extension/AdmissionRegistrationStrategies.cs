using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Extension;

/// <summary>Defaults that webhooks and admission policies have in common.</summary>
internal static class AdmissionMatchDefaults
{
    /// <summary>Completes what says which requests are meant.</summary>
    /// <param name="match">The rules and selectors.</param>
    public static JsonObject Apply(JsonObject match) => match
        .Default("matchPolicy", "Equivalent")
        .Default("namespaceSelector", JsonObject.Empty)
        .Default("objectSelector", JsonObject.Empty)
        .EditItems("resourceRules", AnyScope)
        .EditItems("excludeResourceRules", AnyScope);

    /// <summary>A rule that does not say is about all scopes.</summary>
    /// <param name="rule">The rule.</param>
    public static JsonObject AnyScope(JsonObject rule) => rule.Default("scope", "*");
}

/// <summary>Webhook configurations: stored, defaulted and checked. Nobody is called.</summary>
internal sealed class WebhookConfigurationStrategy : KindStrategy
{
    private static readonly string[] RuleLists = ["operations", "apiGroups", "apiVersions", "resources"];

    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value)
    {
        var mutating = value.Find("kind")?.AsString == "MutatingWebhookConfiguration";
        return value.EditItems("webhooks", webhook =>
        {
            webhook = AdmissionMatchDefaults.Apply(webhook)
                .Default("failurePolicy", "Fail")
                .Default("timeoutSeconds", 10)
                .EditItems("rules", AdmissionMatchDefaults.AnyScope)
                .Edit("clientConfig", client => client.Edit("service", service => service.Default("port", 443)));
            return mutating ? webhook.Default("reinvocationPolicy", "Never") : webhook;
        });
    }

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var names = new HashSet<string>();
        var webhooks = value.Find("webhooks") as JsonArray ?? JsonArray.Empty;
        for (var i = 0; i < webhooks.Count; i++)
        {
            var at = FieldErrors.Item("webhooks", i);
            var name = webhooks[i]["name"]?.AsString ?? "";
            if (name.Length == 0)
            {
                errors.Required(at + ".name");
            }
            else if (ObjectMetadataRules.SubdomainError(name) is { } bad)
            {
                errors.Invalid(at + ".name", name, bad);
            }
            else if (name.Count(letter => letter == '.') < 2)
            {
                errors.Invalid(at + ".name", name, "should be a domain with at least three segments separated by dots");
            }

            if (!names.Add(name))
            {
                errors.Duplicate(at + ".name", name);
            }

            CheckWebhook(webhooks[i], at, errors);
        }
    }

    private static void CheckWebhook(JsonValue webhook, string at, FieldErrors errors)
    {
        var rules = webhook["rules"] as JsonArray ?? JsonArray.Empty;
        for (var r = 0; r < rules.Count; r++)
        {
            var rule = FieldErrors.Item(at + ".rules", r);
            foreach (var list in RuleLists)
            {
                if (rules[r][list] is not JsonArray { Count: > 0 })
                {
                    errors.Required($"{rule}.{list}");
                }
            }

            errors.OneOf(rule + ".scope", rules[r]["scope"]?.AsString ?? "", "*", "Cluster", "Namespaced");
        }

        errors.OneOf(at + ".failurePolicy", webhook["failurePolicy"]?.AsString ?? "", "Fail", "Ignore");
        errors.OneOf(at + ".matchPolicy", webhook["matchPolicy"]?.AsString ?? "", "Equivalent", "Exact");
        if (webhook["sideEffects"]?.AsString is not { Length: > 0 } effects)
        {
            errors.Required(at + ".sideEffects", "must specify one of None, NoneOnDryRun");
        }
        else
        {
            errors.OneOf(at + ".sideEffects", effects, "None", "NoneOnDryRun");
        }

        if (webhook["timeoutSeconds"]?.AsInteger is { } seconds and (> 30 or < 1))
        {
            errors.Invalid(at + ".timeoutSeconds", seconds, "the timeout value must be between 1 and 30 seconds");
        }

        if (webhook["admissionReviewVersions"] is not JsonArray { Count: > 0 })
        {
            errors.Required(at + ".admissionReviewVersions", "must specify one of v1, v1beta1");
        }

        ValueForms.CheckSelector(errors, at + ".namespaceSelector", webhook["namespaceSelector"]);
        ValueForms.CheckSelector(errors, at + ".objectSelector", webhook["objectSelector"]);
        CheckClient(webhook["clientConfig"], at + ".clientConfig", errors);
    }

    private static void CheckClient(JsonValue? client, string at, FieldErrors errors)
    {
        var url = client?["url"]?.AsString;
        var service = client?["service"] as JsonObject;
        if (url is null == service is null)
        {
            errors.Required(at, "exactly one of url or service is required");
            return;
        }

        if (url is not null && !url.StartsWith("https://", StringComparison.Ordinal))
        {
            errors.Invalid(at + ".url", url, "'https' is the only allowed URL scheme; desired format: https://host[/path]");
        }

        foreach (var member in (ReadOnlySpan<string>)["name", "namespace"])
        {
            if (service is not null && service.Find(member)?.AsString is null or "")
            {
                errors.Required($"{at}.service.{member}", $"service {member} is required");
            }
        }
    }
}

/// <summary>Admission policies: stored and defaulted. Their expressions are not evaluated.</summary>
internal sealed class AdmissionPolicyStrategy : KindStrategy
{
    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) => value.Edit("spec", spec =>
        spec.Default("failurePolicy", "Fail").Edit("matchConstraints", AdmissionMatchDefaults.Apply));

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var rules = value.At("spec", "matchConstraints", "resourceRules");
        if (value.At("spec", "matchConstraints") is null)
        {
            errors.Required("spec.matchConstraints");
        }
        else if (rules is not JsonArray { Count: > 0 })
        {
            errors.Required("spec.matchConstraints.resourceRules");
        }

        errors.OneOf("spec.failurePolicy", value.At("spec", "failurePolicy")?.AsString ?? "", "Fail", "Ignore");
        if (context.Kind.Plural == "mutatingadmissionpolicies")
        {
            if (value.At("spec", "mutations") is not JsonArray { Count: > 0 })
            {
                errors.Required("spec.mutations", "mutations must contain at least one item");
            }
        }
        else if (value.At("spec", "validations") is not JsonArray { Count: > 0 } && value.At("spec", "auditAnnotations") is not JsonArray { Count: > 0 })
        {
            errors.Required("spec.validations", "validations or auditAnnotations must be non-empty");
        }
    }
}

/// <summary>Bindings of admission policies.</summary>
internal sealed class AdmissionPolicyBindingStrategy : KindStrategy
{
    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) =>
        value.Edit("spec", spec => spec.Edit("matchResources", AdmissionMatchDefaults.Apply));

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        if (value.At("spec", "policyName")?.AsString is null or "")
        {
            errors.Required("spec.policyName");
        }

        if (context.Kind.Plural != "validatingadmissionpolicybindings")
        {
            return;
        }

        var actions = value.At("spec", "validationActions") as JsonArray ?? JsonArray.Empty;
        if (actions.Count == 0)
        {
            errors.Required("spec.validationActions", "at least one validation action is required");
        }

        var names = actions.Select(action => action.AsString ?? "").ToList();
        foreach (var name in names)
        {
            errors.OneOf("spec.validationActions", name, "Audit", "Deny", "Warn");
        }

        if (names.Contains("Deny") && names.Contains("Warn"))
        {
            errors.Invalid("spec.validationActions", actions, "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)");
        }

        if (value.At("spec", "paramRef") is JsonObject reference)
        {
            if (reference.Has("name") == reference.Has("selector"))
            {
                errors.Required("spec.paramRef", "one of name or selector must be specified");
            }

            if (reference.Find("parameterNotFoundAction")?.AsString is not { } action)
            {
                errors.Required("spec.paramRef.parameterNotFoundAction");
            }
            else
            {
                errors.OneOf("spec.paramRef.parameterNotFoundAction", action, "Allow", "Deny");
            }
        }
    }
}
