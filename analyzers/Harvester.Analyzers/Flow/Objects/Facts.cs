using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Flow.Objects;

/// <summary>Where an object came from. Several are possible where paths meet.</summary>
[Flags]
internal enum Origin
{
    None = 0,

    /// <summary>The answer of a GET, a PUT or a PATCH, or an informer's cache.</summary>
    ApiRead = 1,

    /// <summary>Handed in by a caller the analysis does not see.</summary>
    Parameter = 2,

    /// <summary>An item of a list read from the server.</summary>
    ListItem = 4,

    /// <summary>Delivered by a watch.</summary>
    WatchItem = 8,

    /// <summary>The answer of a create: what this very method made.</summary>
    Created = 16,

    /// <summary>Built here, or deserialised from a manifest.</summary>
    Fresh = 32,

    /// <summary>Not known.</summary>
    Unknown = 64,

    /// <summary>A copy (<c>with</c>, or by JSON) of an object whose origin the other bits tell.</summary>
    Copy = 128,

    /// <summary>Any of the origins that mean: the server's state, as some earlier moment knew it.</summary>
    Read = ApiRead | Parameter | ListItem | WatchItem,
}

/// <summary>A part of an object, as far as the rules tell parts apart.</summary>
internal enum Part
{
    Whole,
    Metadata,
    Spec,
    Status,

    /// <summary>Any other top-level member: the data of a ConfigMap and the like.</summary>
    Other,

    /// <summary>The value is a collection of such objects.</summary>
    Items,

    /// <summary>The value is a delegate, and no object.</summary>
    Function,

    /// <summary>The value is the object's resource version: a text, which nobody can change the object through.</summary>
    Version,
}

/// <summary>What may have happened to an object on some path.</summary>
[Flags]
internal enum Touched
{
    None = 0,
    Metadata = 1,
    Spec = 2,
    Status = 4,
    Other = 8,

    /// <summary>The status was removed: set to null, or its JSON member taken away.</summary>
    StatusNulled = 16,

    /// <summary>Handed to code that cannot be looked into.</summary>
    Escaped = 32,

    /// <summary>Written, and the answer was not taken as the new value: its resource version is old.</summary>
    Stale = 64,

    /// <summary>Given a resource version where a test says there is one to give.</summary>
    VersionIfKnown = 128,

    /// <summary>Its managed fields were removed.</summary>
    ManagedFieldsCleared = 256,

    /// <summary>A member other than its name and its resource version was read.</summary>
    Consulted = 512,

    /// <summary>Changed by a lambda of the code that called what made it.</summary>
    ByCaller = 1024,

    /// <summary>The object itself, not only a part of it, was handed to code that cannot be looked into.</summary>
    HandedOut = 2048,
}

/// <summary>The facts about one abstract object at one point of a method.</summary>
internal sealed record Facts(Origin Origin, ITypeSymbol? Type)
{
    /// <summary>The parts that a write of the main resource takes where the kind has <c>/status</c>.</summary>
    public const Touched MainParts = Touched.Metadata | Touched.Spec | Touched.Other;

    /// <summary>The parts a write can send.</summary>
    public const Touched AllParts = MainParts | Touched.Status;

    /// <summary>Facts that hold on some path.</summary>
    public Touched May { get; init; }

    /// <summary>Parts that were changed on some path and that no write has sent since.</summary>
    public Touched Unsent { get; init; }

    /// <summary>Parts that were replaced as a whole on every path: what it once shared them with is no longer changed along.</summary>
    public Touched Own { get; init; }

    /// <summary>The collection it was taken from; -1 if none.</summary>
    public int ItemOf { get; init; } = -1;

    /// <summary>Of a collection: the parts that were changed of some of its items, by who went through it.</summary>
    public Touched ItemsChanged { get; init; }

    /// <summary>The object this is a former status of; -1 if none.</summary>
    public int FormerStatusOf { get; init; } = -1;

    /// <summary>Whether a resource version was given to it on every path.</summary>
    public bool ResourceVersionSet { get; init; }

    /// <summary>Whether the object is a JSON document and not a typed model.</summary>
    public bool IsJson { get; init; }

    /// <summary>The object a shallow <c>with</c> copy shares its parts with; -1 if none.</summary>
    public int SharesPartsWith { get; init; } = -1;

    /// <summary>The object its resource version was copied from; -1 if none.</summary>
    public int VersionOf { get; init; } = -1;

    /// <summary>The same with a change of parts, which nothing has sent yet.</summary>
    public Facts Changed(Touched bits) => HasAll(bits) && (Unsent & bits & AllParts) == (bits & AllParts) ? this : this with { May = May | bits, Unsent = Unsent | (bits & AllParts) };

    /// <summary>Whether it is what a caller handed in, with nothing changed in it.</summary>
    public bool IsAsHandedIn => Origin == Origin.Parameter && !Has(AllParts | Touched.StatusNulled);

    public bool Has(Touched bits) => (May & bits) != 0;

    public bool HasAll(Touched bits) => (May & bits) == bits;

    public bool Is(Origin origins) => (Origin & origins) != 0;

    /// <summary>What holds on either path; one of the two itself where that says it all, so that states go on sharing it.</summary>
    public static Facts Join(Facts a, Facts b) => a.Covers(b) ? a : b.Covers(a) ? b : a with
    {
        Origin = a.Origin | b.Origin,
        May = a.May | b.May,
        Unsent = a.Unsent | b.Unsent,
        Own = a.Own & b.Own,
        ItemsChanged = a.ItemsChanged | b.ItemsChanged,
        ResourceVersionSet = a.ResourceVersionSet && b.ResourceVersionSet,
        IsJson = a.IsJson || b.IsJson,
        Type = a.Type ?? b.Type,
        SharesPartsWith = a.SharesPartsWith >= 0 ? a.SharesPartsWith : b.SharesPartsWith,
        VersionOf = a.VersionOf >= 0 ? a.VersionOf : b.VersionOf,
    };

    private bool Covers(Facts other) => ReferenceEquals(this, other)
        || ((Origin | other.Origin) == Origin
            && HasAll(other.May)
            && (Unsent | other.Unsent) == Unsent
            && (Own & other.Own) == Own
            && (ItemsChanged | other.ItemsChanged) == ItemsChanged
            && (!ResourceVersionSet || other.ResourceVersionSet)
            && (IsJson || !other.IsJson)
            && (Type is not null || other.Type is null)
            && (SharesPartsWith >= 0 || other.SharesPartsWith < 0)
            && (VersionOf >= 0 || other.VersionOf < 0));
}

/// <summary>A reference to an abstract object, or to a part of one.</summary>
internal readonly record struct Value(int Object, Part Part)
{
    /// <summary>A collection made of what the part holds: to add to it changes nothing of the object, to change an element does.</summary>
    public bool IsCopy { get; init; }

    /// <summary>Whether the object can be changed through the value.</summary>
    public bool IsPart => Part is not (Part.Whole or Part.Items or Part.Version or Part.Function);
}
