using System.Collections.Immutable;
using System.Composition;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>HARV1006: sends a patch that has nothing but status to <c>/status</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PatchStatusFix))]
[Shared]
public sealed class PatchStatusFix : WriteFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Descriptors.MainPatchHasStatus.Id);

    private protected override string Title => "Patch /status";

    private protected override SyntaxNode? Fix(FixSite site) =>
        PatchBody.Of(site.Call, site.Symbols, site.CancellationToken) is { } patch
        && PatchPaths.TopLevelMembers(patch).All(m => m == "status")
        && SiblingCalls.StatusOf(site.Method) is { } sibling
        && SiblingCalls.Retarget(site, sibling) is { } call
            ? site.Root.ReplaceNode(site.Syntax, call)
            : null;
}
