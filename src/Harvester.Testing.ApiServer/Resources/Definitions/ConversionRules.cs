using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources.Definitions;

/// <summary>How versions are converted: not at all, or by a webhook that must be described in full.</summary>
internal static class ConversionRules
{
    private const string Path = "spec.conversion";
    private const string UrlForm = "; desired format: https://host[/path]";

    private static readonly string[] ReviewVersions = ["v1", "v1beta1"];

    /// <summary>Checks a definition's conversion.</summary>
    /// <param name="conversion">The conversion, or null.</param>
    /// <param name="old">What it was before, or null.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static void Validate(JsonObject? conversion, JsonObject? old, List<FieldError> errors)
    {
        if (conversion is null)
        {
            return;
        }

        var strategy = conversion.Text("strategy");
        if (strategy.Length == 0)
        {
            errors.Add(FieldError.Required(Path + ".strategy"));
        }
        else if (strategy is not ("None" or "Webhook"))
        {
            errors.Add(FieldError.NotSupported(Path + ".strategy", strategy, ["None", "Webhook"]));
        }

        var webhook = conversion.Find("webhook") as JsonObject;
        var client = webhook?.Find("clientConfig") as JsonObject;
        var reviews = webhook?.Texts("conversionReviewVersions") ?? [];
        if (strategy != "Webhook")
        {
            const string Rule = "should not be set when strategy is not set to Webhook";
            if (client is not null)
            {
                errors.Add(FieldError.Forbidden(Path + ".webhookClientConfig", Rule));
            }

            if (reviews.Count > 0)
            {
                errors.Add(FieldError.Forbidden(Path + ".conversionReviewVersions", Rule));
            }

            return;
        }

        CheckClient(client, errors);
        var past = (old?.Find("webhook") as JsonObject)?.Texts("conversionReviewVersions") ?? [];
        CheckReviewVersions(reviews, past.Count == 0 || past.Any(ReviewVersions.Contains), errors);
    }

    private static void CheckClient(JsonObject? client, List<FieldError> errors)
    {
        const string Field = Path + ".webhookClientConfig";
        if (client is null)
        {
            errors.Add(FieldError.Required(Field, "required when strategy is set to Webhook"));
            return;
        }

        var url = client.Given("url")?.AsString;
        var service = client.Find("service") as JsonObject;
        if (url is null == service is null)
        {
            errors.Add(FieldError.Required(Field, "exactly one of url or service is required"));
        }
        else if (url is not null)
        {
            CheckUrl(url, Field + ".url", errors);
        }
        else
        {
            CheckService(service!, Field + ".service", errors);
        }
    }

    private static void CheckUrl(string url, string field, List<FieldError> errors)
    {
        var parts = GoUrl.Parse(url);
        if (parts.Error is not null)
        {
            errors.Add(FieldError.Required(field, $"url must be a valid URL: {parts.Error}{UrlForm}"));
            return;
        }

        if (parts.Scheme != "https")
        {
            errors.Add(FieldError.Invalid(field, parts.Scheme, "'https' is the only allowed URL scheme" + UrlForm));
        }

        if (parts.Host.Length == 0)
        {
            errors.Add(FieldError.Invalid(field, parts.Host, "host must be specified" + UrlForm));
        }

        if (parts.User is not null)
        {
            errors.Add(FieldError.Invalid(field, parts.User, "user information is not permitted in the URL"));
        }

        if (parts.Fragment.Length > 0)
        {
            errors.Add(FieldError.Invalid(field, parts.Fragment, "fragments are not permitted in the URL"));
        }

        if (parts.Query.Length > 0)
        {
            errors.Add(FieldError.Invalid(field, parts.Query, "query parameters are not permitted in the URL"));
        }
    }

    private static void CheckService(JsonObject service, string field, List<FieldError> errors)
    {
        // Name and namespace are handed over the wrong way round in kube-apiserver, and so each is reported as the other.
        if (service.Text("namespace").Length == 0)
        {
            errors.Add(FieldError.Required(field + ".name"));
        }

        if (service.Text("name").Length == 0)
        {
            errors.Add(FieldError.Required(field + ".namespace"));
        }

        if (service.Find("port")?.AsInteger is { } port and (< 1 or > 65535))
        {
            errors.Add(FieldError.Invalid(field + ".port", port, "port is not valid: must be between 1 and 65535, inclusive"));
        }

        if (service.Text("path") is not ({ Length: > 0 } path and not "/"))
        {
            return;
        }

        if (path == "//")
        {
            errors.Add(FieldError.Invalid(field + ".path", path, "segment[0] may not be empty"));
            return;
        }

        if (path[0] != '/')
        {
            errors.Add(FieldError.Invalid(field + ".path", path, "must start with a '/'"));
        }

        var steps = (path[^1] == '/' ? path[1..^1] : path[1..]).Split('/');
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i].Length == 0)
            {
                errors.Add(FieldError.Invalid(field + ".path", path, $"segment[{i}] may not be empty"));
                continue;
            }

            foreach (var wrong in NameRules.SubdomainErrors(steps[i]))
            {
                errors.Add(FieldError.Invalid(field + ".path", path, $"segment[{i}]: {wrong}"));
            }
        }
    }

    private static void CheckReviewVersions(IReadOnlyList<string> versions, bool requireKnown, List<FieldError> errors)
    {
        const string Field = Path + ".conversionReviewVersions";
        if (versions.Count == 0)
        {
            errors.Add(FieldError.Required(Field));
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < versions.Count; i++)
        {
            if (!seen.Add(versions[i]))
            {
                errors.Add(FieldError.Invalid($"{Field}[{i}]", versions[i], "duplicate version"));
                continue;
            }

            NameRules.CheckLabel(versions[i], $"{Field}[{i}]", errors);
        }

        if (requireKnown && !versions.Any(ReviewVersions.Contains))
        {
            errors.Add(FieldError.Invalid(
                Field,
                JsonArray.Of(versions.Select(version => (JsonValue)version)),
                "must include at least one of " + string.Join(", ", ReviewVersions)));
        }
    }
}
