using System.Collections.Concurrent;
using System.Reflection;
using k8s.Models;

namespace Harvester.ControllerRuntime;

/// <summary>Group, version, kind and plural of a model class, as its <see cref="KubernetesEntityAttribute"/> says.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The API version.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Plural">The plural, as in the path.</param>
public sealed record ResourceKind(string Group, string Version, string Kind, string Plural)
{
    private static readonly ConcurrentDictionary<Type, ResourceKind> Known = new();

    /// <summary>The <c>apiVersion</c> of its objects.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The kind a model class stands for.</summary>
    /// <typeparam name="T">A class with <see cref="KubernetesEntityAttribute"/>.</typeparam>
    public static ResourceKind Of<T>() => Known.GetOrAdd(typeof(T), Read);

    /// <inheritdoc />
    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    private static ResourceKind Read(Type type)
    {
        var entity = type.GetCustomAttribute<KubernetesEntityAttribute>()
            ?? throw new ArgumentException($"{type.Name} has no [KubernetesEntity]: its group, version and plural are unknown.", nameof(type));
        if (string.IsNullOrEmpty(entity.PluralName))
        {
            throw new ArgumentException($"[KubernetesEntity] of {type.Name} names no plural.", nameof(type));
        }

        return new ResourceKind(entity.Group ?? string.Empty, entity.ApiVersion, entity.Kind, entity.PluralName);
    }
}
