using System.CommandLine;
using System.Globalization;
using Harvester.Testing.ApiServer;

namespace Harvester.Cli.Verbs;

/// <summary><c>harvester serve</c>: the API server on loopback, for kubectl and every other client.</summary>
internal static class ServeVerb
{
    private const string AlwaysAllow = "AlwaysAllow";
    private const string Rbac = "RBAC";

    /// <summary>Makes the command.</summary>
    public static Command Create(ToolContext context)
    {
        var crds = new Option<string[]>("--crd") { Description = "A file with CustomResourceDefinitions, YAML or JSON. May be given several times." };
        var port = new Option<int>("--port") { Description = "The port on loopback; 0 or none takes a free one.", DefaultValueFactory = _ => 0 };
        var kubeconfig = new Option<string?>("--kubeconfig") { Description = "Where to write a kubeconfig for this server." };
        var log = new Option<bool>("--log") { Description = "Prints each request as it comes." };
        var tokens = new Option<string?>("--token-auth-file") { Description = "A file of bearer tokens, as kube-apiserver reads it: token,user,uid,\"group1,group2\"." };
        var mode = new Option<string>("--authorization-mode")
        {
            Description = "AlwaysAllow, or RBAC to let roles and bindings decide (implies --tls).",
            DefaultValueFactory = _ => AlwaysAllow,
        };
        var tls = new Option<bool>("--tls") { Description = "Speaks HTTPS; the kubeconfig holds the certificate authority made at the start." };
        mode.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value is not (AlwaysAllow or Rbac)))
            {
                result.AddError($"--authorization-mode must be {Rbac} or {AlwaysAllow}");
            }
        });
        port.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => !int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value > 65535))
            {
                result.AddError("--port must be a number between 0 and 65535");
            }
        });

        var command = new Command("serve", "Starts the API server on loopback until Ctrl-C.") { crds, port, kubeconfig, log, tokens, mode, tls };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            context,
            new Wishes(
                parsed.GetValue(crds) ?? [],
                parsed.GetValue(port),
                parsed.GetValue(kubeconfig),
                parsed.GetValue(log),
                parsed.GetValue(tokens),
                parsed.GetValue(mode) == Rbac,
                parsed.GetValue(tls)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ToolContext context, Wishes wishes, CancellationToken cancellationToken)
    {
        var server = await StartAsync(wishes, cancellationToken).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            if (wishes.Log)
            {
                server.Requests.Recorded += record =>
                {
                    lock (context.Output)
                    {
                        context.Output.WriteLine($"{record.Time:HH:mm:ss.fff} {record.User} {record.Verb} {record.Path} {record.StatusCode}");
                    }
                };
            }

            var url = server.Url.ToString().TrimEnd('/');
            await context.Output.WriteLineAsync(url).ConfigureAwait(false);
            if (wishes.Kubeconfig is { } kubeconfig)
            {
                WriteKubeconfig(server, kubeconfig);
                await context.Output.WriteLineAsync($"export KUBECONFIG={Path.GetFullPath(kubeconfig)}").ConfigureAwait(false);
            }
            else
            {
                await context.Output.WriteLineAsync(
                    server.CertificateAuthority is null
                        ? $"kubectl --server {url} get --raw /apis"
                        : "kubectl needs --kubeconfig FILE to be given here: it holds the certificate authority and a token").ConfigureAwait(false);
            }

            await context.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C is how serving ends.
            }
        }

        return ExitCode.AsExpected;
    }

    private static async Task<KubernetesApiServer> StartAsync(Wishes wishes, CancellationToken cancellationToken)
    {
        try
        {
            return await KubernetesApiServer.StartAsync(
                options =>
                {
                    options.Port = wishes.Port;
                    options.Tls = wishes.Tls;
                    if (wishes.RolesDecide)
                    {
                        options.UseRbac();
                    }

                    if (wishes.TokenFile is { } tokens)
                    {
                        options.AddTokenFile(tokens);
                    }

                    foreach (var file in wishes.Crds)
                    {
                        options.AddCustomResourceDefinitions(file);
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is InvalidDefinitionException or PortInUseException)
        {
            throw new MisuseException($"serve: {exception.Message}");
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new MisuseException($"serve: token file '{wishes.TokenFile}': {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static void WriteKubeconfig(KubernetesApiServer server, string path)
    {
        try
        {
            server.WriteKubeconfig(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MisuseException($"serve: kubeconfig '{path}' cannot be written: {exception.Message}");
        }
    }

    private sealed record Wishes(
        string[] Crds, int Port, string? Kubeconfig, bool Log, string? TokenFile, bool RolesDecide, bool Tls);
}
