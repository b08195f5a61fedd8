using System.Reflection;
using System.Text.Json.Serialization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema.Models;

/// <summary>A structure with the members of one of the client's model classes.</summary>
internal sealed class StructureType : ModelType
{
    private readonly string[] _names;
    private readonly ModelMember[] _members;
    private readonly Lazy<JsonValue> _zero;

    public StructureType(Type model)
    {
        Model = model;
        GoName = "v1." + model.Name;
        var name = model.Name;
        var version = name.AsSpan().IndexOfAny("vV");
        while (version >= 0 && version + 1 < name.Length && !char.IsDigit(name[version + 1]))
        {
            var next = name.AsSpan(version + 1).IndexOfAny("vV");
            version = next < 0 ? -1 : version + 1 + next;
        }

        if (version >= 0)
        {
            var end = version + 1;
            while (end < name.Length && !char.IsUpper(name[end]))
            {
                end++;
            }

            ShortName = name[end..];
            GoName = $"{name[version..end].ToLowerInvariant()}.{ShortName}";
        }
        else
        {
            ShortName = name;
        }

        var marks = ModelTable.Of(name);
        IsAtomic = marks.GetValueOrDefault("")?.ListKind == ListKind.Atomic;
        var package = GoName[..GoName.IndexOf('.', StringComparison.Ordinal)];
        _members = [.. model.GetProperties()
            .Select(property => (Property: property, property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name))
            .Where(pair => pair.Name is not null)
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .Select(pair =>
            {
                var about = marks.GetValueOrDefault(pair.Name!, ModelMemberMarks.None);
                return new ModelMember(pair.Name!, about, () => ModelTypes.Of(pair.Property.PropertyType, about, package));
            })];
        _names = [.. _members.Select(member => member.Name)];
        _zero = new Lazy<JsonValue>(() => Decode(JsonObject.Empty, new ModelDecoding([])));
    }

    /// <inheritdoc />
    public override string GoName { get; }

    /// <summary>The client's class.</summary>
    public Type Model { get; }

    /// <summary>The Go type's name without its package.</summary>
    public string ShortName { get; }

    /// <summary>True when server-side apply sees the structure as one value.</summary>
    public bool IsAtomic { get; }

    /// <summary>The members, in ordinal order of their names.</summary>
    public IReadOnlyList<ModelMember> Members => _members;

    /// <inheritdoc />
    public override JsonValue Zero => _zero.Value;

    /// <inheritdoc />
    public override JsonValue AbsentValue => JsonValue.Null;

    /// <inheritdoc />
    public override JsonValue? ValueZero => Zero;

    /// <summary>The member of that name, or null.</summary>
    /// <param name="name">The name.</param>
    public ModelMember? Find(string name)
    {
        var index = Array.BinarySearch(_names, name, StringComparer.Ordinal);
        return index < 0 ? null : _members[index];
    }

    /// <inheritdoc />
    public override JsonValue Decode(JsonValue value, ModelDecoding decoding)
    {
        if (value is not JsonObject given)
        {
            throw decoding.Mismatch(value, GoName);
        }

        // Both lists of names are in order: one walk through both.
        var names = new string[given.Count + _names.Length];
        var values = new JsonValue[names.Length];
        var count = 0;
        var at = 0;
        var same = true;
        decoding.EnterStructure(ShortName);
        for (var i = 0; i < _names.Length; i++)
        {
            var order = 1;
            while (at < given.Count && (order = string.CompareOrdinal(given.Names[at], _names[i])) < 0)
            {
                decoding.Unknown(given.Names[at++]);
                same = false;
            }

            var member = _members[i];
            var present = at < given.Count && order == 0 ? given.Values[at++] : null;
            JsonValue? decoded;
            if (present is null or JsonNull)
            {
                decoded = member.Absent;
            }
            else if (decoding.IsAtTop && member.Name == "metadata")
            {
                // The metadata of the object itself was read before.
                decoded = present;
            }
            else
            {
                decoding.Enter(member.Name, isField: true);
                decoded = member.Type.Decode(present, decoding);
                decoding.Leave();
                if (decoded is JsonArray { Count: 0 } or JsonObject { Count: 0 } && member.Type is ListType or MapType && member.Marks is { IsAlwaysPrinted: true, IsPointer: false })
                {
                    decoded = member.Type.Zero;
                }
                else if (member.IsLeftOut(decoded))
                {
                    decoded = null;
                }
            }

            same &= ReferenceEquals(decoded, present);
            if (decoded is not null)
            {
                names[count] = _names[i];
                values[count++] = decoded;
            }
        }

        while (at < given.Count)
        {
            decoding.Unknown(given.Names[at++]);
            same = false;
        }

        decoding.LeaveStructure();
        return same ? given : JsonObject.Wrap(names[..count], values[..count]);
    }
}
