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

        // Behind the last argument, and what stands behind that stands behind the new one.
        var arguments = site.Syntax.ArgumentList.Arguments;
        var last = arguments.Last();
        var named = SyntaxFactory.Argument(SyntaxFactory.NameColon("fieldManager").WithTrailingTrivia(SyntaxFactory.Space), default, manager)
            .WithTrailingTrivia(last.GetTrailingTrivia());
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        return site.Root.ReplaceNode(
            site.Syntax.ArgumentList,
            site.Syntax.ArgumentList.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(
                arguments.Replace(last, last.WithoutTrailingTrivia()).GetWithSeparators().Add(comma).Add(named))));
    }
}
