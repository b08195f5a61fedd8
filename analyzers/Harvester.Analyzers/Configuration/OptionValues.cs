using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Harvester.Analyzers.Configuration;

/// <summary>
/// The options of a project. They hold for all of it: where a section of an <c>.editorconfig</c> covers some files only, the first file
/// that has a value decides, and it is told that others say something else.
/// </summary>
internal sealed class OptionValues
{
    private readonly List<AnalyzerConfigOptions> sources = [];
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly List<ConfigurationProblem> problems;

    public OptionValues(AnalyzerConfigOptionsProvider provider, Compilation compilation, List<ConfigurationProblem> problems)
    {
        this.problems = problems;
        var seen = new HashSet<AnalyzerConfigOptions>();
        foreach (var options in compilation.SyntaxTrees.OrderBy(t => t.FilePath, StringComparer.Ordinal).Select(provider.GetOptions).Prepend(provider.GlobalOptions))
        {
            if (seen.Add(options))
            {
                sources.Add(options);
            }
        }
    }

    /// <summary>The value of an option; null where it is not set, or set to what <paramref name="parse"/> does not know.</summary>
    public T? Read<T>(string name, string expected, Func<string, T?> parse)
        where T : struct
    {
        var key = ProjectSettings.Prefix + name;
        known.Add(key);
        var texts = new List<string>();
        foreach (var source in sources)
        {
            if (source.TryGetValue(key, out var text) && text.Trim().ToLowerInvariant() is { Length: > 0 } value && !texts.Contains(value))
            {
                texts.Add(value);
            }
        }

        T? result = null;
        foreach (var text in texts)
        {
            if (parse(text) is not { } value)
            {
                problems.Add(new ConfigurationProblem($"{key} = '{text}' is not {expected}"));
            }
            else if (result is null)
            {
                result = value;
            }
            else
            {
                problems.Add(new ConfigurationProblem($"{key} = '{text}': other files of the project have another value, which counts"));
            }
        }

        return result;
    }

    /// <summary>Tells of options that no rule reads.</summary>
    public void TellUnknown()
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            foreach (var key in KeysOf(source))
            {
                if (key.StartsWith(ProjectSettings.Prefix, StringComparison.OrdinalIgnoreCase) && !known.Contains(key.ToLowerInvariant()) && told.Add(key))
                {
                    source.TryGetValue(key, out var value);
                    problems.Add(new ConfigurationProblem($"{key} = '{value}': there is no such option; known are {string.Join(", ", known.OrderBy(k => k, StringComparer.Ordinal))}"));
                }
            }
        }
    }

    /// <summary>Hosts that implement options themselves need not list them.</summary>
    private static IEnumerable<string> KeysOf(AnalyzerConfigOptions options)
    {
        try
        {
            return options.Keys;
        }
        catch (NotImplementedException)
        {
            return [];
        }
    }
}
