using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Analyzers.Tests.Verification;

/// <summary>Every analyzer and every fix of the package, as the compiler and the editor find them.</summary>
internal static class AllRules
{
    public static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = Create<DiagnosticAnalyzer>(typeof(HarvesterAnalyzer));

    public static readonly ImmutableArray<CodeFixProvider> Fixes = Create<CodeFixProvider>(typeof(CodeFixes.WriteFix));

    private static ImmutableArray<T> Create<T>(Type sibling) =>
        [.. sibling.Assembly.GetTypes().Where(t => !t.IsAbstract && typeof(T).IsAssignableFrom(t)).OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => (T)Activator.CreateInstance(t)!)];
}
