using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Access;

/// <summary>The kinds that are asked and never stored: who am I, may I, may he, what may I, whose token is this (B-29).</summary>
internal sealed class AccessReviews(AccessControl control, AccessPolicy policy)
{
    public JsonObject Answer(RequestContext context)
    {
        context.ReadWriteOptions("CreateOptions");
        var value = ObjectDecoding.Read(context);
        return context.Kind.Kind switch
        {
            "SelfSubjectAccessReview" => SelfAccess(context, value),
            "SubjectAccessReview" => Access(context, value, local: false),
            "LocalSubjectAccessReview" => Access(context, CreateVerb.MatchNamespace(context, value), local: true),
            "SelfSubjectRulesReview" => Rules(context, value),
            "SelfSubjectReview" => Self(context, value),
            "TokenReview" => Token(context, value),
            _ => throw ApiFailure.Unsupported(context.Kind.Kind),
        };
    }

    private JsonObject SelfAccess(RequestContext context, JsonObject value)
    {
        var causes = new List<Cause>();
        CheckTarget(value, causes);
        CheckMetadata(value, "must be empty", causes);
        Refuse(context, causes);
        return Decided(context, value, context.Request.Identity);
    }

    private JsonObject Access(RequestContext context, JsonObject value, bool local)
    {
        var spec = value.Find("spec") as JsonObject ?? JsonObject.Empty;
        var causes = new List<Cause>();
        CheckTarget(value, causes);
        var user = spec.Find("user")?.AsString ?? "";
        var groups = Texts(spec.Find("groups"));
        if (user.Length == 0 && groups.Count == 0)
        {
            causes.Add(new Cause("FieldValueInvalid", "Invalid value: \"\": at least one of user or group must be specified", "spec.user"));
        }

        if (local)
        {
            CheckMetadata(ObjectMetadata.WithMeta(value, "namespace", null), "must be empty except for namespace", causes);
            var ns = spec.At("resourceAttributes", "namespace")?.AsString ?? "";
            if (spec.Find("resourceAttributes") is JsonObject && ns != context.Namespace)
            {
                causes.Add(new Cause(
                    "FieldValueInvalid", $"Invalid value: \"{ns}\": must match metadata.namespace", "spec.resourceAttributes.namespace"));
            }

            if (spec.Find("nonResourceAttributes") is JsonObject)
            {
                causes.Add(new Cause(
                    "FieldValueInvalid", "Invalid value: disallowed on this kind of request", "spec.nonResourceAttributes"));
            }
        }
        else
        {
            CheckMetadata(value, "must be empty", causes);
        }

        Refuse(context, causes);

        // The groups asked about are taken as they are; nobody adds those everybody is in.
        var extra = (spec.Find("extra") as JsonObject ?? JsonObject.Empty)
            .ToDictionary(pair => pair.Key, pair => Texts(pair.Value));
        return Decided(context, value, new UserInfo(user, spec.Find("uid")?.AsString ?? "", groups, extra));
    }

    private JsonObject Decided(RequestContext context, JsonObject value, UserInfo user)
    {
        var decision = policy.Decide(user, AttributesOf(value.Find("spec")!));
        return Completed(context, value, JsonObject.Of(
            ("allowed", decision.Allowed),
            ("reason", decision.Reason.Length == 0 ? null : (JsonValue)decision.Reason),
            ("evaluationError", decision.Errors.Length == 0 ? null : (JsonValue)decision.Errors)));
    }

    private JsonObject Rules(RequestContext context, JsonObject value)
    {
        var ns = value.At("spec", "namespace")?.AsString ?? "";
        if (ns.Length == 0)
        {
            throw ApiFailure.BadRequest("no namespace on request");
        }

        var errors = new List<string>();
        var user = context.Request.Identity;
        var rules = policy.RulesOf(user, ns, errors);

        var status = JsonObject.Of(
            ("resourceRules", JsonArray.Of(rules.Where(rule => rule.Paths.Count == 0).Select(rule => (JsonValue)JsonObject.Of(
                ("verbs", List(rule.Verbs)),
                ("apiGroups", Optional(rule.Groups)),
                ("resources", Optional(rule.Resources)),
                ("resourceNames", Optional(rule.ResourceNames)))))),
            ("nonResourceRules", JsonArray.Of(rules.Where(rule => rule.Paths.Count > 0).Select(rule => (JsonValue)JsonObject.Of(
                ("verbs", List(rule.Verbs)),
                ("nonResourceURLs", Optional(rule.Paths)))))),
            ("incomplete", errors.Count > 0),
            ("evaluationError", errors.Count == 0 ? null : (JsonValue)string.Join(", ", errors.Distinct())));
        return JsonObject.Of(
            ("kind", context.Kind.Kind),
            ("apiVersion", context.Kind.ApiVersion),
            ("metadata", JsonObject.Empty),
            ("spec", JsonObject.Empty),
            ("status", status));
    }

    private static JsonObject Self(RequestContext context, JsonObject value) => value
        .With("metadata", JsonObject.Of(("creationTimestamp", ObjectMetadata.Timestamp(context.Server.Now))))
        .With("status", JsonObject.Of(("userInfo", context.Request.Identity.ToJson())));

    private JsonObject Token(RequestContext context, JsonObject value)
    {
        var token = value.At("spec", "token")?.AsString ?? "";
        if (token.Length == 0)
        {
            throw ApiFailure.BadRequest("token is required for TokenReview in authentication");
        }

        var asked = Texts(value.At("spec", "audiences"));
        var found = control.Authenticate(token, asked.Count > 0 ? asked : [ServiceAccountTokens.DefaultAudience]);
        return Completed(context, value, found is { } known
            ? JsonObject.Of(
                ("authenticated", true),
                ("user", known.User.ToJson()),
                ("audiences", List(known.Audiences)))
            : JsonObject.Of(("user", JsonObject.Empty), ("error", "invalid bearer token")));
    }

    private static JsonObject Completed(RequestContext context, JsonObject value, JsonObject status)
    {
        var ns = value.At("metadata", "namespace");
        value = value.Without("status").With("metadata", JsonObject.Of(("namespace", ns)));
        return FieldTracking.Created(context, value).With("status", status);
    }

    private static AccessAttributes AttributesOf(JsonValue spec)
    {
        if (spec["nonResourceAttributes"] is JsonObject path)
        {
            return new AccessAttributes
            {
                Verb = path.Find("verb")?.AsString ?? "",
                Path = path.Find("path")?.AsString ?? "",
                IsResource = false,
            };
        }

        var resource = spec["resourceAttributes"];
        return new AccessAttributes
        {
            Verb = Text("verb"),
            Group = Text("group"),
            Version = Text("version"),
            Resource = Text("resource"),
            Subresource = Text("subresource"),
            Namespace = Text("namespace"),
            Name = Text("name"),
        };

        string Text(string member) => resource?[member]?.AsString ?? "";
    }

    private static void CheckTarget(JsonObject value, List<Cause> causes)
    {
        var resource = value.At("spec", "resourceAttributes");
        var path = value.At("spec", "nonResourceAttributes");
        if (resource is JsonObject && path is JsonObject)
        {
            causes.Add(new Cause(
                "FieldValueInvalid",
                $"Invalid value: {path}: cannot be specified in combination with resourceAttributes",
                "spec.nonResourceAttributes"));
        }
        else if (resource is not JsonObject && path is not JsonObject)
        {
            causes.Add(new Cause(
                "FieldValueInvalid",
                "Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified",
                "spec"));
        }
    }

    private static void CheckMetadata(JsonObject value, string message, List<Cause> causes)
    {
        if (value.Find("metadata") is JsonObject metadata && metadata.Without("managedFields").Without("creationTimestamp").Count > 0)
        {
            causes.Add(new Cause("FieldValueInvalid", $"Invalid value: {value.Find("metadata")}: {message}", "metadata"));
        }
    }

    // The kind is missing from these failures as kube-apiserver builds them.
    private static void Refuse(RequestContext context, List<Cause> causes)
    {
        if (causes.Count > 0)
        {
            throw ApiFailure.Invalid(context.Kind.Group, "", "", causes);
        }
    }

    private static IReadOnlyList<string> Texts(JsonValue? list) =>
        list is JsonArray array ? [.. array.Select(item => item.AsString ?? "")] : [];

    private static JsonArray List(IReadOnlyList<string> texts) => JsonArray.Of(texts.Select(text => (JsonValue)text));

    private static JsonArray? Optional(IReadOnlyList<string> texts) => texts.Count == 0 ? null : List(texts);
}
