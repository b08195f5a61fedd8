namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>What a schema means in rules: a type, and how large its values can get.</summary>
internal sealed class CelDeclaration
{
    private const long RequestLimit = 3 * 1024 * 1024;

    private CelDeclaration(CelType type, long minSize, long maxElements)
    {
        Type = type;
        MinSize = minSize;
        MaxElements = maxElements;
    }

    /// <summary>The type.</summary>
    public CelType Type { get; private set; }

    /// <summary>The fewest bytes of JSON a value takes.</summary>
    public long MinSize { get; private set; }

    /// <summary>The most items, members or characters.</summary>
    public long MaxElements { get; }

    /// <summary>The fields of an object, by their names in rules.</summary>
    public IReadOnlyDictionary<string, CelDeclaration> Fields { get; private set; } = new Dictionary<string, CelDeclaration>();

    /// <summary>The items of a list or the values of a map.</summary>
    public CelDeclaration? Item { get; private init; }

    /// <summary>The keys of a map.</summary>
    public CelDeclaration? Key { get; private init; }

    /// <summary>Reads a schema; null when rules cannot see its values.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="isResource">True for a whole object, which has apiVersion, kind and metadata.</param>
    /// <param name="name">The name of its type.</param>
    public static CelDeclaration? Of(StructuralSchema schema, bool isResource, string name = "selfType")
    {
        if (schema.IntOrString)
        {
            return new CelDeclaration(CelType.Dyn, 1, schema.MaxLength is { } most ? FromMaxLength(most) : RequestLimit - 2);
        }

        switch (schema.Type)
        {
            case "array":
                return OfList(schema, name);
            case "object":
                return schema.AdditionalProperties is null ? OfObject(schema, isResource, name) : OfMap(schema, name);
            case "string":
                return OfText(schema);
            case "boolean":
                return new CelDeclaration(CelType.Bool, 4, 0);
            case "number":
                return new CelDeclaration(CelType.Double, 1, 0);
            case "integer":
                return new CelDeclaration(CelType.Int, 1, 0);
            default:
                return null;
        }
    }

    private static CelDeclaration? OfList(StructuralSchema schema, string name)
    {
        if (schema.Items is not { } items || Of(items, items.EmbeddedResource, name + ".@idx") is not { } item)
        {
            return null;
        }

        var most = schema.MaxItems is { } limit ? Math.Max(limit, 0) : (RequestLimit - 2) / (item.MinSize + 1);
        return new CelDeclaration(CelType.List(item.Type), 2, most) { Item = item };
    }

    private static CelDeclaration? OfMap(StructuralSchema schema, string name)
    {
        var values = schema.AdditionalProperties!;
        if (Of(values, values.EmbeddedResource, name + ".@elem") is not { } value)
        {
            return null;
        }

        var most = schema.MaxProperties is { } limit ? Math.Max(limit, 0) : (RequestLimit - 2) / (value.MinSize + 6);
        return new CelDeclaration(CelType.Map(CelType.String, value.Type), 2, most)
        {
            Item = value,
            Key = new CelDeclaration(CelType.String, 2, 0),
        };
    }

    private static CelDeclaration OfObject(StructuralSchema schema, bool isResource, string name)
    {
        var fields = new Dictionary<string, CelDeclaration>(StringComparer.Ordinal);
        var size = 2L;
        foreach (var (member, property) in schema.Properties)
        {
            if ((isResource && EmbeddedResources.IsTypeOrMeta(member))
                || Of(property, property.EmbeddedResource, $"{name}.{member}") is not { } field)
            {
                continue;
            }

            if (CelNames.Escape(member) is { } escaped)
            {
                fields[escaped] = field;
            }

            if (property.Default is null && schema.Required.Contains(member))
            {
                size += member.Length + field.MinSize + 4;
            }
        }

        if (isResource)
        {
            fields["apiVersion"] = Text();
            fields["kind"] = Text();
            fields["metadata"] = Object(
                $"{name}.metadata",
                new Dictionary<string, CelDeclaration>(StringComparer.Ordinal) { ["name"] = Text(), ["generateName"] = Text() },
                2);
        }

        return Object(name, fields, size);
    }

    private static CelDeclaration Object(string name, Dictionary<string, CelDeclaration> fields, long size)
    {
        var declaration = new CelDeclaration(CelType.Dyn, size, 0) { Fields = fields };
        declaration.Type = CelType.Object(name, declaration);
        return declaration;
    }

    private static CelDeclaration Text() => new(CelType.String, 2, RequestLimit - 2);

    private static CelDeclaration OfText(StructuralSchema schema) => schema.Format switch
    {
        "byte" => new CelDeclaration(CelType.Bytes, 2, schema.MaxLength is { } most ? Math.Max(most, 0) : RequestLimit - 2),
        "duration" => new CelDeclaration(CelType.Duration, 3, 32),
        "date" => new CelDeclaration(CelType.Timestamp, 12, 12),
        "date-time" => new CelDeclaration(CelType.Timestamp, 21, 32),
        _ => new CelDeclaration(
            CelType.String,
            2,
            schema.MaxLength is { } most ? FromMaxLength(most)
                : schema.Enum.Count > 0 ? schema.Enum.Max(value => (long)(value.AsString?.Length ?? 0))
                : RequestLimit - 2),
    };

    // A length counts characters, and one can take four bytes.
    private static long FromMaxLength(long length) => Math.Min(Math.Max(length, 0), long.MaxValue / 4) * 4;
}
