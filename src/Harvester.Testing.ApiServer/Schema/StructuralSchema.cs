using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema.Cel;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>
/// A structural schema: what one version of a custom resource definition says about its objects, read once and then used
/// to prune, to fill in defaults and to validate (statements V-1 to V-12). Value validations inside <c>allOf</c>,
/// <c>anyOf</c>, <c>oneOf</c> and <c>not</c> are schemas too.
/// </summary>
internal sealed class StructuralSchema
{
    private static readonly StructuralSchema Anything = new() { PreserveUnknownFields = true };

    private FrozenDictionary<string, StructuralSchema> _byName = FrozenDictionary<string, StructuralSchema>.Empty;
    private CelRule[]? _rules;
    private CelRule[]? _resourceRules;

    private StructuralSchema()
    {
    }

    /// <summary>The types a value may have; none for any.</summary>
    public IReadOnlyList<string> Types { get; private init; } = [];

    /// <summary>The format as written; empty for none.</summary>
    public string Format { get; private init; } = "";

    /// <summary>The format when it means something for the type; empty otherwise.</summary>
    public string CheckedFormat { get; private init; } = "";

    /// <summary>True when null is a value.</summary>
    public bool Nullable { get; private init; }

    /// <summary>What is filled in where nothing is given.</summary>
    public JsonValue? Default { get; private init; }

    /// <summary>The declared members, in order of their names.</summary>
    public IReadOnlyDictionary<string, StructuralSchema> Properties { get; private init; } =
        new SortedDictionary<string, StructuralSchema>();

    /// <summary>The schema of all other members.</summary>
    public StructuralSchema? AdditionalProperties { get; private init; }

    /// <summary>True when other members are allowed, be it without a schema.</summary>
    public bool AllowsAdditionalProperties { get; private init; }

    /// <summary>The schema of a list's items.</summary>
    public StructuralSchema? Items { get; private init; }

    /// <summary><c>x-kubernetes-preserve-unknown-fields</c>.</summary>
    public bool PreserveUnknownFields { get; private init; }

    /// <summary><c>x-kubernetes-embedded-resource</c>.</summary>
    public bool EmbeddedResource { get; private init; }

    /// <summary><c>x-kubernetes-list-type</c>; a list without one is atomic.</summary>
    public string ListType { get; private init; } = "atomic";

    /// <summary><c>x-kubernetes-list-map-keys</c>.</summary>
    public IReadOnlyList<string> ListMapKeys { get; private init; } = [];

    /// <summary><c>x-kubernetes-validations</c> as written.</summary>
    public IReadOnlyList<JsonObject> RuleSources { get; private init; } = [];

    /// <summary>The schema as written.</summary>
    public JsonObject Source { get; private init; } = JsonObject.Empty;

    /// <summary>The type as written; empty for none.</summary>
    public string Type { get; private init; } = "";

    /// <summary><c>x-kubernetes-int-or-string</c>.</summary>
    public bool IntOrString { get; private init; }

    /// <summary>Members that must be there.</summary>
    public IReadOnlyList<string> Required { get; private init; } = [];

    /// <summary>The only values allowed; empty for all.</summary>
    public IReadOnlyList<JsonValue> Enum { get; private init; } = [];

    /// <summary>The regular expression as written; empty for none.</summary>
    public string Pattern { get; private init; } = "";

    /// <summary>The regular expression.</summary>
    public Regex? CompiledPattern { get; private init; }

    /// <summary>Upper bound of a number.</summary>
    public double? Maximum { get; private init; }

    /// <summary>True when the upper bound itself is not allowed.</summary>
    public bool ExclusiveMaximum { get; private init; }

    /// <summary>Lower bound of a number.</summary>
    public double? Minimum { get; private init; }

    /// <summary>True when the lower bound itself is not allowed.</summary>
    public bool ExclusiveMinimum { get; private init; }

    /// <summary>What a number must be a multiple of.</summary>
    public double? MultipleOf { get; private init; }

    /// <summary>Most characters of text.</summary>
    public long? MaxLength { get; private init; }

    /// <summary>Fewest characters of text.</summary>
    public long? MinLength { get; private init; }

    /// <summary>Most items.</summary>
    public long? MaxItems { get; private init; }

    /// <summary>Fewest items.</summary>
    public long? MinItems { get; private init; }

    /// <summary>True when no item may occur twice.</summary>
    public bool UniqueItems { get; private init; }

    /// <summary>Most members.</summary>
    public long? MaxProperties { get; private init; }

    /// <summary>Fewest members.</summary>
    public long? MinProperties { get; private init; }

    /// <summary>All of these hold.</summary>
    public IReadOnlyList<StructuralSchema> AllOf { get; private init; } = [];

    /// <summary>At least one of these holds.</summary>
    public IReadOnlyList<StructuralSchema> AnyOf { get; private init; } = [];

    /// <summary>Exactly one of these holds.</summary>
    public IReadOnlyList<StructuralSchema> OneOf { get; private init; } = [];

    /// <summary>This does not hold.</summary>
    public StructuralSchema? Not { get; private init; }

    /// <summary>True when a rule stands here or somewhere below.</summary>
    public bool HasRules { get; private init; }

    /// <summary>True when a list that is a set or a map stands here or somewhere below.</summary>
    public bool HasListTypes { get; private init; }

    /// <summary>The declared members that have defaults.</summary>
    internal IReadOnlyList<KeyValuePair<string, StructuralSchema>> Defaulted { get; private init; } = [];

    /// <summary>True when undeclared members are refused instead of removed.</summary>
    internal bool ForbidsAdditionalProperties { get; private init; }

    /// <summary>True when a default stands here or somewhere below.</summary>
    public bool HasDefaults { get; private init; }

    /// <summary>True when an embedded resource stands here or somewhere below.</summary>
    public bool HasEmbeddedResources { get; private init; }

    /// <summary>Reads the <c>openAPIV3Schema</c> of a version.</summary>
    /// <param name="openApiV3Schema">The schema as the definition has it.</param>
    /// <exception cref="ArgumentException">A pattern is no regular expression.</exception>
    public static StructuralSchema Parse(JsonObject openApiV3Schema)
    {
        var properties = new SortedDictionary<string, StructuralSchema>(StringComparer.Ordinal);
        foreach (var (name, schema) in openApiV3Schema.Find("properties") as JsonObject ?? JsonObject.Empty)
        {
            properties[name] = ParseOptional(schema) ?? Anything;
        }

        var additional = openApiV3Schema.Find("additionalProperties");
        var intOrString = openApiV3Schema.Find("x-kubernetes-int-or-string")?.AsBoolean == true;
        var pattern = openApiV3Schema.Find("pattern")?.AsString ?? "";
        var additionalSchema = ParseOptional(additional);
        var items = ParseOptional(openApiV3Schema.Find("items"));
        JsonObject[] rules = [.. ListOf(openApiV3Schema, "x-kubernetes-validations").OfType<JsonObject>()];
        var format = openApiV3Schema.Find("format")?.AsString ?? "";
        var type = openApiV3Schema.Find("type")?.AsString ?? "";
        StructuralSchema?[] below = [.. properties.Values, additionalSchema, items];
        return new StructuralSchema
        {
            Types = intOrString
                ? ["integer", "string"]
                : type.Length > 0 ? [type] : [],
            Format = format,
            CheckedFormat = Formats.IsKnown(format, intOrString ? "" : type) ? format : "",
            Nullable = Flag(openApiV3Schema, "nullable"),
            Default = openApiV3Schema.Find("default") is { IsNull: false } value ? value : null,
            Properties = properties,
            AdditionalProperties = additionalSchema,
            AllowsAdditionalProperties = additionalSchema is not null || additional is JsonBoolean,
            ForbidsAdditionalProperties = additional?.AsBoolean == false,
            Defaulted = [.. properties.Where(property => property.Value.Default is not null)],
            HasListTypes = openApiV3Schema.Find("x-kubernetes-list-type")?.AsString is "set" or "map" || below.Any(s => s?.HasListTypes == true),
            _byName = properties.ToFrozenDictionary(StringComparer.Ordinal),
            Items = items,
            PreserveUnknownFields = Flag(openApiV3Schema, "x-kubernetes-preserve-unknown-fields"),
            EmbeddedResource = Flag(openApiV3Schema, "x-kubernetes-embedded-resource"),
            ListType = openApiV3Schema.Find("x-kubernetes-list-type")?.AsString ?? "atomic",
            ListMapKeys = Texts(openApiV3Schema, "x-kubernetes-list-map-keys"),
            RuleSources = rules,
            Source = openApiV3Schema,
            Type = type,
            IntOrString = intOrString,
            HasRules = rules.Length > 0 || below.Any(s => s?.HasRules == true),
            HasDefaults = openApiV3Schema.Find("default") is { IsNull: false } || below.Any(s => s?.HasDefaults == true),
            HasEmbeddedResources = Flag(openApiV3Schema, "x-kubernetes-embedded-resource") || below.Any(s => s?.HasEmbeddedResources == true),
            Required = Texts(openApiV3Schema, "required"),
            Enum = ListOf(openApiV3Schema, "enum"),
            Pattern = pattern,
            CompiledPattern = pattern.Length == 0 ? null : GoRegex.Compile(pattern),
            Maximum = Number(openApiV3Schema, "maximum"),
            ExclusiveMaximum = Flag(openApiV3Schema, "exclusiveMaximum"),
            Minimum = Number(openApiV3Schema, "minimum"),
            ExclusiveMinimum = Flag(openApiV3Schema, "exclusiveMinimum"),
            MultipleOf = Number(openApiV3Schema, "multipleOf"),
            MaxLength = Count(openApiV3Schema, "maxLength"),
            MinLength = Count(openApiV3Schema, "minLength"),
            MaxItems = Count(openApiV3Schema, "maxItems"),
            MinItems = Count(openApiV3Schema, "minItems"),
            UniqueItems = Flag(openApiV3Schema, "uniqueItems"),
            MaxProperties = Count(openApiV3Schema, "maxProperties"),
            MinProperties = Count(openApiV3Schema, "minProperties"),
            AllOf = Schemas(openApiV3Schema, "allOf"),
            AnyOf = Schemas(openApiV3Schema, "anyOf"),
            OneOf = Schemas(openApiV3Schema, "oneOf"),
            Not = ParseOptional(openApiV3Schema.Find("not")),
        };
    }

    /// <summary>Removes what the schema does not know. apiVersion, kind and metadata of the object itself stay as they are.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="unknownFields">Receives the paths of what was removed, in kube-apiserver's order.</param>
    /// <exception cref="SchemaDecodingException">The metadata of an embedded resource is badly typed.</exception>
    public JsonObject Prune(JsonObject obj, List<string> unknownFields) =>
        (JsonObject)EmbeddedResources.Coerce(
            Pruning.Prune(obj, this, unknownFields), this, isResource: false, "", unknownFields);

    /// <summary>Fills in defaults, then removes nulls where null is no value (statements V-2, V-3).</summary>
    /// <param name="obj">The object.</param>
    /// <param name="keepNulls">True to leave nulls that have no default where they are.</param>
    public JsonObject ApplyDefaults(JsonObject obj, bool keepNulls = false) => Defaulting.Apply(obj, this, keepNulls);

    /// <summary>Validates an object.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="old">The object it replaces: what is unchanged since then is tolerated (statement V-7).</param>
    /// <param name="errors">Receives what is wrong; errors already in it count when rules are skipped.</param>
    /// <param name="statusOnly">True for a write of the status: of the schema only that of the status counts.</param>
    /// <param name="warnings">Receives what is tolerated because it did not change.</param>
    public void Validate(JsonObject obj, JsonObject? old, List<FieldError> errors, bool statusOnly = false, List<string>? warnings = null) =>
        SchemaValidation.Validate(this, obj, old, errors, statusOnly, warnings);

    /// <summary>The schema of a member, declared or not; null when nothing is said about it.</summary>
    /// <param name="name">The member's name.</param>
    internal StructuralSchema? OfMember(string name) => Property(name) ?? AdditionalProperties;

    /// <summary>The schema of a declared member, or null.</summary>
    /// <param name="name">The member's name.</param>
    internal StructuralSchema? Property(string name) => _byName.TryGetValue(name, out var property) ? property : null;

    /// <summary>The path errors name a member by: a declared one after a dot, another in brackets.</summary>
    /// <param name="path">The object's path; empty at the top.</param>
    /// <param name="name">The member's name.</param>
    internal string PathOfMember(string path, string name) =>
        Properties.ContainsKey(name) ? Pruning.Join(path, name) : $"{path}[{name}]";

    /// <summary>The rules of this schema itself, compiled when they are first needed.</summary>
    /// <param name="isResource">True when its values are whole objects.</param>
    internal CelRule[] CompiledRules(bool isResource)
    {
        if (RuleSources.Count == 0)
        {
            return [];
        }

        ref var compiled = ref isResource ? ref _resourceRules : ref _rules;
        return compiled ??= CelDeclaration.Of(this, isResource) is { } declaration ? CelRule.Compile(this, declaration) : [];
    }

    private static StructuralSchema? ParseOptional(JsonValue? value) => value is JsonObject schema ? Parse(schema) : null;

    private static bool Flag(JsonObject schema, string name) => schema.Find(name)?.AsBoolean == true;

    private static long? Count(JsonObject schema, string name) => schema.Find(name)?.AsInteger;

    private static double? Number(JsonObject schema, string name) => schema.Find(name) switch
    {
        JsonInteger integer => integer.Value,
        JsonFloat number => number.Value,
        _ => null,
    };

    private static JsonArray ListOf(JsonObject schema, string name) => schema.Find(name) as JsonArray ?? JsonArray.Empty;

    private static string[] Texts(JsonObject schema, string name) =>
        [.. ListOf(schema, name).Select(v => v.AsString).OfType<string>()];

    private static StructuralSchema[] Schemas(JsonObject schema, string name) =>
        [.. ListOf(schema, name).OfType<JsonObject>().Select(Parse)];
}
