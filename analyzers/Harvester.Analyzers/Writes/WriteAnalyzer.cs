using System.Collections.Immutable;
using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Writes;

/// <summary>The rules about writes that lose or overwrite status: each is a judge over the facts of one pass.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WriteAnalyzer : HarvesterAnalyzer
{
    /// <summary>The judges, most specific first: one write is reported by one rule.</summary>
    private static readonly Func<JudgedWrite, Verdict?>[] Judges =
    [
        StatusStripped.Judge,
        WholeObjectForMetadata.Judge,
        WholeObjectCarriesStatus.Judge,
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.WholeObjectForMetadata,
        Descriptors.StatusStripped,
        Descriptors.WholeObjectCarriesStatus);

    private protected override void Register(CompilationStartAnalysisContext start, KubernetesSymbols symbols, AnalysisMode mode)
    {
        if (symbols.IsTestAssembly)
        {
            return;
        }

        var source = new FlowSource(symbols);
        start.RegisterOperationBlockAction(context =>
        {
            var seen = new HashSet<ControlFlowGraph>();
            foreach (var block in context.OperationBlocks)
            {
                if (MayWrite(block, symbols) && context.GetControlFlowGraph(block) is { } graph && seen.Add(graph))
                {
                    Report(graph, context, source, mode);
                }
            }
        });
    }

    private static void Report(ControlFlowGraph graph, OperationBlockAnalysisContext context, FlowSource source, AnalysisMode mode)
    {
        var method = context.OwningSymbol as IMethodSymbol;
        var reported = new HashSet<(SyntaxNode, string)>();
        var writes = MethodFlow.WritesOf(graph, method, source, context.CancellationToken) ?? [];
        var created = new HashSet<int>(writes.Where(w => w.Call.Kind == CallKind.Create).SelectMany(w => w.Objects).Select(o => o.Id));
        foreach (var write in writes)
        {
            if (JudgedWrite.Of(write, method, created, source.Symbols) is not { } judged)
            {
                continue;
            }

            var verdict = Judges.Select(judge => judge(judged)).FirstOrDefault(v => v is not null);
            if (verdict is not null && reported.Add((write.Site.Syntax, verdict.Rule.Id)))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    verdict.Rule,
                    NameOf(write.Site),
                    mode.Raise(verdict.Severity),
                    additionalLocations: null,
                    properties: null,
                    [.. verdict.Arguments]));
            }
        }
    }

    /// <summary>Cheap: whether a body is worth a control flow graph.</summary>
    private static bool MayWrite(IOperation block, KubernetesSymbols symbols)
    {
        foreach (var operation in block.Descendants())
        {
            if (operation is IInvocationOperation invocation
                && (symbols.Resolve(invocation) is { IsMainPut: true } || (IsOwn(invocation.TargetMethod) && invocation.Arguments.Any(a => Concerns(a.Value)))))
            {
                return true;
            }
        }

        return false;

        bool IsOwn(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, symbols.Compilation.Assembly);

        bool Concerns(IOperation value) =>
            ClientCall.Unwrap(value).Type is { } type && (symbols.IsKubernetesObject(type) || type.Name is "JsonObject" or "JsonNode");
    }

    private static Location NameOf(IInvocationOperation invocation) =>
        invocation.Syntax is InvocationExpressionSyntax syntax
            ? syntax.Expression switch
            {
                MemberAccessExpressionSyntax access => access.Name.Identifier.GetLocation(),
                MemberBindingExpressionSyntax binding => binding.Name.Identifier.GetLocation(),
                SimpleNameSyntax name => name.Identifier.GetLocation(),
                _ => syntax.GetLocation(),
            }
            : invocation.Syntax.GetLocation();
}
