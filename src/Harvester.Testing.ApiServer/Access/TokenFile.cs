using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Access;

/// <summary>Static bearer tokens, in the form of kube-apiserver's token file: <c>token,user,uid[,"group1,group2"]</c>.</summary>
internal sealed class TokenFile
{
    private readonly Dictionary<string, UserInfo> _users = new(StringComparer.Ordinal);

    /// <summary>The first token, or null when there is none.</summary>
    public string? First { get; private set; }

    /// <summary>Reads the lines of a token file; of a token that occurs twice the last line counts.</summary>
    /// <exception cref="FormatException">A line is none of a token file; the message does not repeat it, as it holds a secret.</exception>
    public void Add(string text)
    {
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.TrimEnd('\r');
            if (line.Trim().Length == 0 || line.TrimStart().StartsWith('#'))
            {
                continue;
            }

            var fields = Fields(line) ?? throw new FormatException($"line {number}: a quotation mark is not closed");
            if (fields.Count < 3)
            {
                throw new FormatException($"line {number}: a token, a user name and a uid are needed, and groups may follow");
            }

            if (fields[0].Length == 0)
            {
                throw new FormatException($"line {number}: the token is empty");
            }

            var groups = fields.Count > 3
                ? fields[3].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                : [];
            Add(fields[0], UserInfo.Of(fields[1], groups, fields[2]));
        }
    }

    public void Add(string token, UserInfo user)
    {
        First ??= token;
        _users[token] = user;
    }

    public UserInfo? Find(string token) => _users.GetValueOrDefault(token);

    private static List<string>? Fields(string line)
    {
        var fields = new List<string>();
        var current = new System.Text.StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                current.Append('"');
                i++;
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(current.ToString().Trim());
                current.Clear();
            }
            else
            {
                current.Append(line[i]);
            }
        }

        fields.Add(current.ToString().Trim());
        return quoted ? null : fields;
    }
}
