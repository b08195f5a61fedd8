using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.MSBuild;

namespace Harvester.Cli.Linting;

/// <summary>Loads a project or a solution as the SDK on this machine would build it, without changing a file of it.</summary>
internal static class ProjectLoader
{
    /// <summary>The file names this loader takes.</summary>
    public static bool Takes(string path) =>
        Path.GetExtension(path).ToLowerInvariant() is ".csproj" or ".sln" or ".slnx" or ".slnf";

    /// <summary>Loads what the file names. What does not load is said, not thrown.</summary>
    /// <param name="path">A project or solution file.</param>
    /// <param name="references">Further assemblies for every project.</param>
    /// <param name="progress">Hears of each project as it is loaded.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    public static async Task<IReadOnlyList<LintSubject>> LoadAsync(
        string path, IReadOnlyList<string> references, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var gaps = new List<string>();
        using var workspace = MSBuildWorkspace.Create(new Dictionary<string, string> { ["DesignTimeBuild"] = "true" });
        using var heard = workspace.RegisterWorkspaceFailedHandler(failure =>
        {
            if (failure.Diagnostic.Kind == WorkspaceDiagnosticKind.Failure)
            {
                lock (gaps)
                {
                    gaps.Add(failure.Diagnostic.Message);
                }
            }
        });
        var loading = new ProjectProgress(progress);
        Solution solution;
        try
        {
            solution = Path.GetExtension(path).Equals(".csproj", StringComparison.OrdinalIgnoreCase)
                ? (await workspace.OpenProjectAsync(path, loading, cancellationToken).ConfigureAwait(false)).Solution
                : await workspace.OpenSolutionAsync(path, loading, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new MisuseException($"lint: '{path}' cannot be loaded: {failure.Message}");
        }

        var wanted = Path.GetExtension(path).Equals(".csproj", StringComparison.OrdinalIgnoreCase)
            ? solution.Projects.Where(project => SamePath(project.FilePath, path))
            : solution.Projects;
        var subjects = new List<LintSubject>();
        foreach (var project in wanted.Where(project => project.Language == LanguageNames.CSharp)
            .OrderBy(project => project.FilePath, StringComparer.Ordinal)
            .ThenBy(project => project.Name, StringComparer.Ordinal))
        {
            subjects.Add(await SubjectOfAsync(project, references, cancellationToken).ConfigureAwait(false));
        }

        lock (gaps)
        {
            if (gaps.Count > 0 && subjects.Exists(subject => subject.Files > 0))
            {
                subjects[0] = subjects[0] with { Gaps = [.. subjects[0].Gaps, .. gaps.Distinct()] };
            }
            else if (gaps.Count > 0 || subjects.Count == 0)
            {
                throw new MisuseException($"lint: '{path}' has no C# project that could be loaded{(gaps.Count > 0 ? $": {gaps[0]}" : "")}");
            }
        }

        return subjects;
    }

    private static async Task<LintSubject> SubjectOfAsync(
        Project project, IReadOnlyList<string> references, CancellationToken cancellationToken)
    {
        var compilation = (CSharpCompilation)(await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false))!;
        compilation = With(compilation, references);
        var configs = new List<ConfigFile>();
        foreach (var document in project.AnalyzerConfigDocuments)
        {
            var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
            configs.Add(new ConfigFile(document.FilePath ?? document.Name, text.ToString()));
        }

        return new LintSubject(project.Name, compilation, project.AnalyzerOptions.AdditionalFiles, configs, [.. NotRestored(project)]);
    }

    /// <summary>An assembly that is named stands in the place of the one that the project found itself.</summary>
    private static CSharpCompilation With(CSharpCompilation compilation, IReadOnlyList<string> references)
    {
        var given = references.Select(path => (Name: LooseCompilation.NameOf(path), Path: path)).DistinctBy(assembly => assembly.Name, StringComparer.OrdinalIgnoreCase).ToList();
        var replaced = compilation.References.Where(reference =>
            compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol found && given.Exists(assembly => assembly.Name.Equals(found.Name, StringComparison.OrdinalIgnoreCase)));
        return compilation.RemoveReferences(replaced).AddReferences(given.Select(assembly => MetadataReference.CreateFromFile(assembly.Path)));
    }

    private static IEnumerable<string> NotRestored(Project project)
    {
        var folder = Path.GetDirectoryName(project.FilePath);
        if (folder is not null && !IsAbove(Path.Combine(folder, "obj", "x")) && !IsAbove(project.CompilationOutputInfo.AssemblyPath))
        {
            yield return $"{project.Name}: not restored, so little of it binds; run 'dotnet restore {project.FilePath}' first";
        }
    }

    /// <summary>What a restore writes lies where the build puts what it makes, or in a folder above it.</summary>
    private static bool IsAbove(string? output)
    {
        var folder = Path.GetDirectoryName(output);
        for (var i = 0; i < 3 && folder is not null; i++, folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "project.assets.json")))
            {
                return true;
            }
        }

        return false;
    }

    private static bool SamePath(string? one, string other) =>
        one is not null && string.Equals(Path.GetFullPath(one), Path.GetFullPath(other), StringComparison.OrdinalIgnoreCase);

    private sealed class ProjectProgress(IProgress<string> progress) : IProgress<ProjectLoadProgress>
    {
        public void Report(ProjectLoadProgress value)
        {
            if (value.Operation == ProjectLoadOperation.Resolve)
            {
                progress.Report($"loaded {Path.GetFileName(value.FilePath)}{(value.TargetFramework is { } framework ? $" ({framework})" : "")}");
            }
        }
    }
}
