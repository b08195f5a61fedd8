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
        var name = definition.Name.StartsWith("Replace", StringComparison.Ordinal) ? "Patch" + definition.Name.Substring("Replace".Length)
            : definition.Name == "UpdateAsync" && definition.ContainingNamespace.Name == "ClientSets" ? "PatchAsync"
            : null;
        return name is null ? null : Find(put, name);
    }

    /// <summary>The same call of another method; null where its arguments mean something else there. The body may be replaced.</summary>
    public static InvocationExpressionSyntax? Retarget(FixSite site, IMethodSymbol sibling, ArgumentSyntax? newBody = null)
    {
        var sent = site.Call.BodyArgument?.Syntax as ArgumentSyntax;
        if (sent is null || SimpleNameOf(site.Syntax) is not { } written || !ArgumentsFit(site, sent, sibling))
        {
            return null;
        }

        var call = site.Syntax.ReplaceNodes(
            new SyntaxNode[] { written, sent },
            (old, _) => old == written ? NameOf(sibling, written, site) : (SyntaxNode?)newBody ?? sent);
        return call;
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
        foreach (var argument in site.Call.Invocation.Arguments)
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

        return sent.NameColon is null;
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
