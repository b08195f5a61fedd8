using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Storage;

/// <summary>An entry of the log: a change, what it left behind, and the state of everything after it.</summary>
internal sealed class StoredRevision
{
    private byte[]? _utf8;

    public required long Number { get; init; }

    public required ChangeType Type { get; init; }

    public required GroupResource Resource { get; init; }

    public required string? Namespace { get; init; }

    public required string Name { get; init; }

    /// <summary>The object with its resourceVersion in it; of a deletion, the content stored before (statement D-4).</summary>
    public required JsonObject Object { get; init; }

    /// <summary>The revision of the object before this one; null for a new object, and once it was forgotten.</summary>
    public required StoredRevision? Previous { get; set; }

    public required string User { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>The schema the object was stored under; under the same one it needs no work when it is read.</summary>
    public required object? Schema { get; init; }

    /// <summary>The state of everything after this change, kept with one revision in many.</summary>
    public ObjectState? After { get; set; }

    /// <summary>True for objects of a built-in kind, which are written in the order of their types.</summary>
    public bool IsTyped { get; init; }

    /// <summary>The object's text, written once however often it is read.</summary>
    /// <remarks>A newer revision of the object lets it go; whoever still reads this one writes it again.</remarks>
    public byte[] Utf8 => _utf8 ??= IsTyped ? TypedText.WriteUtf8(Object) : JsonText.WriteUtf8(Object);

    /// <summary>Forgets the text: the object has a newer revision, and few ask for this one.</summary>
    public void DropText() => _utf8 = null;

    /// <summary><c>namespace/name</c>, or the name alone.</summary>
    public required string Key { get; init; }

    public static string KeyOf(string? ns, string name) => string.IsNullOrEmpty(ns) ? name : string.Concat(ns, "/", name);

    public ObjectRevision ToPublic() => new(
        Number,
        Type,
        Object,
        Previous?.Object,
        User,
        Resource.Group,
        Resource.Resource,
        Namespace,
        Name,
        Time);
}
