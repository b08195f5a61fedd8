using System.Collections.Immutable;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.Flow.Objects;

/// <content>Where an object's resource version comes from, and what else was read of the object it was taken from.</content>
internal sealed partial class MethodFlow
{
    private static void SetServerOwned(int id, string? member, ImmutableHashSet<Value> values, IOperation assigned, FlowState state)
    {
        switch (member?.ToLowerInvariant())
        {
            case "resourceversion" when IsNull(assigned):
                state.Update(id, f => f with { ResourceVersionSet = false, VersionOf = -1 });
                break;
            case "resourceversion":
                var from = values.Where(v => v.Part == Part.Version && v.Object != id).Select(v => v.Object).DefaultIfEmpty(-1).First();
                SetVersion(id, from, StandsUnderNullTest(assigned.Syntax), state);
                break;
            case "managedfields" when IsNull(assigned):
                state.Touch(id, Touched.ManagedFieldsCleared, deep: true);
                break;
        }
    }

    /// <summary>The object, and what holds this metadata already: a version may be given to metadata before or after it is put into its object.</summary>
    private static void SetVersion(int id, int from, bool ifKnown, FlowState state)
    {
        state.Update(id, Change);
        state.UpdateSharers(id, Change);

        Facts Change(Facts facts) => facts with
        {
            ResourceVersionSet = true,
            VersionOf = from >= 0 ? from : facts.VersionOf,
            May = ifKnown ? facts.May | Touched.VersionIfKnown : facts.May,
        };
    }

    /// <summary>Metadata that is put into an object brings the resource version it has.</summary>
    private static void AdoptMetadata(int id, ImmutableHashSet<Value> values, FlowState state)
    {
        if (values.IsEmpty)
        {
            // Made by code that is not looked into: it may have a version.
            state.Touch(id, Touched.VersionIfKnown, deep: false);
        }

        foreach (var (metadata, part) in values)
        {
            if (part != Part.Metadata || metadata == id || state.FactsOf(metadata) is not { } facts)
            {
                continue;
            }

            var isRead = facts.Is(Origin.Read | Origin.Created);
            state.Update(id, f => f with
            {
                ResourceVersionSet = facts.ResourceVersionSet || isRead,
                VersionOf = isRead ? metadata : facts.VersionOf,
                May = f.May | (facts.May & Touched.VersionIfKnown),
                SharesPartsWith = f.SharesPartsWith < 0 && !isRead ? metadata : f.SharesPartsWith,
            });
        }
    }

    /// <summary>Names and what the server owns say which object it is, nothing of what is in it.</summary>
    private static void MarkConsulted(int id, Part part, string? member, FlowState state)
    {
        var consults = part switch
        {
            Part.Whole => PartNamed(member) is not (null or Part.Metadata),
            Part.Metadata => !IsServerOwned(member) && member is not ("Name" or "NamespaceProperty"),
            Part.Items or Part.Version => false,
            _ => true,
        };
        if (consults && state.FactsOf(id) is { } facts && !facts.Has(Touched.Consulted))
        {
            state.Define(id, facts with { May = facts.May | Touched.Consulted });
        }
    }

    /// <summary><c>if (live.Metadata.ResourceVersion is { } version)</c>: where there is none to give, none is missing.</summary>
    private static bool StandsUnderNullTest(SyntaxNode syntax)
    {
        foreach (var node in syntax.AncestorsAndSelf())
        {
            switch (node)
            {
                case MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax:
                    return false;
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression }:
                case IfStatementSyntax { Condition: var condition } when TestsForNull(condition):
                    return true;
            }
        }

        return false;
    }

    private static bool TestsForNull(ExpressionSyntax condition) => condition.DescendantNodesAndSelf().Any(n => n switch
    {
        IsPatternExpressionSyntax => true,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression or (int)SyntaxKind.EqualsExpression } comparison =>
            comparison.Left.IsKind(SyntaxKind.NullLiteralExpression) || comparison.Right.IsKind(SyntaxKind.NullLiteralExpression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "IsNullOrEmpty" or "IsNullOrWhiteSpace" } } => true,
        _ => false,
    });

    /// <summary>Only spares the way into every method that returns a text; what it returns is found out there.</summary>
    private static bool MayBeVersion(IMethodSymbol method, ITypeSymbol result) =>
        result.SpecialType == SpecialType.System_String && method.Name.IndexOf("version", StringComparison.OrdinalIgnoreCase) >= 0;

    private bool IsMetadataType(ITypeSymbol? type) => type is not null && SymbolEqualityComparer.Default.Equals(type, symbols.ObjectMeta);
}
