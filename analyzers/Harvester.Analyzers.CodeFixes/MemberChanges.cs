using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis.CSharp;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>A value as the code of a patch says it.</summary>
/// <param name="Text">The expression.</param>
/// <param name="MayBeNull">A patch has to say null, which the client leaves out of objects and writes in dictionaries.</param>
internal sealed record PatchValue(string Text, bool MayBeNull)
{
    public static readonly PatchValue Null = new("null", MayBeNull: true);
}

/// <summary>
/// The members that a merge patch sets, as a tree of JSON names. Written as an anonymous object; as a dictionary where a value may be
/// null or a name is none that the client would write as it is.
/// </summary>
internal sealed class MemberChanges
{
    private const string Dictionary = "global::System.Collections.Generic.Dictionary";

    // The key is the text of an expression where the node is a map of labels or annotations, and a JSON name everywhere else.
    private readonly List<(string Key, object Value)> members = [];
    private bool isMap;

    public bool IsEmpty => members.Count == 0;

    /// <summary>False where the path leads through a member that was set itself.</summary>
    public bool TrySet(IReadOnlyList<string> path, PatchValue value)
    {
        var at = this;
        foreach (var name in path.Take(path.Count - 1))
        {
            if (at.Inner(name) is not { isMap: false } inner)
            {
                return false;
            }

            at = inner;
        }

        return at.TryPut(path[path.Count - 1], value);
    }

    /// <summary>Labels and annotations go by keys that are not always constants.</summary>
    public bool TrySetEntry(string map, string key, PatchValue value)
    {
        if (Inner("metadata")?.Inner(map) is not { } entries || (!entries.isMap && !entries.IsEmpty))
        {
            return false;
        }

        entries.isMap = true;
        return entries.TryPut(key, value);
    }

    /// <summary>The code of the patch's content.</summary>
    /// <param name="isNullable">Whether the code says of types that they may be null.</param>
    public string ToString(bool isNullable)
    {
        var sorted = members.OrderBy(m => (m.Key, isMap) switch { ("metadata", false) => 0, ("labels", false) => 1, ("annotations", false) => 2, _ => 3 });
        var isDictionary = isMap || members.Any(m => m.Value is PatchValue { MayBeNull: true } || !SyntaxFacts.IsValidIdentifier(m.Key) || Words.CamelCase(m.Key) != m.Key);
        if (!isDictionary)
        {
            return "new { " + string.Join(", ", sorted.Select(m => $"{Escaped(m.Key)} = {Text(m.Value)}")) + " }";
        }

        var type = (isMap ? "string" : "object") + (isNullable && members.Any(m => m.Value is PatchValue { MayBeNull: true }) ? "?" : "");
        return $"new {Dictionary}<string, {type}> {{ "
            + string.Join(", ", sorted.Select(m => $"[{(isMap ? m.Key : SyntaxFactory.Literal(m.Key).Text)}] = {Text(m.Value)}")) + " }";

        string Text(object value) => value is MemberChanges inner ? inner.ToString(isNullable) : ((PatchValue)value).Text;
    }

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private MemberChanges? Inner(string name)
    {
        var found = members.FindIndex(m => m.Key == name);
        if (found >= 0)
        {
            return members[found].Value as MemberChanges;
        }

        var inner = new MemberChanges();
        members.Add((name, inner));
        return inner;
    }

    private bool TryPut(string key, PatchValue value)
    {
        if (members.Any(m => m.Key == key && m.Value is MemberChanges))
        {
            return false;
        }

        members.RemoveAll(m => m.Key == key);
        members.Add((key, value));
        return true;
    }
}
