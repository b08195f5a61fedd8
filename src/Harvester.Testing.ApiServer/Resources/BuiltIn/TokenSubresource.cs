using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>Tokens of service accounts (B-26).</summary>
internal sealed class TokenSubresource : Subresource
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Verbs => ["create"];

    /// <inheritdoc />
    public override JsonObject Create(RequestContext context) => context.Server.Access.IssueToken(context);
}
