using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>HARV1008: names the assembly as field manager.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FieldManagerFix))]
[Shared]
public sealed class FieldManagerFix : WriteFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(Descriptors.ApplyWithoutManager.Id);

    private protected override string Title => "Name the field manager";

    private protected override SyntaxNode? Fix(FixSite site)
    {
        if (!site.IsAbout("fieldManager") || site.Call.FieldManagerArgument is not { } argument || site.Model.Compilation.AssemblyName is not { Length: > 0 } assembly)
        {
            return null;
        }

        var manager = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(assembly));
        if (argument.Syntax is ArgumentSyntax written && site.Syntax.ArgumentList.Arguments.Contains(written))
        {
            return site.Root.ReplaceNode(written.Expression, manager.WithTriviaFrom(written.Expression));
        }

        var named = SyntaxFactory.Argument(
            SyntaxFactory.NameColon("fieldManager").WithTrailingTrivia(SyntaxFactory.Space), default, manager);
        var arguments = site.Syntax.ArgumentList.Arguments;
        return site.Root.ReplaceNode(
            site.Syntax.ArgumentList,
            site.Syntax.ArgumentList.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(
                arguments.Add(named).GetWithSeparators().Select((part, i) =>
                    i == (arguments.Count * 2) - 1 ? part.AsToken().WithTrailingTrivia(SyntaxFactory.Space) : part))));
    }
}
