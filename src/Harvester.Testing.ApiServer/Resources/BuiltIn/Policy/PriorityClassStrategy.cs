using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Policy;

/// <summary>Priority classes.</summary>
internal sealed class PriorityClassStrategy : KindStrategy
{
    private const long HighestOfUsers = 1_000_000_000;

    private const string SystemPrefix = "system-";

    /// <summary>The classes a cluster has from the start.</summary>
    public static IReadOnlyList<(string Name, long Value, string Description)> OfTheSystem { get; } =
    [
        ("system-cluster-critical", 2_000_000_000, "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."),
        ("system-node-critical", 2_000_001_000, "Used for system critical pods that must not be moved from their current node."),
    ];

    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value) => value.Default("preemptionPolicy", "PreemptLowerPriority");

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var name = ObjectMetadata.Name(value);
        var priority = value.Find("value")?.AsInteger ?? 0;
        if (name.StartsWith(SystemPrefix, StringComparison.Ordinal))
        {
            if (!OfTheSystem.Any(known => known.Name == name && known.Value == priority))
            {
                errors.Forbidden(
                    "metadata.name", "priority class names with 'system-' prefix are reserved for system use only. error: " + Unknown(name));
            }
        }
        else if (priority > HighestOfUsers)
        {
            errors.Forbidden("value", $"maximum allowed value of a user defined priority is {HighestOfUsers}");
        }

        if (value.Find("preemptionPolicy")?.AsString is { } policy)
        {
            errors.OneOf("preemptionPolicy", policy, "Never", "PreemptLowerPriority");
        }
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        if (!Equals(value.Find("value"), old.Find("value")))
        {
            errors.Forbidden("value", "may not be changed in an update.");
        }

        errors.Immutable("preemptionPolicy", value.Find("preemptionPolicy"), old.Find("preemptionPolicy"));
    }

    private static string Unknown(string name)
    {
        foreach (var (known, value, _) in OfTheSystem)
        {
            if (known == name)
            {
                return string.Create(CultureInfo.InvariantCulture, $"value of {name} PriorityClass must be {value}");
            }
        }

        return $"{name} is not a known system priority class";
    }
}
