namespace Harvester.Testing.ApiServer.Patching.Fields;

/// <summary>The types of what all objects have in common.</summary>
internal static class ObjectTypes
{
    /// <summary>ObjectMeta of apimachinery.</summary>
    public static FieldType Metadata { get; } = Struct(
        ("annotations", FieldType.MapOf(FieldType.Text)),
        ("creationTimestamp", FieldType.AnyScalar),
        ("deletionGracePeriodSeconds", FieldType.Numeric),
        ("deletionTimestamp", FieldType.AnyScalar),
        ("finalizers", FieldType.SetOf(FieldType.Text)),
        ("generateName", FieldType.Text),
        ("generation", FieldType.Numeric),
        ("labels", FieldType.MapOf(FieldType.Text)),
        ("managedFields", FieldType.AtomicListOf(Struct(
            ("apiVersion", FieldType.Text),
            ("fieldsType", FieldType.Text),
            ("fieldsV1", FieldType.MapOf(FieldType.Deduced)),
            ("manager", FieldType.Text),
            ("operation", FieldType.Text),
            ("subresource", FieldType.Text),
            ("time", FieldType.AnyScalar)))),
        ("name", FieldType.Text),
        ("namespace", FieldType.Text),
        ("ownerReferences", FieldType.ListOf(
            Struct(
                isAtomic: true,
                ("apiVersion", FieldType.Text),
                ("blockOwnerDeletion", FieldType.Boolean),
                ("controller", FieldType.Boolean),
                ("kind", FieldType.Text),
                ("name", FieldType.Text),
                ("uid", FieldType.Text)),
            "uid")),
        ("resourceVersion", FieldType.Text),
        ("selfLink", FieldType.Text),
        ("uid", FieldType.Text));

    /// <summary>Scale of the group autoscaling, what /scale shows of an object.</summary>
    public static FieldType Scale { get; } = Struct(
        ("apiVersion", FieldType.Text),
        ("kind", FieldType.Text),
        ("metadata", Metadata),
        ("spec", Struct(("replicas", FieldType.Numeric))),
        ("status", Struct(("replicas", FieldType.Numeric), ("selector", FieldType.Text))));

    /// <summary>An object with exactly these members.</summary>
    public static FieldType Struct(params (string Name, FieldType Type)[] fields) => Struct(isAtomic: false, fields);

    /// <summary>An object with exactly these members.</summary>
    public static FieldType Struct(bool isAtomic, params (string Name, FieldType Type)[] fields) => new(
        null, null, new MapType(fields.ToDictionary(field => field.Name, field => (Field)field.Type), null, isAtomic));
}
