using System.CommandLine;
using System.Globalization;
using Harvester.Testing.ApiServer;

namespace Harvester.Cli.Verbs;

/// <summary><c>harvester serve</c>: the API server on loopback, for kubectl and every other client.</summary>
internal static class ServeVerb
{
    /// <summary>Makes the command.</summary>
    public static Command Create(ToolContext context)
    {
        var crds = new Option<string[]>("--crd") { Description = "A file with CustomResourceDefinitions, YAML or JSON. May be given several times." };
        var port = new Option<int>("--port") { Description = "The port on loopback; 0 or none takes a free one.", DefaultValueFactory = _ => 0 };
        var kubeconfig = new Option<string?>("--kubeconfig") { Description = "Where to write a kubeconfig for this server." };
        var log = new Option<bool>("--log") { Description = "Prints each request as it comes." };
        port.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => !int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value > 65535))
            {
                result.AddError("--port must be a number between 0 and 65535");
            }
        });

        var command = new Command("serve", "Starts the API server on loopback until Ctrl-C.") { crds, port, kubeconfig, log };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            context,
            parsed.GetValue(crds) ?? [],
            parsed.GetValue(port),
            parsed.GetValue(kubeconfig),
            parsed.GetValue(log),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ToolContext context, string[] crds, int port, string? kubeconfig, bool log, CancellationToken cancellationToken)
    {
        var server = await StartAsync(crds, port, cancellationToken).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            if (log)
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
            if (kubeconfig is not null)
            {
                WriteKubeconfig(server, kubeconfig);
                await context.Output.WriteLineAsync($"export KUBECONFIG={Path.GetFullPath(kubeconfig)}").ConfigureAwait(false);
            }
            else
            {
                await context.Output.WriteLineAsync($"kubectl --server {url} get --raw /apis").ConfigureAwait(false);
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

    private static async Task<KubernetesApiServer> StartAsync(string[] crds, int port, CancellationToken cancellationToken)
    {
        try
        {
            return await KubernetesApiServer.StartAsync(
                options =>
                {
                    options.Port = port;
                    foreach (var file in crds)
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
}
