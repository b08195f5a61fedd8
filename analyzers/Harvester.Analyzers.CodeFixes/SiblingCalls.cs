using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>The methods that stand beside the one called, for the same kind, and calls of them.</summary>
internal static class SiblingCalls
{
    private static readonly string[] Suffixes = ["WithHttpMessagesAsync", "WithHttpMessages", "Async", ""];

    /// <summary>The call of <c>/status</c> beside one of the main resource.</summary>
    public static IMethodSymbol? StatusOf(IMethodSymbol main)
    {
        var suffix = Suffixes.First(s => main.Name.EndsWith(s, StringComparison.Ordinal));
        var name = main.Name.Substring(0, main.Name.Length - suffix.Length);
        return Find(main, (name == "Save" ? "Update" : name) + "Status" + suffix);
    }

    /// <summary>The call of the main resource beside one of <c>/status</c>.</summary>
    public static IMethodSymbol? MainOf(IMethodSymbol status) =>
        status.Name.LastIndexOf("Status", StringComparison.Ordinal) is >= 0 and var at ? Find(status, status.Name.Remove(at, "Status".Length)) : null;

    /// <summary>The PATCH beside a PUT.</summary>
    public static IMethodSymbol? PatchOf(IMethodSymbol put)
    {
        var definition = Definition(put);
        if (definition.Name.StartsWith("Replace", StringComparison.Ordinal))
        {
            return Find(put, "Patch" + definition.Name.Substring("Replace".Length));
        }

        return (definition.ContainingNamespace.Name, definition.Name) switch
        {
            ("ClientSets", "UpdateAsync") => Find(put, "PatchAsync"),
            ("KubernetesClient", "UpdateAsync") => PatchByName(definition, "PatchAsync"),
            ("KubernetesClient", "Update") => PatchByName(definition, "Patch"),
            _ => null,
        };
    }

    /// <summary>The same call of another method; null where its arguments mean something else there. The body may be replaced.</summary>
    public static InvocationExpressionSyntax? Retarget(FixSite site, IMethodSymbol sibling, ArgumentSyntax? newBody = null)
    {
        if (site.Sent is not { } sent || SimpleNameOf(site.Syntax) is not { } written)
        {
            return null;
        }

        if (newBody is not null && IsByName(sibling) && !site.Method.Parameters.Any(p => p.Name == "name"))
        {
            return ByName(site, sibling, NameOf(sibling, written, site), newBody);
        }

        if (!ArgumentsFit(site, sent, sibling))
        {
            return null;
        }

        var body = newBody ?? sent;
        if (sent.NameColon is { } named)
        {
            var parameter = newBody is null ? Definition(site.Method).Parameters.FirstOrDefault(p => p.Name == named.Name.Identifier.ValueText && sibling.Parameters.Any(s => s.Name == p.Name))
                : sibling.Parameters.FirstOrDefault(p => p.Type.Name == "V1Patch");
            if (parameter is null)
            {
                return null;
            }

            body = body.WithNameColon(named.WithName(SyntaxFactory.IdentifierName(parameter.Name)));
        }

        return site.Syntax.ReplaceNodes(
            new SyntaxNode[] { written, sent },
            (old, _) => old == written ? NameOf(sibling, written, site) : (SyntaxNode)body);
    }

    /// <summary>The name of the method in a call.</summary>
    public static SimpleNameSyntax? SimpleNameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };

    private static IMethodSymbol Definition(IMethodSymbol method) => (method.ReducedFrom ?? method).OriginalDefinition;

    private static IMethodSymbol? Find(IMethodSymbol method, string name)
    {
        var definition = Definition(method);
        var found = definition.ContainingType.GetMembers(name).OfType<IMethodSymbol>().Where(m => m.IsGenericMethod == definition.IsGenericMethod).ToList();
        return found.FirstOrDefault(m => m.Parameters.Select(p => p.Name).SequenceEqual(definition.Parameters.Select(p => p.Name)))
            ?? found.FirstOrDefault(m => m.Parameters.Length == definition.Parameters.Length)
            ?? found.FirstOrDefault();
    }

    private static bool ArgumentsFit(FixSite site, ArgumentSyntax sent, IMethodSymbol sibling)
    {
        foreach (var argument in site.Call.Arguments)
        {
            if (argument.Syntax is not ArgumentSyntax written || written == sent || !site.Syntax.ArgumentList.Arguments.Contains(written) || argument.Parameter is not { } parameter)
            {
                continue;
            }

            var fits = written.NameColon is null
                ? parameter.Ordinal < sibling.Parameters.Length && sibling.Parameters[parameter.Ordinal].Name == parameter.Name
                : sibling.Parameters.Any(p => p.Name == parameter.Name);
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>KubeOps: the patch, then name and namespace of what it is for.</summary>
    private static IMethodSymbol? PatchByName(IMethodSymbol put, string name) =>
        put.ContainingType.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(m => m.IsGenericMethod && IsByName(m));

    private static bool IsByName(IMethodSymbol patch) =>
        patch.Parameters.Length > 2 && patch.Parameters[0].Type.Name == "V1Patch" && patch.Parameters[1].Name == "name" && patch.Parameters[2].Name == "namespace";

    private static InvocationExpressionSyntax? ByName(FixSite site, IMethodSymbol sibling, SimpleNameSyntax name, ArgumentSyntax patch)
    {
        if (site.Body is not { } body || SimpleNameOf(site.Syntax) is not { } written)
        {
            return null;
        }

        var arguments = new List<ArgumentSyntax>
        {
            patch.WithNameColon(null),
            SyntaxFactory.Argument(SyntaxFactory.ParseExpression($"{body.Identifier.Text}.Metadata.Name")),
            SyntaxFactory.Argument(SyntaxFactory.ParseExpression($"{body.Identifier.Text}.Metadata.NamespaceProperty")),
        };
        foreach (var argument in site.Call.Arguments)
        {
            if (argument.Syntax is not ArgumentSyntax given || given == site.Sent || !site.Syntax.ArgumentList.Arguments.Contains(given) || argument.Parameter is not { } parameter)
            {
                continue;
            }

            if (!sibling.Parameters.Any(p => p.Name == parameter.Name))
            {
                return null;
            }

            arguments.Add(given.NameColon is not null ? given : given.WithoutLeadingTrivia().WithNameColon(SyntaxFactory.NameColon(parameter.Name).WithTrailingTrivia(SyntaxFactory.Space)));
        }

        var list = SyntaxFactory.SeparatedList(arguments, Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), arguments.Count - 1));
        return site.Syntax.ReplaceNodes(
            new SyntaxNode[] { written, site.Syntax.ArgumentList },
            (old, _) => old == written ? name : site.Syntax.ArgumentList.WithArguments(list));
    }

    /// <summary>A PUT has its type argument from the object; a PATCH has to be told.</summary>
    private static SimpleNameSyntax NameOf(IMethodSymbol sibling, SimpleNameSyntax written, FixSite site)
    {
        var identifier = SyntaxFactory.Identifier(sibling.Name).WithTriviaFrom(written.Identifier);
        if (written is GenericNameSyntax generic)
        {
            return generic.WithIdentifier(identifier);
        }

        var isPatch = sibling.Name.StartsWith("Patch", StringComparison.Ordinal) && !site.Method.Name.StartsWith("Patch", StringComparison.Ordinal);
        return isPatch && sibling.IsGenericMethod && site.Call.ObjectType is { } type
            ? SyntaxFactory.GenericName(identifier, TypeArguments(type))
            : SyntaxFactory.IdentifierName(identifier);
    }

    private static TypeArgumentListSyntax TypeArguments(ITypeSymbol type) => SyntaxFactory.TypeArgumentList(
        SyntaxFactory.SingletonSeparatedList(Qualified.Type(type)));
}
