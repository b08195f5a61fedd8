using System.Collections.Immutable;
using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Flow.Restarting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Analyzers.Reconcile;

/// <summary>
/// Follows every reconciler of a compilation and hands what starts on a missing status to the rules HARV2001 to HARV2003.
/// It speaks when all bodies are known, for a helper that holds the test, the guard or the effect may stand in any file.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RestartAnalyzer : HarvesterAnalyzer
{
    private static readonly RestartRule[] Rules = [new StartsOnMissingStatus(), new StartsOnEmptyMember(), new StartsOnAbsentCondition()];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.CreateRange(Rules.Select(r => r.Descriptor));

    private protected override void Register(CompilationStartAnalysisContext start, KubernetesSymbols symbols, AnalysisMode mode)
    {
        if (symbols.IsTestAssembly)
        {
            return;
        }

        var bodies = new MethodBodies();
        start.RegisterOperationBlockAction(context => bodies.Add(context.OwningSymbol, context.OperationBlocks));
        start.RegisterCompilationEndAction(end => Report(end, symbols, bodies, mode));
    }

    private static void Report(CompilationAnalysisContext context, KubernetesSymbols symbols, MethodBodies bodies, AnalysisMode mode)
    {
        var reconcilers = new ReconcilerFinder(symbols, bodies).Find();
        var restarts = reconcilers
            .GroupBy(r => r.Kind, SymbolEqualityComparer.Default)
            .SelectMany(group => Search(symbols, bodies, (ITypeSymbol)group.Key!, [.. group], context.CancellationToken))
            .Where(r => mode == AnalysisMode.Strict || symbols.Declarations.StrongGuardsOnly ? r.Guard < Strength.Strong : r.Guard == Strength.None);
        foreach (var condition in restarts
            .GroupBy(r => WholeCondition(r.Condition))
            .OrderBy(g => g.Key.SyntaxTree.FilePath, StringComparer.Ordinal)
            .ThenBy(g => g.Key.SpanStart))
        {
            var kind = condition.Max(r => r.Part.Kind);
            var first = condition.Where(r => r.Part.Kind == kind).OrderBy(r => r.Condition.SpanStart).ThenBy(r => r.Effect.Syntax.SpanStart).First();
            var rule = Rules.First(r => r.Judges(kind));
            var own = condition.All(r => r.Effect.Converges) ? DiagnosticSeverity.Info : rule.Descriptor.DefaultSeverity;
            context.ReportDiagnostic(Diagnostic.Create(
                rule.Descriptor,
                (first.Condition is SwitchExpressionArmSyntax arm ? arm.Pattern : first.Condition).GetLocation(),
                mode.Raise(rule.Descriptor, own),
                [first.Effect.Syntax.GetLocation()],
                properties: null,
                first.Effect.Description,
                rule.Describe(first)));
        }
    }

    private static IReadOnlyList<Restart> Search(KubernetesSymbols symbols, MethodBodies bodies, ITypeSymbol kind, IReadOnlyList<Reconciler> reconcilers, CancellationToken cancellation)
    {
        var stands = InitialStands(kind, bodies);
        for (var pass = 0; ; pass++)
        {
            var known = stands.Sum(s => s.Value.Count);
            var reconciliation = new Reconciliation(symbols, bodies, kind, cancellation) { Stands = stands };
            var restarts = new Restarts(reconciliation);
            foreach (var reconciler in reconcilers)
            {
                var frame = reconciler.Lambda is null
                    ? reconciliation.FrameOf(reconciler.Method)
                    : new TransitionTables(reconciliation).LambdaOf(reconciler.Lambda, reconciler.Method);
                if (frame is not null)
                {
                    restarts.Walk(frame, Strength.None);
                }
            }

            // What a missing member is called instead may show only on the way: then the tests are read once more with that in mind.
            if (pass > 0 || stands.Sum(s => s.Value.Count) == known)
            {
                return restarts.Found;
            }
        }
    }

    private static Dictionary<string, List<object>> InitialStands(ITypeSymbol kind, MethodBodies bodies)
    {
        var stands = new Dictionary<string, List<object>>(StringComparer.Ordinal);
        foreach (var member in KubernetesSymbols.StatusMember(kind)?.Type.GetMembers().OfType<IPropertySymbol>() ?? [])
        {
            if (bodies.InitialConstant(member) is { } constant and not "")
            {
                stands[member.Name] = [constant];
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

        return condition;
    }
}
