using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using k8s;

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
    public async Task An_authorization_mode_that_is_none_is_misuse() =>
        (await Tool.RunAsync("serve", "--authorization-mode", "Webhook")).IsMisuse("--authorization-mode", "RBAC");

    [Fact]
    public async Task A_token_file_that_does_not_exist_is_named() =>
        (await Tool.RunAsync("serve", "--token-auth-file", "/no/such/tokens.csv")).IsMisuse("/no/such/tokens.csv");

    [Fact]
    public async Task A_line_of_a_token_file_that_is_none_is_named_by_its_number_alone()
    {
        using var file = new TemporaryFile("tokens.csv", "good,ann,1\nsecret-without-user\n");
        var run = await Tool.RunAsync("serve", "--token-auth-file", file.Path);
        run.IsMisuse(file.Path, "line 2");
        Assert.DoesNotContain("secret-without-user", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_decide_over_https_and_the_kubeconfig_lets_its_owner_alone_in()
    {
        using var folder = new TemporaryFolder();
        var kubeconfig = folder.File("kubeconfig");
        var tokens = folder.File("tokens.csv");
        await File.WriteAllTextAsync(
            tokens, "first-token,ann,1,\"system:masters\"\nother-token,joe,2,\"team-a,team-b\"\n", TestContext.Current.CancellationToken);
        await using var serving = await Serving.StartAsync(
            "serve", "--log", "--authorization-mode", "RBAC", "--token-auth-file", tokens, "--kubeconfig", kubeconfig);
        Assert.StartsWith("https://127.0.0.1:", serving.Url, StringComparison.Ordinal);
        using var client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));
        Assert.NotEmpty((await client.CoreV1.ListNamespaceAsync(cancellationToken: TestContext.Current.CancellationToken)).Items);

        Assert.Equal(0, await serving.StopAsync());
        Assert.Contains("ann list /api/v1/namespaces 200", serving.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("first-token", serving.Output, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kubeconfig));
        }
    }

    [Fact]
    public async Task Kubectl_lists_the_upgrades_of_a_served_definition()
    {
        // .ci/run installs kubectl where there is none; a clone without it can test everything else.
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
