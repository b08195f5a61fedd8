using System.Collections.Concurrent;
using k8s.Models;

namespace Harvester.Testing.ApiServer.Schema.Models;

/// <summary>The model types, made from the client's classes when first needed and kept for the process.</summary>
internal static class ModelTypes
{
    private static readonly ConcurrentDictionary<Type, StructureType> Structures = new();

    /// <summary>The structure of a model class.</summary>
    /// <param name="model">The class.</param>
    public static StructureType Structure(Type model) => Structures.GetOrAdd(model, static type => new StructureType(type));

    /// <summary>The type of a member.</summary>
    /// <param name="type">Its type in the client's model.</param>
    /// <param name="marks">What the table says of it.</param>
    /// <param name="package">The Go package of the structure it belongs to.</param>
    public static ModelType Of(Type type, ModelMemberMarks marks, string package)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var named = marks.GoType is { } name ? $"{package}.{name}" : null;
        if (type == typeof(string))
        {
            return named is null ? TextType.Plain : new TextType(named);
        }

        if (type == typeof(int))
        {
            return IntegerType.Int32;
        }

        if (type == typeof(long))
        {
            return IntegerType.Int64;
        }

        if (type == typeof(bool))
        {
            return FlagType.Instance;
        }

        if (type == typeof(double))
        {
            return NumberType.Instance;
        }

        if (type == typeof(DateTime))
        {
            return marks.IsMicroTime ? TimeType.Micro : TimeType.Seconds;
        }

        if (type == typeof(ResourceQuantity))
        {
            return QuantityType.Instance;
        }

        if (type == typeof(IntOrString))
        {
            return IntOrStringType.Instance;
        }

        if (type == typeof(byte[]))
        {
            return BytesType.Instance;
        }

        if (type.IsGenericType)
        {
            var arguments = type.GetGenericArguments();
            return arguments.Length == 1
                ? new ListType(Of(arguments[0], marks, package))
                : new MapType(Of(arguments[1], marks with { GoType = null }, package), named);
        }

        return type == typeof(object) ? AnyType.Instance : Structure(type);
    }
}
