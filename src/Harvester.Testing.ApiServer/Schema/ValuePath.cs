using System.Globalization;
using System.Text;

namespace Harvester.Testing.ApiServer.Schema;

/// <summary>Where a walk over a value is. Its text is only made when something is to be said about that place.</summary>
internal sealed class ValuePath
{
    private readonly List<(string? Name, int Index)> _steps = [];

    /// <summary>True at the top.</summary>
    public bool IsEmpty => _steps.Count == 0;

    /// <summary>Goes to a member.</summary>
    /// <param name="name">The member's name.</param>
    public void Enter(string name) => _steps.Add((name, 0));

    /// <summary>Goes to an item.</summary>
    /// <param name="index">Its index.</param>
    public void Enter(int index) => _steps.Add((null, index));

    /// <summary>Goes back.</summary>
    public void Leave() => _steps.RemoveAt(_steps.Count - 1);

    /// <summary>The text of a member's place.</summary>
    /// <param name="name">The member's name.</param>
    public string Of(string name)
    {
        Enter(name);
        var text = ToString();
        Leave();
        return text;
    }

    /// <inheritdoc />
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, index) in _steps)
        {
            if (name is null)
            {
                text.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']');
            }
            else
            {
                text.Append(text.Length > 0 ? "." : "").Append(name);
            }
        }

        return text.ToString();
    }
}
