using System.Text;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>The members that a merge patch sets, as a tree of JSON names.</summary>
internal sealed class MemberChanges
{
    private readonly List<(string Name, object Value)> members = [];

    public bool IsEmpty => members.Count == 0;

    /// <summary>False where the path leads through a member that was set itself.</summary>
    public bool TrySet(IReadOnlyList<string> path, string value)
    {
        var at = this;
        for (var i = 0; i < path.Count - 1; i++)
        {
            var found = at.members.FindIndex(m => m.Name == path[i]);
            if (found < 0)
            {
                var inner = new MemberChanges();
                at.members.Add((path[i], inner));
                at = inner;
            }
            else if (at.members[found].Value is MemberChanges inner)
            {
                at = inner;
            }
            else
            {
                return false;
            }
        }

        var last = path[path.Count - 1];
        if (at.members.Any(m => m.Name == last && m.Value is MemberChanges))
        {
            return false;
        }

        at.members.RemoveAll(m => m.Name == last);
        at.members.Add((last, value));
        return true;
    }

    /// <summary>Labels and annotations go by keys that are not constants, and are removed by null: they are put into dictionaries.</summary>
    public void SetEntry(string map, string key, string value)
    {
        var found = members.FindIndex(m => m.Name == "metadata");
        if (found < 0)
        {
            members.Insert(0, ("metadata", new MemberChanges()));
            found = 0;
        }

        var metadata = (MemberChanges)members[found].Value;
        var at = metadata.members.FindIndex(m => m.Name == map);
        if (at < 0)
        {
            metadata.members.Add((map, new List<(string, string)>()));
            at = metadata.members.Count - 1;
        }

        var entries = (List<(string Key, string Value)>)metadata.members[at].Value;
        entries.RemoveAll(e => e.Key == key);
        entries.Add((key, value));
        metadata.members.Sort((a, b) => Rank(a.Name).CompareTo(Rank(b.Name)));
    }

    public override string ToString()
    {
        var text = new StringBuilder("new { ");
        for (var i = 0; i < members.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(members[i].Name).Append(" = ").Append(members[i].Value switch
            {
                List<(string Key, string Value)> entries =>
                    "new global::System.Collections.Generic.Dictionary<string, string> { " + string.Join(", ", entries.Select(e => $"[{e.Key}] = {e.Value}")) + " }",
                var value => value.ToString(),
            });
        }

        return text.Append(" }").ToString();
    }

    private static int Rank(string map) => map == "labels" ? 0 : 1;
}
