using System.CommandLine;
using System.Net.Sockets;
using Harvester.Testing.ApiServer;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

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
            if (result.GetValueOrDefault<int>() is < 0 or > 65535)
            {
                result.AddError("--port must be between 0 and 65535");
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
        var definitions = crds.Select(ReadDefinitions).ToList();
        var server = await StartAsync(definitions, port, cancellationToken).ConfigureAwait(false);
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

    private static async Task<KubernetesApiServer> StartAsync(List<Definitions> definitions, int port, CancellationToken cancellationToken)
    {
        try
        {
            return await KubernetesApiServer.StartAsync(
                options =>
                {
                    options.Port = port;
                    foreach (var definition in definitions)
                    {
                        Install(options, definition);
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsAddressInUse(exception))
        {
            throw new MisuseException($"serve: port {port} is in use");
        }
        catch (Exception exception) when (exception is not (MisuseException or OperationCanceledException) && definitions.Count > 0)
        {
            throw new MisuseException($"serve: the server refuses a definition of {string.Join(", ", definitions.Select(each => $"'{each.File}'"))}: {exception.Message}");
        }
    }

    private static void Install(KubernetesApiServerOptions options, Definitions definitions)
    {
        try
        {
            options.AddCustomResourceDefinitions(definitions.File);
        }
        catch (Exception exception) when (exception is not MisuseException)
        {
            throw new MisuseException($"serve: '{definitions.File}' is not a CustomResourceDefinition the server can take: {exception.Message}");
        }
    }

    private static Definitions ReadDefinitions(string file)
    {
        if (!File.Exists(file))
        {
            throw new MisuseException($"serve: CRD file '{file}' does not exist");
        }

        var stream = new YamlStream();
        try
        {
            using var reader = File.OpenText(file);
            stream.Load(reader);
        }
        catch (YamlException exception)
        {
            throw new MisuseException($"serve: CRD file '{file}' is neither YAML nor JSON: line {exception.Start.Line}: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MisuseException($"serve: CRD file '{file}' cannot be read: {exception.Message}");
        }

        foreach (var document in stream.Documents)
        {
            if (Scalar(document, "kind") != "CustomResourceDefinition"
                || Scalar(document, "apiVersion")?.StartsWith("apiextensions.k8s.io/", StringComparison.Ordinal) != true)
            {
                throw new MisuseException($"serve: '{file}' is not a CustomResourceDefinition: kind is {Scalar(document, "kind") ?? "absent"}");
            }
        }

        return stream.Documents.Count > 0
            ? new Definitions(file)
            : throw new MisuseException($"serve: CRD file '{file}' is empty");
    }

    private static string? Scalar(YamlDocument document, string key) =>
        document.RootNode is YamlMappingNode mapping
        && mapping.Children.TryGetValue(new YamlScalarNode(key), out var node)
        && node is YamlScalarNode scalar ? scalar.Value : null;

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

    private static bool IsAddressInUse(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Definitions(string File);
}
