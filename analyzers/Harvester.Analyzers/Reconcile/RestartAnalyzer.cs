using System.Collections.Immutable;
using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Flow;
using Harvester.Analyzers.Flow.Restarting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Reconcile;

/// <summary>
/// Follows every reconciler of a compilation and hands what starts on a missing status to the rules HARV2001 to HARV2005.
/// It speaks when all bodies are known, for a helper that holds the test, the guard or the effect may stand in any file.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RestartAnalyzer : HarvesterAnalyzer
{
    private static readonly RestartRule[] Rules = [new StartsOnMissingStatus(), new StartsOnEmptyMember(), new StartsOnAbsentCondition(), new StartsInSwitchArm()];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.CreateRange(Rules.Select(r => r.Descriptor)).Add(FactKeptInStatus.Descriptor);

    private protected override void Register(CompilationStartAnalysisContext start, AnalyzedProject project)
    {
        var values = new MemberValues(project.Symbols);
        var finder = new ReconcilerFinder(project.Bodies);
        start.RegisterOperationBlockAction(context => Learn(context, values, finder));
        start.RegisterCompilationEndAction(end => Report(end, project, values, finder.Find()));
    }

    private static void Learn(OperationBlockAnalysisContext context, MemberValues values, ReconcilerFinder finder)
    {
        var owner = context.OwningSymbol;
        foreach (var root in context.OperationBlocks.Select(Root).Distinct())
        {
            if (root is not (IMethodBodyBaseOperation or IBlockOperation or IFieldInitializerOperation or IPropertyInitializerOperation))
            {
                continue;
            }

            foreach (var operation in root.DescendantsAndSelf())
            {
                values.Learn(owner, operation);
                finder.Learn(owner, operation, context.CancellationToken);
            }

            if (owner is IMethodSymbol method)
            {
                finder.LearnBody(method, root);
            }
        }
    }

    private static IOperation Root(IOperation block)
    {
        while (block.Parent is { } parent)
        {
            block = parent;
        }

        return block;
    }

    private static void Report(CompilationAnalysisContext context, AnalyzedProject project, MemberValues values, IReadOnlyList<Reconciler> reconcilers)
    {
        var mode = project.Mode;
        var searches = reconcilers
            .GroupBy(r => r.Kind, SymbolEqualityComparer.Default)
            .Select(group => Search(project.Bodies, values, (ITypeSymbol)group.Key!, [.. group], context.CancellationToken))
            .ToList();
        var strongOnly = mode == AnalysisMode.Strict || project.Symbols.Declarations.StrongGuardsOnly;
        var reported = new HashSet<SyntaxNode>();
        foreach (var condition in searches
            .SelectMany(s => s.Found)
            .Where(r => Counts(r.Guard))
            .GroupBy(r => WholeCondition(r.Condition))
            .OrderBy(g => g.Key.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(g => g.Key.SpanStart))
        {
            var restart = condition
                .OrderByDescending(r => Array.FindIndex(Rules, rule => rule.Judges(r)))
                .ThenBy(r => r.Condition.SpanStart)
                .ThenBy(r => r.Effect.Syntax.SpanStart)
                .First();
            var rule = Rules.First(r => r.Judges(restart));
            var severity = mode.Raise(rule.Descriptor, condition.All(r => r.Effect.Converges) ? DiagnosticSeverity.Info : rule.SeverityOf(restart));
            reported.Add(condition.Key);
            Report(context, rule.Descriptor, restart.Condition, severity, restart.Effect.Syntax, restart.Effect.Description, rule.Describe(restart));
        }

        // Where the same test starts work, the lost fact is the smaller trouble.
        foreach (var condition in searches
            .SelectMany(s => s.Lost)
            .Where(l => Counts(l.Guard) && !reported.Contains(WholeCondition(l.Condition)))
            .GroupBy(l => WholeCondition(l.Condition))
            .OrderBy(g => g.Key.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(g => g.Key.SpanStart))
        {
            var lost = condition.OrderBy(l => l.Assignment.SpanStart).First();
            var severity = mode.Raise(FactKeptInStatus.Descriptor, FactKeptInStatus.Descriptor.DefaultSeverity);
            Report(context, FactKeptInStatus.Descriptor, lost.Condition, severity, lost.Assignment, [.. FactKeptInStatus.Describe(lost)]);
        }

        bool Counts(Strength guard) => strongOnly ? guard < Strength.Strong : guard == Strength.None;
    }

    private static void Report(CompilationAnalysisContext context, DiagnosticDescriptor rule, SyntaxNode condition, DiagnosticSeverity severity, SyntaxNode effect, params string[] arguments) =>
        context.ReportDiagnostic(Diagnostic.Create(
            rule,
            (condition is SwitchExpressionArmSyntax arm ? arm.Pattern : condition).GetLocation(),
            severity,
            [effect.GetLocation()],
            properties: null,
            [.. arguments]));

    private static Restarts Search(MethodBodies bodies, MemberValues values, ITypeSymbol kind, IReadOnlyList<Reconciler> reconcilers, CancellationToken cancellation)
    {
        var stands = InitialStands(kind, bodies, cancellation);
        for (var pass = 0; ; pass++)
        {
            var known = stands.Sum(s => s.Value.Count);
            var reconciliation = new Reconciliation(bodies, values, kind, cancellation) { Stands = stands };
            var restarts = new Restarts(reconciliation);
            foreach (var reconciler in reconcilers)
            {
                var activation = reconciler.Lambda is null
                    ? reconciliation.ActivationOf(reconciler.Method)
                    : new TransitionTables(reconciliation).LambdaOf(reconciler.Lambda, reconciler.Method);
                if (activation is not null)
                {
                    restarts.Walk(activation, Strength.None);
                }
            }

            // What a missing member is called instead may show only on the way: then the tests are read once more with that in mind.
            if (pass > 0 || stands.Sum(s => s.Value.Count) == known)
            {
                return restarts;
            }
        }
    }

    private static Dictionary<string, List<Stand>> InitialStands(ITypeSymbol kind, MethodBodies bodies, CancellationToken cancellation)
    {
        var stands = new Dictionary<string, List<Stand>>(StringComparer.Ordinal);
        foreach (var member in KubernetesSymbols.StatusMember(kind)?.Type.GetMembers().OfType<IPropertySymbol>() ?? [])
        {
            if (bodies.InitialConstantOf(member, cancellation) is { } constant and not "")
            {
                stands[member.Name] = [new Stand(constant, null)];
            }
        }

        return stands;
    }

    /// <summary>The whole condition a test is a part of: it is reported once.</summary>
    private static SyntaxNode WholeCondition(SyntaxNode condition)
    {
        while (condition.Parent is ParenthesizedExpressionSyntax or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax)
        {
            condition = condition.Parent;
        }

        // Labels of one section lead to the same work.
        return condition.FirstAncestorOrSelf<SwitchLabelSyntax>()?.Parent ?? condition;
    }
}
