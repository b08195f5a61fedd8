using System.Globalization;
using System.Text;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema.Models;

/// <summary>A body that does not fit its kind's types; the message is the one kube-apiserver's reader gives (B-3).</summary>
/// <param name="message">What is wrong.</param>
internal sealed class ModelDecodingException(string message) : Exception(message);

/// <summary>Where the decoding of an object is, and what it found on the way.</summary>
/// <param name="unknownFields">Receives the paths of members that a structure does not have.</param>
/// <param name="fromMap">True for what a strategic merge patch made, which kube-apiserver does not read from JSON text.</param>
internal sealed class ModelDecoding(List<string> unknownFields, bool fromMap = false)
{
    private readonly List<(string? Name, int Index, bool IsField)> _path = [];
    private readonly List<string> _structures = [];

    /// <summary>True where a whole number is an integer, however it is written.</summary>
    public bool TakesWholeFloats => fromMap;

    /// <summary>True at the members of the object itself.</summary>
    public bool IsAtTop => _structures.Count == 1;

    public void EnterStructure(string goName) => _structures.Add(goName);

    public void LeaveStructure() => _structures.RemoveAt(_structures.Count - 1);

    public void Enter(string name, bool isField) => _path.Add((name, -1, isField));

    public void Enter(int index) => _path.Add((null, index, false));

    public void Leave() => _path.RemoveAt(_path.Count - 1);

    /// <summary>Notes a member that the structure at hand does not have.</summary>
    /// <param name="name">The member's name.</param>
    public void Unknown(string name)
    {
        var text = new StringBuilder();
        foreach (var (member, index, _) in _path)
        {
            if (member is null)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
            else
            {
                text.Append(text.Length == 0 ? "" : ".").Append(member);
            }
        }

        unknownFields.Add(text.Append(text.Length == 0 ? "" : ".").Append(name).ToString());
    }

    /// <summary>A value has another JSON type than its Go type can take.</summary>
    /// <param name="found">The value.</param>
    /// <param name="goType">The Go type.</param>
    public ModelDecodingException Mismatch(JsonValue found, string goType)
    {
        if (fromMap)
        {
            return new ModelDecodingException(MapMismatch(found, goType));
        }

        var fields = _path.Where(part => part.IsField).Select(part => part.Name).ToList();
        return fields.Count == 0
            ? WithoutField(found, goType)
            : new ModelDecodingException(
                $"json: cannot unmarshal {NameOf(found, goType)} into Go struct field {_structures[^1]}.{string.Join('.', fields)} of type {goType}");
    }

    /// <summary>The same where text belongs.</summary>
    /// <param name="found">The value.</param>
    /// <param name="goType">The Go type.</param>
    public ModelDecodingException NotText(JsonValue found, string goType) => fromMap
        ? new ModelDecodingException(found is JsonInteger ? "cannot convert int64 to string" : "unrecognized type: string")
        : Mismatch(found, goType);

    /// <summary>The same of a value with a reader of its own, which does not know where it stands.</summary>
    /// <param name="found">The value.</param>
    /// <param name="goType">The Go type.</param>
    public static ModelDecodingException WithoutField(JsonValue found, string goType) =>
        new($"json: cannot unmarshal {NameOf(found, goType)} into Go value of type {goType}");

    private static string MapMismatch(JsonValue found, string goType)
    {
        var given = found switch
        {
            JsonObject => "map",
            JsonArray => "slice",
            JsonString => "string",
            JsonBoolean => "bool",
            JsonFloat => "float64",
            _ => "int64",
        };
        if (goType.StartsWith("[]", StringComparison.Ordinal))
        {
            return $"cannot restore slice from {given}";
        }

        if (goType.StartsWith("map[", StringComparison.Ordinal))
        {
            return $"cannot restore map from {given}";
        }

        return IsNumeric(goType) && found is JsonFloat or JsonInteger ? $"cannot convert {given} to {goType}"
            : IsNumeric(goType) || goType == "bool" ? $"unrecognized type: {goType}"
            : $"cannot restore struct from: {given}";
    }

    // A number that does not fit a numeric type is shown; one that stands where something else belongs is not.
    private static string NameOf(JsonValue found, string goType) => found switch
    {
        JsonObject => "object",
        JsonArray => "array",
        JsonString => "string",
        JsonBoolean => "bool",
        JsonInteger number when IsNumeric(goType) => "number " + number.Value.ToString(CultureInfo.InvariantCulture),
        JsonFloat number when IsNumeric(goType) => "number " + Literal(number.Value),
        _ => "number",
    };

    private static bool IsNumeric(string goType) => goType is "int32" or "int64" or "float64";

    private static string Literal(double number) =>
        Math.Abs(number) < 1e15 && number == Math.Floor(number)
            ? number.ToString("F1", CultureInfo.InvariantCulture)
            : number.ToString(Math.Abs(number) is >= 1e15 and < 1e25 ? "F0" : "R", CultureInfo.InvariantCulture);
}
