using System.CommandLine;
using System.CommandLine.Invocation;
using Harvester.Cli.Verbs;

namespace Harvester.Cli;

/// <summary>The command line: picks the verb, and turns every misuse into one line and exit code 2.</summary>
internal static class HarvesterTool
{
    /// <summary>Runs the tool once and returns its exit code.</summary>
    public static async Task<int> RunAsync(string[] args, ToolContext context, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand("Finds lost status and restarted work in Kubernetes controllers, and shows both on an API server of its own.");
        root.Subcommands.Add(DemoVerb.Create(context));
        root.Subcommands.Add(LintVerb.Create(context));
        root.Subcommands.Add(ServeVerb.Create(context));

        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            return await MisuseAsync(context, Explain(parsed, root)).ConfigureAwait(false);
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = context.Output,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (MisuseException misuse)
        {
            return await MisuseAsync(context, misuse.Message).ConfigureAwait(false);
        }
    }

    private static string Explain(ParseResult parsed, RootCommand root)
    {
        var verbs = string.Join(", ", root.Subcommands.Select(command => command.Name));
        if (parsed.CommandResult.Command == root)
        {
            return parsed.UnmatchedTokens.FirstOrDefault() is { } unknown
                ? $"unknown verb '{unknown}'; the verbs are {verbs}"
                : $"name a verb: {verbs}";
        }

        var verb = parsed.CommandResult.Command.Name;
        return parsed.UnmatchedTokens.FirstOrDefault() is { } token
            ? $"{verb}: unknown option or argument '{token}'; see 'harvester {verb} --help'"
            : $"{verb}: {parsed.Errors[0].Message}";
    }

    private static async Task<int> MisuseAsync(ToolContext context, string message)
    {
        var line = string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        await context.Error.WriteLineAsync($"harvester: {line}").ConfigureAwait(false);
        return ExitCode.Misuse;
    }
}
