namespace Harvester.Testing.Simulation;

/// <summary>Switches that hold children back or make them fail, by name.</summary>
public sealed class ChildSwitches
{
    private readonly HashSet<string> held = new(StringComparer.Ordinal);
    private readonly HashSet<string> failing = new(StringComparer.Ordinal);

    /// <summary>How often a switch was touched.</summary>
    internal int Changes { get; private set; }

    /// <summary>Children of this name make no progress until released.</summary>
    /// <param name="name">The switch.</param>
    public void Hold(string name)
    {
        held.Add(name);
        Changes++;
    }

    /// <summary>Children of this name go on.</summary>
    /// <param name="name">The switch.</param>
    public void Release(string name)
    {
        held.Remove(name);
        Changes++;
    }

    /// <summary>Children of this name fail where they would have succeeded.</summary>
    /// <param name="name">The switch.</param>
    public void Fail(string name)
    {
        failing.Add(name);
        Changes++;
    }

    /// <summary>Children of this name succeed again.</summary>
    /// <param name="name">The switch.</param>
    public void Mend(string name)
    {
        failing.Remove(name);
        Changes++;
    }

    /// <summary>Whether children of this name are held.</summary>
    /// <param name="name">The switch, or null for a child without one.</param>
    public bool IsHeld(string? name) => name is not null && held.Contains(name);

    /// <summary>Whether children of this name fail.</summary>
    /// <param name="name">The switch, or null for a child without one.</param>
    public bool IsFailing(string? name) => name is not null && failing.Contains(name);
}
