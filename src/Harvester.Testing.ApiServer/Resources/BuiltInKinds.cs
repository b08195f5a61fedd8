using System.Collections.Frozen;
using System.Reflection;
using Harvester.Testing.ApiServer.Resources.BuiltIn;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>
/// The kinds kube-apiserver brings along, read once per process from the official client's model assembly: names from
/// the model classes, scope, status and what a DELETE answers from the operations generated for them.
/// </summary>
internal static class BuiltInKinds
{
    private const string Suffix = "WithHttpMessagesAsync";

    private static readonly Lazy<IReadOnlyList<ResourceKind>> Known = new(Read);

    private static readonly Lazy<FrozenDictionary<(string Group, string Version, string Plural), ResourceKind>> ByPath =
        new(() => All.ToFrozenDictionary(kind => (kind.Group, kind.Version, kind.Plural)));

    private static readonly Lazy<FrozenSet<string>> KnownGroups = new(() => All.Select(kind => kind.Group).ToFrozenSet());

    /// <summary>Every kind, ordered by group, version and plural.</summary>
    public static IReadOnlyList<ResourceKind> All => Known.Value;

    /// <summary>True for a group that has built-in kinds.</summary>
    public static bool HasGroup(string group) => KnownGroups.Value.Contains(group);

    public static ResourceKind? Find(string group, string version, string plural) =>
        ByPath.Value.GetValueOrDefault((group, version, plural));

    private static List<ResourceKind> Read()
    {
        var operations = ReadOperations();
        var kinds = new List<ResourceKind>();
        foreach (var type in typeof(V1Pod).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<KubernetesEntityAttribute>(inherit: false) is not { } entity
                || !operations.TryGetValue((type, entity.Kind), out var known))
            {
                continue;
            }

            // Kinds that are only asked for, such as SubjectAccessReview, come without a plural.
            var group = entity.Group ?? "";
            var plural = string.IsNullOrEmpty(entity.PluralName) ? entity.Kind.ToLowerInvariant() + "s" : entity.PluralName;
            var name = group.Length == 0 ? plural : $"{plural}.{group}";
            kinds.Add(new ResourceKind
            {
                Group = group,
                Version = entity.ApiVersion,
                Plural = plural,
                Kind = entity.Kind,
                ListKind = entity.Kind + "List",
                Singular = entity.Kind.ToLowerInvariant(),
                Namespaced = known.Namespaced,
                HasStatus = known.HasStatus,
                HasScale = known.HasScale,
                IsStored = known.IsListed,
                DeleteAnswersObject = known.DeleteAnswersObject,
                Model = type,
                FieldTypes = new BuiltInFieldTypes(group, entity.Kind),
                HasGeneration = BuiltInFacts.HasGeneration(name),
                AllowsUnconditionalUpdate = !BuiltInFacts.IsConditional(name),
                AllowsCreateOnUpdate = BuiltInFacts.IsCreatedByPut(name),
                StorageVersion = VersionConversions.StorageVersion(group, plural) ?? entity.ApiVersion,
                ShortNames = BuiltInFacts.ShortNamesOf(name),
                Categories = BuiltInFacts.CategoriesOf(name),
                Verbs = BuiltInFacts.VerbsOf(name, known.IsListed),
                Subresources = Below(name, entity.Kind, known),
                StoredAs = BuiltInFacts.StoredAs(name),
                Conversion = VersionConversions.For(group, entity.ApiVersion, plural),
                Strategy = BuiltInStrategies.For(group, plural),
            });
        }

        kinds.Sort((a, b) => string.CompareOrdinal($"{a.Group}/{a.Version}/{a.Plural}", $"{b.Group}/{b.Version}/{b.Plural}"));
        return kinds;
    }

    private static List<SubresourceEntry> Below(string name, string kind, Operations known)
    {
        var entries = new List<SubresourceEntry>(BuiltInFacts.SubresourcesOf(name));
        if (known.HasStatus)
        {
            entries.Add(SubresourceEntry.Status(kind));
        }

        if (known.HasScale)
        {
            entries.Add(SubresourceEntry.Scale);
        }

        return entries;
    }

    private static Dictionary<(Type Model, string Kind), Operations> ReadOperations()
    {
        var found = new Dictionary<(Type, string), Operations>();
        var methods = typeof(IKubernetes).Assembly.GetTypes()
            .Where(type => type is { IsInterface: true, Namespace: "k8s" } && type.Name.EndsWith("Operations", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods())
            .Where(method => method.Name.EndsWith(Suffix, StringComparison.Ordinal) && !method.IsGenericMethod)
            .ToList();

        // First who can be created, and where; then what else there is for those.
        foreach (var method in methods)
        {
            // Component statuses can only be read.
            if ((Verb(method, "Create") ?? Verb(method, "Read")) is not { } rest || Answer(method) is not { } model
                || model.GetCustomAttribute<KubernetesEntityAttribute>(inherit: false) is not { } entity)
            {
                continue;
            }

            if (rest == entity.Kind || rest == "Namespaced" + entity.Kind)
            {
                found[(model, entity.Kind)] = new Operations { Namespaced = rest.Length > entity.Kind.Length };
            }
        }

        foreach (var method in methods)
        {
            if (Verb(method, "Read") is { } read && Answer(method) is { } model)
            {
                foreach (var (suffix, mark) in Subresources)
                {
                    if (read.EndsWith(suffix, StringComparison.Ordinal))
                    {
                        var kind = Plain(read[..^suffix.Length]);
                        foreach (var (key, operations) in found)
                        {
                            if (key.Item2 == kind && (key.Item1 == model || (suffix == "Scale" && Sibling(key.Item1, method, methods))))
                            {
                                mark(operations);
                            }
                        }
                    }
                }

                if (found.TryGetValue((model, Plain(read)), out var readable))
                {
                    readable.IsListed = true;
                }
            }
            else if (Verb(method, "Delete") is { } deleted && Answer(method) is { } answer
                     && found.TryGetValue((answer, Plain(deleted)), out var target))
            {
                target.DeleteAnswersObject = true;
            }
        }

        return found;
    }

    private static readonly (string Suffix, Action<Operations> Mark)[] Subresources =
    [
        ("Status", operations => operations.HasStatus = true),
        ("Scale", operations => operations.HasScale = true),
    ];

    // A scale operation answers a Scale: it belongs to the model that its own interface creates.
    private static bool Sibling(Type model, MethodInfo scale, List<MethodInfo> methods) =>
        methods.Exists(method => method.DeclaringType == scale.DeclaringType
            && Verb(method, "Create") is not null && Answer(method) == model);

    private static string Plain(string name) =>
        name.StartsWith("Namespaced", StringComparison.Ordinal) ? name["Namespaced".Length..] : name;

    private static string? Verb(MethodInfo method, string verb) =>
        method.Name.StartsWith(verb, StringComparison.Ordinal) ? method.Name[verb.Length..^Suffix.Length] : null;

    private static Type? Answer(MethodInfo method) =>
        method.ReturnType.IsGenericType
        && method.ReturnType.GetGenericArguments()[0] is { IsGenericType: true } response
        && response.GetGenericTypeDefinition() == typeof(HttpOperationResponse<>)
            ? response.GetGenericArguments()[0]
            : null;

    private sealed class Operations
    {
        public bool Namespaced { get; init; }

        public bool HasStatus { get; set; }

        public bool HasScale { get; set; }

        public bool IsListed { get; set; }

        public bool DeleteAnswersObject { get; set; }
    }
}
