using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Patching.Fields;

/// <summary>
/// Adjusts a stored field set to a schema in which a list or object has become atomic since: who owned something of it
/// owns it whole now.
/// </summary>
internal static class SchemaReconciliation
{
    /// <summary>Adjusts a set.</summary>
    /// <returns>The same instance when nothing has changed.</returns>
    public static FieldSet Reconcile(FieldSet fields, FieldType type)
    {
        var root = Reconcile(fields.Root, type, isMember: false);
        return ReferenceEquals(root, fields.Root) ? fields : new FieldSet(root);
    }

    private static JsonObject Reconcile(JsonObject node, FieldType type, bool isMember)
    {
        var isLeaf = isMember && node.Count == 0;
        if (type.Map is { } map)
        {
            return map.IsUntyped || isLeaf ? node : map.IsAtomic ? JsonObject.Empty : Below(node, element => MemberType(map, element));
        }

        return type.Scalar is null && type.List is { } list && !isLeaf
            ? list.IsAssociative ? Below(node, _ => list.Element) : JsonObject.Empty
            : node;
    }

    private static FieldType? MemberType(MapType map, string element) =>
        PathElement.IsField(element) ? map.OfMember(PathElement.NameOf(element)) : map.Element;

    private static JsonObject Below(JsonObject node, Func<string, FieldType?> typeOf)
    {
        var result = node;
        for (var i = 0; i < node.Count; i++)
        {
            var (element, child) = (node.Names[i], (JsonObject)node.Values[i]);
            if (element == "." || child.Count == 0 || typeOf(element) is not { } type)
            {
                continue;
            }

            result = result.With(element, Reconcile(child, type, FieldSet.IsMember(child)));
        }

        return result;
    }
}
