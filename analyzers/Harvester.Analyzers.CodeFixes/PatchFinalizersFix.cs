using System.Collections.Immutable;
using System.Composition;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>
/// HARV1002 where finalizers or owner references were changed: a merge patch would replace the list whole, whoever changed it meanwhile.
/// The JSON patch tests first that nobody did.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PatchFinalizersFix))]
[Shared]
public sealed class PatchFinalizersFix : WriteFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Descriptors.WholeObjectForMetadata.Id);

    private const string OrNone = " ?? new global::System.Collections.Generic.List<string>()";

    private protected override string Title => "Send a JSON patch of the changed lists";

    private protected override SyntaxNode? Fix(FixSite site)
    {
        if (!site.Call.IsMainPut || site.Call.IsUpsert
            || site.Sent is not { } sent
            || SiblingCalls.PatchOf(site.Method) is not { } patch
            || ObjectChanges.Of(site) is not { Lists.Count: > 0, Members.IsEmpty: true, Strips.Count: 0 } changes)
        {
            return null;
        }

        var metadata = site.Body!.Identifier.Text + ".Metadata";
        var operations = "new object[] { "
            + $"new {{ op = \"test\", path = \"/metadata/resourceVersion\", value = {metadata}.ResourceVersion }}, "
            + string.Join(", ", changes.Lists.GroupBy(list => list.Property).Select(list =>
                $"new {{ op = \"add\", path = \"/metadata/{Words.CamelCase(list.Key)}\", value = {metadata}.{list.Key}{(list.All(l => l.MayBeNone) ? OrNone : "")} }}"))
            + " }";
        return SiblingCalls.Retarget(site, patch, Qualified.Patch(operations, "JsonPatch", sent)) is { } call
            ? site.Root.ReplaceNode(site.Syntax, call)
            : null;
    }
}
