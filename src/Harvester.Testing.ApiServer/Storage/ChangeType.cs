namespace Harvester.Testing.ApiServer;

/// <summary>What a revision did to its object.</summary>
public enum ChangeType
{
    /// <summary>The object was created.</summary>
    Added,

    /// <summary>The object was changed.</summary>
    Modified,

    /// <summary>The object was removed.</summary>
    Deleted,
}
