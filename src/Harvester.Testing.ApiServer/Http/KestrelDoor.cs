using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Harvester.Testing.ApiServer.Access;
using Harvester.Testing.ApiServer.Resources;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>The door for kubectl and everything else that speaks HTTP: Kestrel on the loopback address.</summary>
internal sealed class KestrelDoor : IAsyncDisposable
{
    private const int BodyLimit = 8 * 1024 * 1024;

    private const int FlushSize = 64 * 1024;

    private readonly WebApplication _application;

    private KestrelDoor(WebApplication application, Uri url)
    {
        _application = application;
        Url = url;
    }

    public Uri Url { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="pipeline">What answers.</param>
    /// <param name="user">Whom a caller is taken for who does not say who he is.</param>
    /// <param name="certificate">The certificate to show, or null to speak plain HTTP.</param>
    /// <param name="port">The port, 0 for a free one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<KestrelDoor> StartAsync(
        Pipeline pipeline, UserInfo user, ServerCertificate? certificate, int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Limits.MaxRequestBodySize = BodyLimit;
            options.Listen(IPAddress.Loopback, port, listen =>
            {
                if (certificate is not null)
                {
                    listen.UseHttps(certificate.ServerOptions());
                }
            });
        });

        // A watch that is still open must not hold up the end.
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        var application = builder.Build();
        application.Run(context => ServeAsync(pipeline, user, context));
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new PortInUseException(
                $"Port {port} on 127.0.0.1 is in use or may not be used; choose another one, or none to get a free one.", failure);
        }

        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new KestrelDoor(application, new Uri(address));
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task ServeAsync(Pipeline pipeline, UserInfo user, HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        var headers = context.Request.Headers;
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "/";
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var answer = pipeline.Handle(new ApiRequest
        {
            Method = context.Request.Method,
            Path = question < 0 ? target : target[..question],
            Query = QueryParameters.Parse(question < 0 ? null : target[question..]),
            Body = body.ToArray(),
            ContentType = context.Request.ContentType,
            Accept = headers.Accept.Count == 0 ? null : headers.Accept.ToString(),
            IfNoneMatch = headers.IfNoneMatch.ToString(),
            UserAgent = headers.UserAgent.ToString(),
            Identity = user,
            Authorization = headers.Authorization.Count == 0 ? null : headers.Authorization.ToString(),
            Impersonation = Impersonation.Read(headers.Select(header =>
                new KeyValuePair<string, IEnumerable<string>>(header.Key, header.Value.Select(value => value ?? "")))),
        });
        var response = context.Response;
        response.StatusCode = answer.StatusCode;
        response.ContentType = answer.ContentType.Length == 0 ? null : answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers.Append(name, value);
        }

        if (answer.Watch is { } watch)
        {
            await StreamAsync(watch, response, context.RequestAborted).ConfigureAwait(false);
        }
        else if (!HttpMethods.IsHead(context.Request.Method) && answer.StatusCode != 304)
        {
            response.ContentLength = answer.Body.Length;
            await WriteAsync(answer.Body, response.BodyWriter, context.RequestAborted).ConfigureAwait(false);
        }
    }

    // Many small pieces go out together.
    private static async Task WriteAsync(ReadOnlySequence<byte> body, PipeWriter writer, CancellationToken cancellationToken)
    {
        foreach (var piece in body)
        {
            writer.Write(piece.Span);
            if (writer.UnflushedBytes >= FlushSize)
            {
                await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task StreamAsync(IWatchStream watch, HttpResponse response, CancellationToken cancellationToken)
    {
        using (watch)
        {
            try
            {
                // W-1: the headers go out at once.
                await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
                while (watch.TryRead() is { } lines)
                {
                    if (lines.IsEmpty)
                    {
                        await watch.WaitAsync(cancellationToken).ConfigureAwait(false);
                        continue;
                    }

                    await response.Body.WriteAsync(lines, cancellationToken).ConfigureAwait(false);
                    await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException)
            {
                // The client went away, which is how most watches end.
            }
        }
    }
}
