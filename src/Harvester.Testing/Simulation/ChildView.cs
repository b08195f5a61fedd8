using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.Simulation;

/// <summary>An object as a child simulator sees it, and the objects around it.</summary>
public sealed class ChildView
{
    private readonly Func<ChildKind, IEnumerable<JsonObject>> list;

    internal ChildView(JsonObject value, DateTimeOffset now, Func<ChildKind, IEnumerable<JsonObject>> list)
    {
        Object = value;
        Now = now;
        this.list = list;
    }

    /// <summary>The object.</summary>
    public JsonObject Object { get; }

    /// <summary>The virtual time.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The virtual time as timestamps in objects are written.</summary>
    public string Timestamp => Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The object's name.</summary>
    public string Name => Object.At("metadata", "name")?.AsString ?? string.Empty;

    /// <summary>The object's namespace, or null.</summary>
    public string? Namespace => Object.At("metadata", "namespace")?.AsString;

    /// <summary>Whether somebody asked for its deletion.</summary>
    public bool IsDeleting => Object.At("metadata", "deletionTimestamp") is not null;

    /// <summary>A label, or null.</summary>
    /// <param name="key">The label.</param>
    public string? Label(string key) => Object.At("metadata", "labels", key)?.AsString;

    /// <summary>An annotation, or null.</summary>
    /// <param name="key">The annotation.</param>
    public string? Annotation(string key) => Object.At("metadata", "annotations", key)?.AsString;

    /// <summary>The status of a condition, or null.</summary>
    /// <param name="type">The condition's type.</param>
    public string? Condition(string type) =>
        (Object.At("status", "conditions") as JsonArray)?.FirstOrDefault(condition => condition["type"]?.AsString == type)?["status"]?.AsString;

    /// <summary>All objects of a kind, in order of namespace and name.</summary>
    /// <param name="kind">The kind.</param>
    public IEnumerable<ChildView> All(ChildKind kind) => list(kind).Select(value => new ChildView(value, Now, list));

    /// <summary>An object of a kind, or null.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="ns">The namespace; null for a cluster-scoped object.</param>
    /// <param name="name">The name.</param>
    public ChildView? Find(ChildKind kind, string? ns, string name) => All(kind).FirstOrDefault(view => view.Name == name && view.Namespace == ns);
}
