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
    /// <summary>The judges: what the server refuses first, for one patch is reported by one rule.</summary>
    private static readonly Func<JudgedPatch, Verdict?>[] Judges =
    [
        StrategicMergeOfCustomKind.Judge,
        ApplyWithoutManager.Judge,
        MainPatchHasStatus.Judge,
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.MainPatchHasStatus,
        Descriptors.ApplyWithoutManager,
        Descriptors.StrategicMergeOfCustomKind);

    /// <summary>What the shape of a patch alone says; null if nothing.</summary>
    internal static Verdict? Judge(JudgedPatch patch) => Judges.Select(judge => judge(patch)).FirstOrDefault(v => v is not null);

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

                if ((Judge(patch) ?? (project.Mode == AnalysisMode.Strict ? ApplyWithoutManager.JudgeForce(patch) : null)) is { } verdict)
                {
                    context.ReportDiagnostic(verdict.At(invocation, project.Mode));
                }
            },
            OperationKind.Invocation);
    }
}
