using System.Collections.Frozen;
using System.Reflection;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema.Models;

/// <summary>Reads <c>model-members.txt</c>: what is to be known of the built-in kinds' members beyond the client's model classes.</summary>
internal static class ModelTable
{
    private static readonly Lazy<FrozenDictionary<string, string>> Lines = new(Read);

    /// <summary>The marks of a model class: of each member, and under the empty name of the class itself.</summary>
    /// <param name="model">The name of the model class.</param>
    public static Dictionary<string, ModelMemberMarks> Of(string model)
    {
        var marks = new Dictionary<string, ModelMemberMarks>(StringComparer.Ordinal);
        if (Lines.Value.GetValueOrDefault(model) is { } line)
        {
            foreach (var part in line.Split(' '))
            {
                var end = part.AsSpan().IndexOfAny("!&*%:~^=?");
                marks.Add(part[..end], Parse(part.AsSpan(end)));
            }
        }

        return marks;
    }

    private static ModelMemberMarks Parse(ReadOnlySpan<char> text)
    {
        var marks = ModelMemberMarks.None;
        while (text.Length > 0)
        {
            var mark = text[0];
            text = text[1..];
            var end = text.IndexOfAny("!&*%:~^=?");
            var word = end < 0 ? text : text[..end];
            text = text[word.Length..];
            marks = mark switch
            {
                '!' => marks with { IsAlwaysPrinted = true },
                '&' => marks with { IsValue = true },
                '*' => marks with { IsPointer = true },
                '%' => marks with { IsMicroTime = true },
                ':' => marks with { GoType = word.ToString() },
                '~' => marks with { MergeKey = word.ToString() },
                '^' => marks with { RetainsKeys = true },
                '?' => marks with { Default = JsonText.Read(word.ToString()) },
                _ => word switch
                {
                    "atomic" => marks with { ListKind = ListKind.Atomic },
                    "set" => marks with { ListKind = ListKind.Set },
                    _ => marks with { ListKind = ListKind.Map, ListKeys = word.ToString().Split(',') },
                },
            };
        }

        return marks;
    }

    private static FrozenDictionary<string, string> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(typeof(ModelTable), "model-members.txt")!;
        using var reader = new StreamReader(stream);
        var lines = new Dictionary<string, string>(700, StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                var space = line.IndexOf(' ', StringComparison.Ordinal);
                lines.Add(line[..space], line[(space + 1)..]);
            }
        }

        return lines.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
