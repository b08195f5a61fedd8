using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Harvester.Cli.Linting;

/// <summary>One compilation to look at, with what its author configured.</summary>
/// <param name="Name">The name a reader knows it by: the project's, or the folder's.</param>
/// <param name="Compilation">The code.</param>
/// <param name="AdditionalTexts">Tables and manifests for the rules.</param>
/// <param name="Configs">The <c>.editorconfig</c> and global config files that apply.</param>
/// <param name="Gaps">What could not be loaded, one line each.</param>
internal sealed record LintSubject(
    string Name,
    CSharpCompilation Compilation,
    ImmutableArray<AdditionalText> AdditionalTexts,
    IReadOnlyList<ConfigFile> Configs,
    IReadOnlyList<string> Gaps)
{
    /// <summary>The files to tell about, where others are only there to bind these; null for all.</summary>
    public IReadOnlySet<string>? Only { get; init; }

    /// <summary>Compiler errors that keep no code from being looked at.</summary>
    public IReadOnlySet<string> Harmless { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Whether a diagnostic is about this subject.</summary>
    public bool IsAbout(Diagnostic diagnostic) => Only is null || diagnostic.Location.SourceTree is not { } tree || Only.Contains(tree.FilePath);

    /// <summary>How many files a person wrote; what the build generates is not counted.</summary>
    public int Files => Only?.Count ?? Compilation.SyntaxTrees.Count(tree =>
        !tree.FilePath.Split('/', '\\').Any(part => part is "obj") && !tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal));
}

/// <summary>An <c>.editorconfig</c> or global config file.</summary>
/// <param name="Path">Where it lies: an <c>.editorconfig</c> speaks for the files below its folder.</param>
/// <param name="Text">What it says.</param>
internal sealed record ConfigFile(string Path, string Text);
