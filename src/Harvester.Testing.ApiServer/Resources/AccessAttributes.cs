namespace Harvester.Testing.ApiServer.Resources;

/// <summary>What somebody wants to do: what roles are asked about.</summary>
internal sealed record AccessAttributes
{
    public required string Verb { get; init; }

    /// <summary>Empty for the core group, and for a path that is none of a resource.</summary>
    public string Group { get; init; } = "";

    public string Version { get; init; } = "";

    public string Resource { get; init; } = "";

    public string Subresource { get; init; } = "";

    /// <summary>Empty for the whole cluster.</summary>
    public string Namespace { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>The path of a request that is none of a resource.</summary>
    public string Path { get; init; } = "";

    public bool IsResource { get; init; } = true;

    public string ResourceAndSubresource => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";
}

/// <summary>What the verbs have to ask about access; answered by the layer that knows users, roles and tokens.</summary>
internal interface IAccessControl
{
    /// <summary>True when the user may do it.</summary>
    /// <param name="user">The user.</param>
    /// <param name="wanted">What he wants to do.</param>
    bool Allows(UserInfo user, AccessAttributes wanted);

    /// <summary>Refuses a write that needs more than the path of its request says (H-5).</summary>
    /// <param name="user">The user.</param>
    /// <param name="wanted">What he wants to do.</param>
    void Require(UserInfo user, AccessAttributes wanted);

    /// <summary>Refuses a role or a binding that would give more than its writer has.</summary>
    /// <param name="context">The write.</param>
    /// <param name="value">The object to be stored.</param>
    /// <param name="old">The object stored so far, or null.</param>
    void CheckGrant(RequestContext context, Json.JsonObject value, Json.JsonObject? old);

    /// <summary>Answers a question about access or identity: the kinds that are created and never stored (B-29).</summary>
    /// <param name="context">The request.</param>
    Json.JsonObject Review(RequestContext context);

    /// <summary>Answers a TokenRequest (B-26).</summary>
    /// <param name="context">The request, whose object is a service account.</param>
    Json.JsonObject IssueToken(RequestContext context);
}
