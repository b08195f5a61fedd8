using System.Collections.Immutable;
using System.Composition;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>
/// HARV1001: sends the status where the server takes it. Where more than the status was changed the main resource is written first.
/// Offered only for kinds that are known to have <c>/status</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StatusCallFix))]
[Shared]
public sealed class StatusCallFix : WriteFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Descriptors.StatusSentToMain.Id);

    private protected override string Title => "Send the status to /status";

    private protected override SyntaxNode? Fix(FixSite site)
    {
        if (!site.Call.IsMainPut || site.Call.Status != StatusSubresource.Present
            || SiblingCalls.StatusOf(site.Method) is not { } sibling
            || SiblingCalls.Retarget(site, sibling) is not { } call)
        {
            return null;
        }

        return site.Touched("Spec") || site.Touched("Metadata") || site.Touched("Other")
            ? TwoCalls.Write(site, site.Syntax, call)
            : site.Root.ReplaceNode(site.Syntax, call);
    }
}
