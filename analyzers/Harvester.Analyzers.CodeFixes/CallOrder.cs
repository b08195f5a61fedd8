using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Harvester.Analyzers.CodeFixes;

/// <summary>Whether something in the method happens before the call that is fixed, with the object that the call sends.</summary>
internal sealed class CallOrder
{
    private readonly SyntaxNode call;
    private readonly SyntaxNode function;
    private readonly List<SyntaxNode> loops;

    public CallOrder(FixSite site, ISymbol variable)
    {
        call = site.Syntax;
        function = FunctionOf(call);
        var declared = variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(site.CancellationToken);
        loops = [.. call.Ancestors().Where(IsLoop).Where(loop => declared is null || !loop.Contains(declared))];
    }

    /// <summary>What the call may have seen of a statement or expression.</summary>
    public Happens Of(SyntaxNode node)
    {
        if (node.Contains(call))
        {
            return Happens.Never;
        }

        var its = FunctionOf(node);
        if (!its.Contains(call) || (its != function && function is LocalFunctionStatementSyntax))
        {
            return Happens.Perhaps;
        }

        var isRepeated = its != function || loops.Any(loop => loop.Contains(node));
        var common = node.Ancestors().First(a => a.Contains(call));
        if (node.SpanStart > call.SpanStart || AreBranches(common, node))
        {
            return isRepeated ? Happens.Perhaps : Happens.Never;
        }

        return node is StatementSyntax statement && Statements.ListOf(statement) == common ? Happens.Before
            : Leaves(node, common) ? Happens.Never
            : Happens.Perhaps;
    }

    /// <summary>The outermost loop that repeats the call with the same object and has a node in it.</summary>
    public SyntaxNode? LoopAround(SyntaxNode node) => loops.LastOrDefault(loop => loop.Contains(node));

    /// <summary>All loops that repeat the call, also with other objects.</summary>
    public IEnumerable<SyntaxNode> LoopsAroundCall() => call.Ancestors().Where(IsLoop);

    /// <summary>In a function that may run at any time.</summary>
    public bool IsElsewhere(SyntaxNode node) => !FunctionOf(node).Contains(call);

    private bool AreBranches(SyntaxNode common, SyntaxNode node) => common switch
    {
        IfStatementSyntax { Else: { } otherwise } test => (test.Statement.Contains(node) && otherwise.Contains(call)) || (otherwise.Contains(node) && test.Statement.Contains(call)),
        SwitchStatementSyntax choice => choice.Sections.Any(s => s.Contains(node)) && choice.Sections.Any(s => s.Contains(call)),
        _ => false,
    };

    /// <summary>A block between the two returns or throws at its end.</summary>
    private static bool Leaves(SyntaxNode node, SyntaxNode common) => node.Ancestors().TakeWhile(a => a != common)
        .Any(a => a is BlockSyntax block && block.Statements.LastOrDefault() is ReturnStatementSyntax or ThrowStatementSyntax && block.Parent is IfStatementSyntax or ElseClauseSyntax);

    private static SyntaxNode FunctionOf(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(a => a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or (MemberDeclarationSyntax and not GlobalStatementSyntax))
        ?? node.SyntaxTree.GetRoot();

    private static bool IsLoop(SyntaxNode node) => node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax;
}

/// <summary>When something happens, seen from a call.</summary>
internal enum Happens
{
    /// <summary>On no path to the call.</summary>
    Never,

    /// <summary>On some path to the call, or no one can tell.</summary>
    Perhaps,

    /// <summary>On every path to the call.</summary>
    Before,
}
