namespace Harvester.Analyzers.ClientModel;

/// <summary>What a call asks of the API server.</summary>
internal enum CallKind
{
    /// <summary>GET of one object.</summary>
    Read,

    /// <summary>GET of a collection; the result has the objects in it.</summary>
    List,

    /// <summary>A watch.</summary>
    Watch,

    /// <summary>POST.</summary>
    Create,

    /// <summary>PUT of the main resource.</summary>
    ReplaceMain,

    /// <summary>PUT of <c>/status</c>.</summary>
    ReplaceStatus,

    /// <summary>PATCH of the main resource.</summary>
    PatchMain,

    /// <summary>PATCH of <c>/status</c>.</summary>
    PatchStatus,

    /// <summary>Reads or writes a subresource other than <c>/status</c>: scale, eviction, log and the like.</summary>
    OtherSubresource,

    /// <summary>DELETE of one object.</summary>
    Delete,

    /// <summary>DELETE of a collection.</summary>
    DeleteCollection,
}

/// <summary>Whether a kind is known to have <c>/status</c>.</summary>
internal enum StatusSubresource
{
    /// <summary>Depends on a definition the compiler does not see.</summary>
    Unknown,

    /// <summary>The server takes status at <c>/status</c> only.</summary>
    Present,

    /// <summary>The server takes status with the main resource.</summary>
    Absent,
}
