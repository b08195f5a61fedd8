using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Harvester.Testing.ApiServer.Tests.Kubectl;

/// <summary>A kubectl found on the machine.</summary>
/// <param name="Path">The file.</param>
/// <param name="Version">Major and minor version, such as <c>1.32</c>.</param>
internal sealed partial record KubectlBinary(string Path, string Version)
{
    private static readonly Lazy<IReadOnlyList<KubectlBinary>> OnMachine = new(Find);

    /// <summary>One of each version on the PATH: <c>kubectl</c> itself and others with their version in the name.</summary>
    public static IReadOnlyList<KubectlBinary> All => OnMachine.Value;

    public Version Number => System.Version.Parse(Version);

    /// <summary>Starts a call in a folder of its own.</summary>
    public Process Start(KubectlHome home, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = home.Work,
        };
        start.Environment.Clear();
        foreach (var (name, value) in home.Environment.Concat(environment ?? new Dictionary<string, string>()))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static List<KubectlBinary> Find()
    {
        var found = new List<KubectlBinary>();
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator))
        {
            if (!Directory.Exists(folder))
            {
                continue;
            }

            foreach (var file in Directory.EnumerateFiles(folder, "kubectl*"))
            {
                if (FileName().IsMatch(System.IO.Path.GetFileName(file)) && VersionOf(file) is { } version && found.TrueForAll(one => one.Version != version))
                {
                    found.Add(new KubectlBinary(file, version));
                }
            }
        }

        return found;
    }

    private static string? VersionOf(string file)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(file, ["version", "--client", "-o", "json"]) { RedirectStandardOutput = true })!;
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            var version = JsonNode.Parse(text)?["clientVersion"]?["gitVersion"]?.GetValue<string>();
            return version is null ? null : Digits().Match(version).Value;
        }
        catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^kubectl([-_.]?v?1\.\d+(\.\d+)?)?(\.exe)?$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\d+\.\d+")]
    private static partial Regex Digits();
}

/// <summary>A home, a discovery cache and a working directory for one script.</summary>
internal sealed class KubectlHome : IDisposable
{
    public KubectlHome(KubernetesApiServer server, string ns)
    {
        Root = Directory.CreateTempSubdirectory("kubectl-").FullName;
        Work = Path.Combine(Root, "work");
        foreach (var folder in new[] { "home", "t", "work" })
        {
            Directory.CreateDirectory(Path.Combine(Root, folder));
        }

        var config = Path.Combine(Root, "config");
        server.WriteKubeconfig(config);
        // The recordings were made in a context of this name.
        var text = File.ReadAllText(config)
            .Replace("namespace: default", "namespace: " + ns, StringComparison.Ordinal)
            .Replace("current-context: harvester", "current-context: script", StringComparison.Ordinal)
            .Replace("contexts:\n- name: harvester", "contexts:\n- name: script", StringComparison.Ordinal);
        File.WriteAllText(config, text);
        Environment = new Dictionary<string, string>
        {
            ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
            ["HOME"] = Path.Combine(Root, "home"),
            ["TMPDIR"] = Path.Combine(Root, "t"),
            ["TZ"] = "UTC",
            ["LANG"] = "C.UTF-8",
            ["KUBECONFIG"] = config,
        };
    }

    public string Root { get; }

    public string Work { get; }

    public IReadOnlyDictionary<string, string> Environment { get; }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
