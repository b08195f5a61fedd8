using System.Collections.Immutable;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Writes;

/// <summary>The rules about patches whose shape alone says what the server will do.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PatchAnalyzer : HarvesterAnalyzer
{
    private static readonly Func<JudgedPatch, Verdict?>[] Judges =
    [
        MainPatchHasStatus.Judge,
        ApplyWithoutManager.Judge,
        StrategicMergeOfCustomKind.Judge,
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.MainPatchHasStatus,
        Descriptors.ApplyWithoutManager,
        Descriptors.StrategicMergeOfCustomKind);

    private protected override void Register(CompilationStartAnalysisContext start, AnalyzedProject project)
    {
        var symbols = project.Symbols;
        start.RegisterOperationAction(
            context =>
            {
                var invocation = (IInvocationOperation)context.Operation;
                if (symbols.Resolve(invocation) is not { } call || JudgedPatch.Of(call, symbols, context.CancellationToken) is not { } patch)
                {
                    return;
                }

                foreach (var verdict in Judges.Select(judge => judge(patch)))
                {
                    if (verdict is not null)
                    {
                        context.ReportDiagnostic(verdict.At(invocation, project.Mode));
                    }
                }
            },
            OperationKind.Invocation);
    }
}
