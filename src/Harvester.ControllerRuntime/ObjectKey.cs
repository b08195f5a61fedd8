using k8s;
using k8s.Models;

namespace Harvester.ControllerRuntime;

/// <summary>Namespace and name of an object: what work queues carry, so that a burst of events about one object is one piece of work.</summary>
/// <param name="Namespace">The namespace; empty for a cluster-scoped object.</param>
/// <param name="Name">The name.</param>
public readonly record struct ObjectKey(string Namespace, string Name) : IComparable<ObjectKey>
{
    /// <summary>The key of an object.</summary>
    /// <param name="value">The object.</param>
    public static ObjectKey Of(IMetadata<V1ObjectMeta> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new ObjectKey(value.Metadata?.NamespaceProperty ?? string.Empty, value.Metadata?.Name ?? string.Empty);
    }

    /// <summary>Orders by namespace, then name, ordinally.</summary>
    /// <param name="other">The other key.</param>
    public int CompareTo(ObjectKey other)
    {
        var byNamespace = string.CompareOrdinal(Namespace, other.Namespace);
        return byNamespace != 0 ? byNamespace : string.CompareOrdinal(Name, other.Name);
    }

    /// <summary>Orders by namespace, then name.</summary>
    public static bool operator <(ObjectKey left, ObjectKey right) => left.CompareTo(right) < 0;

    /// <summary>Orders by namespace, then name.</summary>
    public static bool operator >(ObjectKey left, ObjectKey right) => left.CompareTo(right) > 0;

    /// <summary>Orders by namespace, then name.</summary>
    public static bool operator <=(ObjectKey left, ObjectKey right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by namespace, then name.</summary>
    public static bool operator >=(ObjectKey left, ObjectKey right) => left.CompareTo(right) >= 0;

    /// <summary><c>namespace/name</c>, or <c>name</c> for a cluster-scoped object.</summary>
    public override string ToString() => string.IsNullOrEmpty(Namespace) ? Name : $"{Namespace}/{Name}";
}
