using System.Collections.Concurrent;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Patching.Fields;
using Harvester.Testing.ApiServer.Schema.Models;
using ModelListType = Harvester.Testing.ApiServer.Schema.Models.ListType;
using ModelMapType = Harvester.Testing.ApiServer.Schema.Models.MapType;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>How the fields of a built-in kind are owned, as the types of its members say (B-35).</summary>
/// <param name="group">The kind's group.</param>
/// <param name="kind">The kind.</param>
internal sealed class BuiltInFieldTypes(string group, string kind) : IVersionedTypes
{
    private static readonly ConcurrentDictionary<StructureType, FieldType> Structures = new();

    private readonly ConcurrentDictionary<string, FieldType?> _versions = new();

    /// <inheritdoc />
    public FieldType? Find(string apiVersion) => _versions.GetOrAdd(apiVersion, FindVersion);

    private FieldType? FindVersion(string apiVersion)
    {
        foreach (var candidate in BuiltInKinds.All)
        {
            if (candidate.Group == group && candidate.Kind == kind && candidate.ApiVersion == apiVersion)
            {
                return Of(ModelSchema.Of(candidate));
            }
        }

        return null;
    }

    private static FieldType Of(StructureType structure) => Structures.GetOrAdd(structure, static type => new FieldType(
        null,
        null,
        new Patching.Fields.MapType(
            type.Members.ToDictionary(member => member.Name, member => new Field(() => Of(member), DefaultOf(member))),
            null,
            type.IsAtomic)));

    // What is always written has its zero value where it is left out.
    private static JsonValue? DefaultOf(ModelMember member) =>
        member.KeyDefault ?? (member is { Marks: { IsAlwaysPrinted: true, IsPointer: false }, Type: TextType or IntegerType or FlagType } ? member.Type.Zero : null);

    private static FieldType Of(ModelMember member)
    {
        var isAtomic = member.ListKind == ListKind.Atomic;
        return member.Type switch
        {
            ModelListType list => member.ListKind switch
            {
                ListKind.Set => FieldType.SetOf(Of(list.Item)),
                ListKind.Map => FieldType.ListOf(Of(list.Item), [.. member.ListKeys]),
                _ => FieldType.AtomicListOf(Of(list.Item)),
            },
            ModelMapType map => FieldType.MapOf(Of(map.Item), isAtomic),
            StructureType structure when isAtomic && !structure.IsAtomic => new FieldType(
                null, null, new Patching.Fields.MapType(Of(structure).Map!.Fields, null, isAtomic: true)),
            var type => Of(type),
        };
    }

    private static FieldType Of(ModelType type) => type switch
    {
        StructureType structure => Of(structure),
        ModelListType list => FieldType.AtomicListOf(Of(list.Item)),
        ModelMapType map => FieldType.MapOf(Of(map.Item)),
        TextType or BytesType => FieldType.Text,
        IntegerType or NumberType => FieldType.Numeric,
        FlagType => FieldType.Boolean,
        AnyType => FieldType.Atomic,
        _ => FieldType.AnyScalar,
    };
}
