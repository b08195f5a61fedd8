using k8s;
using k8s.Models;

namespace Harvester.ControllerRuntime;

/// <summary>The read side of an informer: what the watch has delivered so far, which may be behind the server. Every object given out is a copy of its own.</summary>
/// <typeparam name="T">The model class.</typeparam>
public interface IObjectCache<T>
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    /// <summary>The object of that key, or null.</summary>
    /// <param name="key">The key.</param>
    T? Get(ObjectKey key);

    /// <summary>Objects in order of their keys.</summary>
    /// <param name="namespace">Only of this namespace; all when null.</param>
    /// <param name="where">Only those it accepts; all when null. Must not change the object.</param>
    IReadOnlyList<T> List(string? @namespace = null, Func<T, bool>? where = null);

    /// <summary>Objects that carry all these labels, in order of their keys.</summary>
    /// <param name="namespace">Only of this namespace; all when null.</param>
    /// <param name="labels">The labels asked for.</param>
    IReadOnlyList<T> ListLabelled(string? @namespace, IReadOnlyDictionary<string, string> labels);
}
