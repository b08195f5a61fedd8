using System.Globalization;

namespace Harvester.Testing.ApiServer.Http.Protobuf;

/// <summary>A field of a message.</summary>
/// <param name="Name">Its name in JSON, or the name of the message whose fields JSON shows one level higher.</param>
/// <param name="IsInlined">True for the latter.</param>
internal readonly record struct MessageField(string Name, bool IsInlined);

/// <summary>The field numbers of messages, read once from the table beside this file.</summary>
internal static class MessageTable
{
    private static readonly Lazy<Dictionary<string, Dictionary<int, MessageField>>> Known = new(Read);

    /// <summary>The fields of a message by number, or null when the table does not have it.</summary>
    /// <param name="name">The package, a slash, the version, a dot and the message's name.</param>
    public static IReadOnlyDictionary<int, MessageField>? Find(string name) => Known.Value.GetValueOrDefault(name);

    private static Dictionary<string, Dictionary<int, MessageField>> Read()
    {
        using var stream = typeof(MessageTable).Assembly.GetManifestResourceStream("Harvester.Testing.ApiServer.Http.Protobuf.messages.txt")!;
        using var reader = new StreamReader(stream);
        var messages = new Dictionary<string, Dictionary<int, MessageField>>(StringComparer.Ordinal);
        var package = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var words = line.Split(' ');
            if (words[0] == "=")
            {
                package = words[1];
                continue;
            }

            var fields = new Dictionary<int, MessageField>();
            var number = 0;
            foreach (var word in words.Skip(1))
            {
                var at = word.IndexOf(':', StringComparison.Ordinal);
                number = at < 0 ? number + 1 : int.Parse(word.AsSpan(0, at), CultureInfo.InvariantCulture);
                var name = word[(at + 1)..];
                fields.Add(number, name[0] == '+' ? new MessageField(name[1..], true) : new MessageField(name, false));
            }

            messages.Add($"{package}.{words[0]}", fields);
        }

        return messages;
    }
}
