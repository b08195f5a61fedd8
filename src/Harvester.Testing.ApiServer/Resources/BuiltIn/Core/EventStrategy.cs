using System.Text.RegularExpressions;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Core;

/// <summary>
/// Events of both groups. What an event must satisfy depends on the group it comes through: the core group takes nearly
/// anything, the other wants to know who did what and when.
/// </summary>
internal sealed partial class EventStrategy : KindStrategy
{
    private const int NameLimit = 128;

    private static readonly EventConversion Conversion = new();

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var stored = Stored(context, value);
        CheckNamespace(stored, errors);
        if (IsCore(context) && stored.Find("eventTime") is not JsonString)
        {
            return;
        }

        if (!IsCore(context) && context.Live is not null)
        {
            // An event of the old kind may be changed through the new group.
            return;
        }

        if (!IsCore(context) && stored.Find("eventTime") is not JsonString)
        {
            errors.Required("eventTime");
        }

        CheckReporter(stored, IsCore(context), errors);
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        if (IsCore(context))
        {
            return;
        }

        var errors = new FieldErrors(causes);
        var now = Stored(context, value);
        var before = Stored(context, old);
        foreach (var member in (ReadOnlySpan<string>)[
            "involvedObject", "reason", "message", "source", "firstTimestamp", "lastTimestamp", "count", "reportingComponent",
            "reportingInstance", "action", "related", "type"])
        {
            // The old counters still move in events of the old kind.
            if (member is "lastTimestamp" or "count" or "firstTimestamp" or "source" && before.Find("series") is null)
            {
                continue;
            }

            errors.Immutable(
                member switch
                {
                    "source" => "source",
                    "reportingComponent" => "reportingController",
                    _ => member,
                },
                now.Find(member),
                before.Find(member));
        }

        if (!Equals(now.Find("eventTime"), before.Find("eventTime")))
        {
            errors.Invalid("eventTime", now.Find("eventTime"), "field is immutable");
        }
    }

    private static bool IsCore(RequestContext context) => context.Kind.Group.Length == 0;

    private static JsonObject Stored(RequestContext context, JsonObject value) => IsCore(context) ? value : Conversion.ToStored(value);

    private static void CheckNamespace(JsonObject stored, FieldErrors errors)
    {
        var own = stored.At("metadata", "namespace")?.AsString ?? "";
        var other = stored.At("involvedObject", "namespace")?.AsString ?? "";
        if (other.Length == 0)
        {
            // Events about cluster-wide objects stand in the default namespace.
            if (own is not ("" or "default" or "kube-system"))
            {
                errors.Invalid("involvedObject.namespace", other, "does not match event.namespace");
            }
        }
        else if (other != own)
        {
            errors.Invalid("involvedObject.namespace", other, "does not match event.namespace");
        }
    }

    private static void CheckReporter(JsonObject stored, bool core, FieldErrors errors)
    {
        var controller = stored.Find("reportingComponent")?.AsString ?? "";
        if (core)
        {
            CheckController(controller, errors);
            CheckLength(stored, "reportingInstance", "reportingInstance", NameLimit, errors);
            CheckLength(stored, "action", "action", NameLimit, errors);
            CheckLength(stored, "reason", "reason", NameLimit, errors);
            return;
        }

        var isNamed = stored.Find("eventTime") is JsonString;
        if (isNamed)
        {
            CheckController(controller, errors);
            CheckLength(stored, "reportingInstance", "reportingInstance", NameLimit, errors);
            CheckLength(stored, "action", "action", NameLimit, errors);
            CheckLength(stored, "reason", "reason", NameLimit, errors);
            if ((stored.Find("message")?.AsString ?? "").Length > 1024)
            {
                errors.Invalid("message", "", "can have at most 1024 characters");
            }
        }

        var type = stored.Find("type")?.AsString ?? "";
        if (type is not ("Normal" or "Warning"))
        {
            errors.Invalid("type", "", $"has invalid value: {type}");
        }
    }

    private static void CheckController(string controller, FieldErrors errors)
    {
        if (controller.Length == 0)
        {
            errors.Required("reportingController");
        }
        else if (!Controller().IsMatch(controller) && ObjectMetadataRules.QualifiedNameError(controller) is { } bad)
        {
            errors.Invalid("reportingController", controller, bad);
        }
    }

    private static void CheckLength(JsonObject stored, string member, string field, int limit, FieldErrors errors)
    {
        var text = stored.Find(member)?.AsString ?? "";
        if (text.Length == 0)
        {
            errors.Required(field);
        }
        else if (text.Length > limit)
        {
            errors.Invalid(field, "", $"can have at most {limit} characters");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][-A-Za-z0-9_.]*[A-Za-z0-9]\z")]
    private static partial Regex Controller();
}
