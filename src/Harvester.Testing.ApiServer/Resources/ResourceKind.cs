using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Patching.Fields;
using Harvester.Testing.ApiServer.Resources.BuiltIn;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>A served kind, as one version shows it: everything a verb must know before it looks at an object.</summary>
internal sealed class ResourceKind
{
    public required string Group { get; init; }

    public required string Version { get; init; }

    public required string Plural { get; init; }

    public required string Kind { get; init; }

    public required bool Namespaced { get; init; }

    public required bool HasStatus { get; init; }

    public bool HasScale { get; init; }

    public string Singular { get; init; } = "";

    public string ListKind { get; init; } = "";

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>What can be done with the resource, in the order discovery lists it (B-50, X-7).</summary>
    public IReadOnlyList<string> Verbs { get; init; } =
        ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];

    /// <summary>What there is below an object of this kind, as discovery lists it.</summary>
    public IReadOnlyList<SubresourceEntry> Subresources { get; init; } = [];

    /// <summary>The resource whose objects these are, where another one shows the same objects; else null.</summary>
    public GroupResource? StoredAs { get; init; }

    /// <summary>Translates between this version and the one that is stored, or null when they look alike.</summary>
    public VersionConversion? Conversion { get; init; }

    /// <summary>True for a kind made by a custom resource definition.</summary>
    public bool IsCustom { get; init; }

    /// <summary>False for kinds that are only asked for, such as SubjectAccessReview.</summary>
    public bool IsStored { get; init; } = true;

    /// <summary>False for kinds whose objects have no metadata.generation, such as ConfigMap.</summary>
    public bool HasGeneration { get; init; } = true;

    /// <summary>True when a PUT may leave the resourceVersion out (never for custom resources, U-2).</summary>
    public bool AllowsUnconditionalUpdate { get; init; }

    /// <summary>True when a PUT of a missing name creates it.</summary>
    public bool AllowsCreateOnUpdate { get; init; }

    /// <summary>True when a successful DELETE answers with the object instead of a Status.</summary>
    public bool DeleteAnswersObject { get; init; }

    /// <summary>The version objects are stored in.</summary>
    public string StorageVersion { get; init; } = "";

    /// <summary>What objects must look like, or null when anything goes.</summary>
    public KindSchema? Schema { get; init; }

    /// <summary>What objects must look like where they are stored; <see cref="Schema"/> when this is the stored version.</summary>
    public KindSchema? StorageSchema { get; init; }

    /// <summary>Where the versions of a custom kind keep their replicas; null for a built-in kind.</summary>
    public IReadOnlyDictionary<string, ScalePaths?>? ScaleVersions { get; init; }

    /// <summary>How the fields of objects are owned, or null when nothing is known about them.</summary>
    public IVersionedTypes? FieldTypes { get; init; }

    /// <summary>The schema of every version of the kind, served or not, by its name.</summary>
    public IReadOnlyDictionary<string, KindSchema> VersionSchemas { get; init; } = new Dictionary<string, KindSchema>();

    /// <summary>The printer columns of a custom kind, as its definition has them.</summary>
    public IReadOnlyList<JsonObject> PrinterColumns { get; init; } = [];

    /// <summary>Paths a field selector may name beside metadata.name and metadata.namespace.</summary>
    public IReadOnlyList<string> SelectableFields { get; init; } = [];

    /// <summary>The warning every answer of a deprecated version carries, or null .</summary>
    public string? DeprecationWarning { get; init; }

    /// <summary>The client's model class of a built-in kind; null for a custom one.</summary>
    public Type? Model { get; init; }

    /// <summary>What is peculiar to the kind.</summary>
    public KindStrategy Strategy { get; init; } = KindStrategy.Default;

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public GroupResource Resource => new(Group, Plural);

    /// <summary>Where the objects are kept; names them nowhere but in the log.</summary>
    public GroupResource Stored => StoredAs ?? Resource;

    /// <summary><c>Kind.group</c>, as texts about invalid objects have it.</summary>
    public string QualifiedKind => Group.Length == 0 ? Kind : $"{Kind}.{Group}";
}
