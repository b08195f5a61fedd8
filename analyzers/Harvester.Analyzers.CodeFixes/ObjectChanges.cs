using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>What a method does to an object before it writes it, where it does nothing else with it and each change is sure to happen.</summary>
internal sealed class ObjectChanges
{
    private readonly FixSite site;
    private readonly CallOrder order;
    private readonly List<ObjectChange.List> lists = [];
    private readonly List<SyntaxNode> strips = [];

    private ObjectChanges(FixSite site, CallOrder order)
    {
        this.site = site;
        this.order = order;
    }

    /// <summary>The members that were set.</summary>
    public MemberChanges Members { get; } = new();

    /// <summary>The lists of the metadata that were changed: the finalizers, the owner references.</summary>
    public IReadOnlyList<ObjectChange.List> Lists => lists;

    /// <summary>What removes the status: statements, and copies that leave it out.</summary>
    public IReadOnlyList<SyntaxNode> Strips => strips;

    /// <summary>Null when something else is done with the object, or a change is not sure to have happened.</summary>
    public static ObjectChanges? Of(FixSite site)
    {
        if (site.Body is not { } body || site.Model.GetSymbolInfo(body, site.CancellationToken).Symbol is not { Kind: SymbolKind.Local or SymbolKind.Parameter } variable)
        {
            return null;
        }

        var order = new CallOrder(site, variable);
        var reader = new ChangeReader(site);
        var uses = new ObjectUses(site);
        var made = new ObjectChanges(site, order);
        var changes = new List<(ObjectChange Change, StatementSyntax Statement)>();
        var perhapsAnother = new List<SyntaxNode>();
        foreach (var use in uses.OfObject(variable, body.Identifier.ValueText, order, made.strips))
        {
            if (order.Of(use) == Happens.Never)
            {
                continue;
            }

            if (use.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax statement && reader.Read(statement, use) is { } change)
            {
                switch (order.Of(statement))
                {
                    case Happens.Before:
                    case Happens.Perhaps when change is ObjectChange.None or ObjectChange.List:
                        changes.Add((change, statement));
                        break;
                    case Happens.Perhaps:
                        return null;
                }
            }
            else if (ObjectUses.IsAssigned(use))
            {
                if (order.Of(use.FirstAncestorOrSelf<StatementSyntax>() ?? (SyntaxNode)use) != Happens.Never)
                {
                    perhapsAnother.Add(use);
                }
            }
            else if (!uses.IsReadOnly(use))
            {
                return null;
            }
        }

        return !perhapsAnother.Any(another => changes.Any(c => IsOfAnother(order, c.Statement, another, site.Syntax))) && changes.OrderBy(c => c.Statement.SpanStart).All(made.TryAdd)
            ? made
            : null;
    }

    /// <summary>The object that was changed may not be the one that is sent.</summary>
    private static bool IsOfAnother(CallOrder order, StatementSyntax change, SyntaxNode another, SyntaxNode call) =>
        another.SpanStart < call.SpanStart
            ? change.SpanStart < another.SpanStart
            : order.LoopAround(another)?.Contains(change) != true;

    private bool TryAdd((ObjectChange Change, StatementSyntax Statement) made)
    {
        switch (made.Change)
        {
            case ObjectChange.None:
                return true;
            case ObjectChange.Strip strip:
                strips.Add(strip.Statement);
                return true;
            case ObjectChange.List list:
                lists.Add(list);
                return true;
            case ObjectChange.Entry entry when Value(entry.Key, made.Statement) is { } key:
                return (entry.Value is null ? PatchValue.Null : Value(entry.Value, made.Statement) ?? entry.ReadBack) is { } value && Members.TrySetEntry(entry.Map, key.Text, value);
            case ObjectChange.Member member when IsWrittenTheSame(member.Value) && Value(member.Value, made.Statement) is { } written:
                return Members.TrySet(member.Path, written);
            default:
                return false;
        }
    }

    /// <summary>A constant, or a variable that has the same value still when the call is made; null for all else.</summary>
    private PatchValue? Value(ExpressionSyntax expression, StatementSyntax statement)
    {
        var constant = site.Model.GetConstantValue(expression, site.CancellationToken);
        var symbol = constant.HasValue ? null : site.Model.GetSymbolInfo(expression, site.CancellationToken).Symbol;
        if (!constant.HasValue && symbol switch
        {
            IFieldSymbol { IsReadOnly: true } field => !field.IsStatic && expression is not (IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }),
            ILocalSymbol or IParameterSymbol => !IsKept(symbol, statement),
            _ => true,
        })
        {
            return null;
        }

        var type = site.Model.GetTypeInfo(expression, site.CancellationToken);
        var mayBeNull = constant.HasValue ? constant.Value is null
            : type.Type is null or { IsReferenceType: true } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } && type.Nullability.FlowState != NullableFlowState.NotNull;
        return new PatchValue(expression.WithoutTrivia().ToString(), mayBeNull);
    }

    /// <summary>The value's own type is written to JSON as that of the member is.</summary>
    private bool IsWrittenTheSame(ExpressionSyntax value)
    {
        var type = site.Model.GetTypeInfo(value, site.CancellationToken);
        return type.Type is null || SymbolEqualityComparer.Default.Equals(type.Type, type.ConvertedType)
            || JsonPaths.IsQuantity(type.ConvertedType) || type.ConvertedType?.Name == "JsonNode"
            || (type.ConvertedType is not { TypeKind: TypeKind.Enum } && !site.Model.GetConversion(value, site.CancellationToken).IsUserDefined);
    }

    private bool IsKept(ISymbol variable, StatementSyntax since)
    {
        foreach (var use in new ObjectUses(site).Of(variable, variable.Name))
        {
            if (!ObjectUses.IsAssigned(use) && !ObjectUses.IsWritten(use))
            {
                continue;
            }

            var isBetween = use.SpanStart > since.Span.End && use.SpanStart < site.Syntax.SpanStart;
            if (isBetween || order.IsElsewhere(use) || order.LoopsAroundCall().Any(loop => loop.Contains(use) && !loop.Contains(since)))
            {
                return false;
            }
        }

        return true;
    }
}
