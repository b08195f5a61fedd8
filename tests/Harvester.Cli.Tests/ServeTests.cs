using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Harvester.Cli.Tests;

public class ServeTests
{
    [Fact]
    public async Task A_definition_file_that_does_not_exist_is_named() =>
        (await Tool.RunAsync("serve", "--crd", "/no/such/crd.yaml")).IsMisuse("/no/such/crd.yaml", "no such file");

    [Fact]
    public async Task A_definition_file_that_is_not_yaml_is_named()
    {
        using var file = new TemporaryFile("crd.yaml", "kind: [unclosed\n  - {");
        (await Tool.RunAsync("serve", "--crd", file.Path)).IsMisuse(file.Path, "not YAML");
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n", "a ConfigMap, not a CustomResourceDefinition")]
    [InlineData("just text", "not a CustomResourceDefinition")]
    [InlineData("", "nothing in it")]
    public async Task A_file_that_is_not_a_definition_is_named(string content, string reason)
    {
        using var file = new TemporaryFile("crd.yaml", content);
        (await Tool.RunAsync("serve", "--crd", file.Path)).IsMisuse(file.Path, reason);
    }

    [Fact]
    public async Task A_definition_the_server_refuses_is_named()
    {
        using var file = new TemporaryFile("crd.yaml", "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: broken\n");
        (await Tool.RunAsync("serve", "--crd", file.Path)).IsMisuse("broken");
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        (await Tool.RunAsync("serve", "--port", $"{port}")).IsMisuse($"{port}", "in use");
    }

    [Theory]
    [InlineData("70000")]
    [InlineData("-1")]
    [InlineData("http")]
    public async Task A_port_that_is_none_is_misuse(string port) =>
        (await Tool.RunAsync("serve", "--port", port)).IsMisuse("serve", "port");

    [Fact]
    public async Task Kubectl_lists_the_upgrades_of_a_served_definition()
    {
        Assert.SkipUnless(Kubectl.IsThere, "kubectl is not on this machine");
        using var folder = new TemporaryFolder();
        var kubeconfig = folder.File("kubeconfig");
        await using var serving = await Serving.StartAsync(
            "serve", "--log", "--kubeconfig", kubeconfig, "--crd", RepositoryRoot.At("sample-controller", "crds", "harvesterhci.io_upgrades.yaml"));

        var manifest = folder.File("upgrade.yaml");
        await File.WriteAllTextAsync(
            manifest,
            """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: harvester-system
            ---
            apiVersion: harvesterhci.io/v1beta1
            kind: Upgrade
            metadata:
              name: hvst-upgrade-demo
              namespace: harvester-system
            spec:
              version: v1.9.0
            """,
            TestContext.Current.CancellationToken);
        await Kubectl.RunAsync("--server", serving.Url, "create", "--validate=false", "-f", manifest);

        var listed = await Kubectl.RunAsync("--server", serving.Url, "get", "upgrades", "-A");
        Assert.Contains("hvst-upgrade-demo", listed, StringComparison.Ordinal);
        Assert.StartsWith("NAMESPACE", listed, StringComparison.Ordinal);
        Assert.Contains("hvst-upgrade-demo", await Kubectl.RunAsync("--kubeconfig", kubeconfig, "-n", "harvester-system", "get", "upgrades"), StringComparison.Ordinal);

        Assert.Equal(0, await serving.StopAsync());
        Assert.Contains("/upgrades", serving.Output, StringComparison.Ordinal);
        Assert.Contains("export KUBECONFIG=", serving.Output, StringComparison.Ordinal);
    }
}

/// <summary><c>harvester serve</c> running in the test's process, until it is stopped as Ctrl-C would.</summary>
internal sealed class Serving : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly StringWriter output = new();
    private readonly Task<int> run;

    private Serving(string[] args) =>
        run = HarvesterTool.RunAsync(args, new ToolContext(TextWriter.Synchronized(output), TextWriter.Null, ColourAllowed: false), stop.Token);

    public string Url { get; private set; } = "";

    public string Output => output.ToString();

    public static async Task<Serving> StartAsync(params string[] args)
    {
        var serving = new Serving(args);
        var wait = Stopwatch.StartNew();
        while (!serving.Output.Contains('\n', StringComparison.Ordinal))
        {
            Assert.False(serving.run.IsCompleted, "serve ended early");
            Assert.True(wait.Elapsed < TimeSpan.FromSeconds(30), "serve did not start");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        serving.Url = serving.Output.Split('\n')[0].Trim();
        return serving;
    }

    public async Task<int> StopAsync()
    {
        await stop.CancelAsync();
        return await run;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
    }
}
