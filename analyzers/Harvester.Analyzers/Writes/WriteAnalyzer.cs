using System.Collections.Immutable;
using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Flow;
using Harvester.Analyzers.Flow.Objects;
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
    private static readonly (DiagnosticDescriptor Rule, Func<JudgedWrite, Verdict?> Judge)[] Judges =
    [
        (Descriptors.StatusStripped, StatusStripped.Judge),
        (Descriptors.StatusSentToMain, StatusSentToMain.Judge),
        (Descriptors.VersionReadOnly, VersionReadOnly.Judge),
        (Descriptors.FreshObjectReplaces, FreshObjectReplaces.Judge),
        (Descriptors.WholeObjectForMetadata, WholeObjectForMetadata.Judge),
        (Descriptors.WholeObjectCarriesStatus, WholeObjectCarriesStatus.Judge),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = Judges.Select(j => j.Rule)
        .Concat([Descriptors.StatusCallDropsChanges, Descriptors.PatchOfWholeObject, Descriptors.ApplyWithoutManager])
        .ToImmutableArray();

    private protected override void Register(CompilationStartAnalysisContext start, AnalyzedProject project)
    {
        var symbols = project.Symbols;
        start.RegisterOperationBlockAction(context =>
        {
            var seen = new HashSet<ControlFlowGraph>();
            foreach (var block in context.OperationBlocks)
            {
                if (MayWrite(block, symbols, context.CancellationToken) && !symbols.IsTestCode(context.OwningSymbol) && context.GetControlFlowGraph(block) is { } graph && seen.Add(graph))
                {
                    Report(graph, context, project);
                }
            }
        });
    }

    private static void Report(ControlFlowGraph graph, OperationBlockAnalysisContext context, AnalyzedProject project)
    {
        var bodies = project.Bodies;
        var method = context.OwningSymbol as IMethodSymbol;
        if (method is not null)
        {
            bodies.Keep(method, graph);
        }

        var found = new List<(Write Write, Verdict Verdict)>();
        var writes = MethodFlow.WritesOf(graph, method, bodies, context.CancellationToken) ?? [];
        foreach (var write in writes)
        {
            if (Found(write, method, writes, bodies, context.CancellationToken) is { } verdict)
            {
                found.Add((write, verdict));
            }
        }

        // A body that runs more than once, with other objects each time, is still one write.
        var reported = new HashSet<(SyntaxNode, string)>();
        foreach (var same in found.GroupBy(f => (f.Write.Site.Syntax, f.Write.Call.Operation.Syntax)))
        {
            var (write, verdict) = same.OrderBy(f => Array.FindIndex(Judges, j => j.Rule.Id == f.Verdict.Rule.Id)).First();
            if (reported.Add((write.Site.Syntax, verdict.Rule.Id)))
            {
                context.ReportDiagnostic(verdict.At(write.Site, project.Mode));
            }
        }
    }

    /// <summary>What is found at a write, where it is this method and not a caller or a callee that is to be told.</summary>
    private static Verdict? Found(Write write, IMethodSymbol? method, IReadOnlyList<Write> all, MethodBodies bodies, CancellationToken cancellationToken)
    {
        var found = Judge(write, method, all, bodies.Symbols, cancellationToken);
        if (found is not null && CarriesStatus(found) && PassThrough.IsJudgedInside(write, bodies, cancellationToken))
        {
            return null;
        }

        if (found is null || (CarriesStatus(found) && PassThrough.Is(write, method, bodies, cancellationToken)))
        {
            found = PrivateWrapper.Judge(write, method, bodies, Judge, cancellationToken);
        }

        return found is not null && CarriesStatus(found) && PrivateWrapper.SendsOnlyWhatWasMade(write, method, bodies, cancellationToken) ? null : found;
    }

    private static bool CarriesStatus(Verdict verdict) => verdict.Rule.Id == Descriptors.WholeObjectCarriesStatus.Id;

    private static Verdict? Judge(Write write, IMethodSymbol? method, IReadOnlyList<Write> all, KubernetesSymbols symbols, CancellationToken cancellationToken)
    {
        switch (write.Call.Kind)
        {
            case CallKind.ReplaceMain when JudgedWrite.OfMain(write, method, all, symbols) is { } main:
                return (JudgedWrite.OfMainOnly(write, method, all, symbols) is { } only ? Judges.Select(j => j.Judge(only)).FirstOrDefault(v => v is not null) : null)
                    ?? VersionReadOnly.Judge(main);
            case CallKind.ReplaceStatus when JudgedWrite.OfStatus(write, method, all, symbols) is { } status:
                return StatusCallDropsChanges.Judge(status);
            case CallKind.PatchMain or CallKind.PatchStatus or CallKind.OtherSubresource
                when !write.Objects.IsEmpty && JudgedPatch.Of(write.Call, symbols, cancellationToken) is { } patch && PatchAnalyzer.Judge(patch) is null:
                return PatchOfWholeObject.Judge(patch, write) ?? ApplyWithoutManager.Judge(patch, write);
            default:
                return null;
        }
    }

    /// <summary>Cheap: whether a body is worth a control flow graph.</summary>
    private static bool MayWrite(IOperation block, KubernetesSymbols symbols, CancellationToken cancellationToken)
    {
        foreach (var operation in block.Descendants())
        {
            if (operation is IInvalidOperation { Syntax: InvocationExpressionSyntax } unbound
                && symbols.Resolve(unbound, cancellationToken) is { Kind: CallKind.ReplaceMain or CallKind.ReplaceStatus or CallKind.PatchMain or CallKind.PatchStatus })
            {
                return true;
            }

            if (operation is IInvocationOperation invocation
                && (symbols.Resolve(invocation) is { Kind: CallKind.ReplaceMain or CallKind.ReplaceStatus or CallKind.PatchMain or CallKind.PatchStatus } || (IsOwn(invocation.TargetMethod) && invocation.Arguments.Any(a => Concerns(a.Value)))))
            {
                return true;
            }
        }

        return false;

        bool IsOwn(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, symbols.Compilation.Assembly);

        bool Concerns(IOperation value) =>
            ClientCall.Unwrap(value).Type is { } type
            && (symbols.IsKubernetesObject(type) || type.Name is "JsonObject" or "JsonNode"
                || (type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } && invoke.Parameters.Any(p => symbols.IsKubernetesObject(p.Type))));
    }
}
