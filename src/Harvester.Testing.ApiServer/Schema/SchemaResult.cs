namespace Harvester.Testing.ApiServer.Schema;

/// <summary>What validating one value against one schema found.</summary>
internal sealed class SchemaResult
{
    /// <summary>What is wrong.</summary>
    public List<FieldError> Errors { get; } = [];

    /// <summary>What stays wrong even when an alternative is chosen that holds: numbers out of their type's range.</summary>
    public List<FieldError> Kept { get; } = [];

    /// <summary>How many checks ran; of several alternatives that fail, the one with most is reported.</summary>
    public int Checks { get; set; }

    /// <summary>True when nothing is wrong.</summary>
    public bool IsValid => Errors.Count == 0;

    /// <summary>Takes over what another result found.</summary>
    /// <param name="other">The other result.</param>
    public void Merge(SchemaResult other)
    {
        Errors.AddRange(other.Errors);
        Kept.AddRange(other.Kept);
        Checks += other.Checks;
    }
}
