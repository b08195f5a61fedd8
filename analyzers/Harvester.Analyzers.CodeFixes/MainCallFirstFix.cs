using System.Collections.Immutable;
using System.Composition;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>HARV1005: writes the main resource before the status, which then goes with the answer's resource version.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MainCallFirstFix))]
[Shared]
public sealed class MainCallFirstFix : WriteFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Descriptors.StatusCallDropsChanges.Id);

    private protected override string Title => "Write the main resource first";

    private protected override SyntaxNode? Fix(FixSite site) =>
        site.Call.Kind == CallKind.ReplaceStatus && SiblingCalls.MainOf(site.Method) is { } main
            ? TwoCalls.Write(site, SiblingCalls.Retarget(site, main), site.Syntax)
            : null;
}
