using Harvester.Testing.ApiServer.Resources;
using Harvester.Testing.ApiServer.Schema.Models;
using k8s.Models;

namespace Harvester.Testing.ApiServer.Http.OpenApi;

/// <summary>
/// The names of schemas: Go packages and types, back to front. The client's classes do not say in which package a type is
/// declared, so it is concluded from the kinds that use it.
/// </summary>
internal static class SchemaNames
{
    public const string MetaPackage = "io.k8s.apimachinery.pkg.apis.meta.v1";

    public const string Time = MetaPackage + ".Time";

    public const string MicroTime = MetaPackage + ".MicroTime";

    public const string Quantity = "io.k8s.apimachinery.pkg.api.resource.Quantity";

    public const string IntOrString = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";

    public const string Scale = "io.k8s.api.autoscaling.v1.Scale";

    private static readonly HashSet<string> Meta =
    [
        "ObjectMeta", "ListMeta", "OwnerReference", "ManagedFieldsEntry", "LabelSelector", "LabelSelectorRequirement",
        "FieldSelectorRequirement", "Condition", "Status", "StatusDetails", "StatusCause", "DeleteOptions", "Preconditions",
    ];

    // Used by storage classes alone, and yet declared beside volumes.
    private static readonly HashSet<string> Core = ["TopologySelectorTerm", "TopologySelectorLabelRequirement"];

    // What is sent to subresources, without being a resource.
    private static readonly (Type Model, string Group)[] Bodies =
    [
        (typeof(Authenticationv1TokenRequest), "authentication.k8s.io"), (typeof(V1Eviction), "policy"), (typeof(V1Scale), "autoscaling"),
        (typeof(V1Binding), ""),
    ];

    private static readonly Lazy<Dictionary<Type, string>> Known = new(Read);

    /// <summary>The name of a built-in structure.</summary>
    public static string Of(Type model) => Known.Value.TryGetValue(model, out var name) ? name : Named(model, "");

    /// <summary>The name of a custom kind, or of its list.</summary>
    public static string OfCustom(ResourceKind kind, string suffix = "") =>
        $"{string.Join('.', kind.Group.Split('.').Reverse())}.{kind.Version}.{kind.Kind}{suffix}";

    private static Dictionary<Type, string> Read()
    {
        var users = new Dictionary<Type, HashSet<string>>();
        foreach (var (model, group) in Bodies)
        {
            Visit(model, group, users);
        }

        foreach (var kind in BuiltInKinds.All)
        {
            if (kind.Model is { } model)
            {
                Visit(model, kind.Group, users);
                if (model.Assembly.GetType(model.FullName + "List") is { } list)
                {
                    users.TryAdd(list, [kind.Group]);
                }
            }
        }

        return users.ToDictionary(pair => pair.Key, pair => Named(pair.Key, GroupOf(pair.Key, pair.Value)));
    }

    private static void Visit(Type model, string group, Dictionary<Type, HashSet<string>> users)
    {
        if (!users.TryGetValue(model, out var groups))
        {
            users.Add(model, groups = []);
        }

        if (!groups.Add(group))
        {
            return;
        }

        foreach (var member in ModelTypes.Structure(model).Members)
        {
            var type = member.Type;
            while (type is ListType or MapType)
            {
                type = type is ListType list ? list.Item : ((MapType)type).Item;
            }

            if (type is StructureType structure)
            {
                Visit(structure.Model, group, users);
            }
        }
    }

    private static string GroupOf(Type model, HashSet<string> groups)
    {
        var structure = ModelTypes.Structure(model);
        if (Core.Contains(structure.ShortName))
        {
            return "";
        }

        if (groups.Count == 1)
        {
            return groups.First();
        }

        // The client's generator puts the group first where names would meet.
        var prefix = model.Name[..^(structure.ShortName.Length + structure.GoName.IndexOf('.', StringComparison.Ordinal))];
        if (prefix.Length > 0)
        {
            return prefix == "Core" ? "" : groups.FirstOrDefault(group => Package(group).Equals(prefix, StringComparison.OrdinalIgnoreCase)) ?? "";
        }

        return groups.Contains("") ? "" : groups.Order(StringComparer.Ordinal).First();
    }

    private static string Named(Type model, string group)
    {
        var structure = ModelTypes.Structure(model);
        if (Meta.Contains(structure.ShortName))
        {
            return $"{MetaPackage}.{structure.ShortName}";
        }

        return $"{Path(group)}.{structure.GoName}";
    }

    private static string Path(string group) => group switch
    {
        "apiextensions.k8s.io" => "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions",
        "apiregistration.k8s.io" => "io.k8s.kube-aggregator.pkg.apis.apiregistration",
        _ => "io.k8s.api." + Package(group),
    };

    private static string Package(string group) => group switch
    {
        "" => "core",
        "internal.apiserver.k8s.io" => "apiserverinternal",
        _ => group.Split('.')[0],
    };
}
