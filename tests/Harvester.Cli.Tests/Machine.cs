using System.Diagnostics;

namespace Harvester.Cli.Tests;

/// <summary>A process, run to its end.</summary>
internal static class Processes
{
    public static async Task<ToolRun> RunAsync(string program, IReadOnlyDictionary<string, string>? environment, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ToolRun(process.ExitCode, await output, await error);
    }
}

/// <summary>kubectl, where the machine has it.</summary>
internal static class Kubectl
{
    public static bool IsThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "kubectl")) || File.Exists(Path.Combine(folder, "kubectl.exe")));

    public static async Task<string> RunAsync(params string[] args)
    {
        // A kubeconfig or a discovery cache of the machine's owner must not leak in.
        using var home = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["HOME"] = home.Path, ["KUBECONFIG"] = "" };
        var run = await Processes.RunAsync("kubectl", environment, args);
        Assert.True(run.ExitCode == 0, $"kubectl {string.Join(' ', args)}: {run.Error}");
        return run.Output;
    }
}

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("harvester-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>A file that goes with the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public TemporaryFile(string name, string content)
    {
        Path = folder.File(name);
        File.WriteAllText(Path, content);
    }

    public string Path { get; }

    public void Dispose() => folder.Dispose();
}
