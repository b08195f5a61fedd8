using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Harvester.Testing.ApiServer.Access;
using Harvester.Testing.ApiServer.Collection;
using Harvester.Testing.ApiServer.Http;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using Harvester.Testing.ApiServer.Resources.BuiltIn;
using Harvester.Testing.ApiServer.Storage;
using k8s;

namespace Harvester.Testing.ApiServer;

/// <summary>
/// A Kubernetes API server inside the process. The official client talks to it without sockets
/// (<see cref="CreateClient"/>), kubectl and everything else through the loopback address (<see cref="Url"/>); both get
/// the answers of the same pipeline.
/// </summary>
public sealed class KubernetesApiServer : IAsyncDisposable
{

    // kube-apiserver's collector needs about as long to notice.
    private static readonly TimeSpan CollectionDelay = TimeSpan.FromMilliseconds(20);

    private readonly ServerCore _core;
    private readonly Pipeline _pipeline;
    private readonly GarbageCollector _collector;
    private readonly ITimer? _collection;
    private readonly KubernetesApiServerOptions _options;
    private readonly Lazy<ServerCertificate> _certificate;
    private readonly Lock _doorGate = new();
    private KestrelDoor? _door;
    private bool _disposed;

    private KubernetesApiServer(KubernetesApiServerOptions options, RevisionLog log)
    {
        if (options.RolesDecide && options.Tokens.First is null)
        {
            // Without one nobody could come in through the address.
            options.Tokens.Add(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), UserInfo.Administrator);
        }

        _options = options;
        _certificate = new Lazy<ServerCertificate>(() => ServerCertificate.Create(DateTimeOffset.UtcNow));
        _core = new ServerCore(log, options.TimeProvider, options.Seed);
        Requests = new RequestLog();
        var access = new AccessControl(_core, options.RolesDecide, options.Tokens);
        _core.Access = access;
        var given = options.Definitions.Select(ObjectMetadata.Name).ToList();
        _pipeline = new Pipeline(_core, access, Requests, new ServerPaths(_core, given));
        _collector = new GarbageCollector(_core);
        if (options.CollectGarbage)
        {
            _collection = options.TimeProvider.CreateTimer(_ => CollectAll(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            log.Appended += change =>
            {
                if (GarbageCollector.Concerns(change))
                {
                    _collection.Change(CollectionDelay, Timeout.InfiniteTimeSpan);
                }
            };
        }
    }

    /// <summary>The address of the server for clients that need one. The first use starts to listen, on a free port.</summary>
    public Uri Url
    {
        get
        {
            lock (_doorGate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                _door ??= Task.Run(() => OpenAsync(_options.Port ?? 0, CancellationToken.None)).GetAwaiter().GetResult();
                return _door.Url;
            }
        }
    }

    /// <summary>What clients of <see cref="Url"/> must trust, or null when the server speaks plain HTTP.</summary>
    public X509Certificate2? CertificateAuthority => _options.Tls ? _certificate.Value.Authority : null;

    /// <summary>The bearer token of the kubeconfig, or null when the server asks for none.</summary>
    public string? AccessToken => _options.Tokens.First;

    /// <summary>The way of every request, for measuring what the server itself costs.</summary>
    internal Pipeline Pipeline => _pipeline;

    /// <summary>The audit log.</summary>
    public RequestLog Requests { get; }

    /// <summary>The revision of the newest change.</summary>
    public long Revision => _core.Log.Current;

    /// <summary>Starts a server.</summary>
    /// <param name="configure">Sets the options.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <returns>The server, ready for requests.</returns>
    /// <exception cref="InvalidDefinitionException">A definition was refused; the message says why.</exception>
    /// <exception cref="PortInUseException">The port asked for is taken.</exception>
    public static async Task<KubernetesApiServer> StartAsync(
        Action<KubernetesApiServerOptions>? configure = null,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var options = new KubernetesApiServerOptions();
        configure?.Invoke(options);
        var server = new KubernetesApiServer(options, new RevisionLog(options.HistoryLimit));
        server.Install();
        if (options.Port is { } port)
        {
            server._door = await server.OpenAsync(port, cancellationToken).ConfigureAwait(false);
        }

        return server;
    }

    /// <summary>A client of the official library that reaches the server without a socket.</summary>
    /// <param name="asUser">The user the requests are made as; the administrator when it is null.</param>
    /// <param name="groups">The user's groups.</param>
    /// <returns>The client.</returns>
    public IKubernetes CreateClient(string? asUser = null, IEnumerable<string>? groups = null)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new Kubernetes(
            new KubernetesClientConfiguration { Host = "http://in-process.invalid/" },
            new HandlerDoor(_pipeline, IdentityOf(asUser, groups)));
    }

    /// <summary>A handler for an HTTP client that reaches the server without a socket, whatever the host of the address.</summary>
    /// <param name="asUser">The user the requests are made as; the administrator when it is null.</param>
    /// <param name="groups">The user's groups.</param>
    /// <returns>The handler.</returns>
    public HttpMessageHandler CreateHandler(string? asUser = null, IEnumerable<string>? groups = null)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new HandlerDoor(_pipeline, IdentityOf(asUser, groups));
    }

    /// <summary>Writes a kubeconfig file for <see cref="Url"/>.</summary>
    /// <param name="path">The file; it is replaced.</param>
    public void WriteKubeconfig(string path)
    {
        var authority = CertificateAuthority is { } certificate
            ? "\n    certificate-authority-data: " + Convert.ToBase64String(Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n"))
            : "";
        var user = AccessToken is { } token
            ? "\n    token: " + JsonText.Write(token)
            : $" {JsonObject.Empty}";
        var text = $"""
            apiVersion: v1
            kind: Config
            current-context: harvester
            clusters:
            - name: harvester
              cluster:
                server: {Url.AbsoluteUri.TrimEnd('/')}{authority}
            contexts:
            - name: harvester
              context:
                cluster: harvester
                user: harvester
                namespace: default
            users:
            - name: harvester
              user:{user}

            """;
        // It may hold a token: nobody but its owner reads it.
        var file = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), file);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        writer.Write(text.ReplaceLineEndings("\n"));
    }

    /// <summary>Every stored state of the objects that had a name, oldest first.</summary>
    /// <param name="plural">The plural name, with <c>.group</c> where it is not unique.</param>
    /// <param name="ns">The namespace, or null for a cluster-scoped object.</param>
    /// <param name="name">The name.</param>
    /// <returns>Creations, changes and deletions.</returns>
    public IReadOnlyList<ObjectRevision> History(string plural, string? ns, string name)
    {
        ns = string.IsNullOrEmpty(ns) ? null : ns;
        return
        [
            .. _core.Log.After(RevisionLog.Floor)
                .Where(entry => entry.Name == name && entry.Namespace == ns
                    && (entry.Resource.Resource == plural || entry.Resource.ToString() == plural))
                .Select(entry => entry.ToPublic()),
        ];
    }

    /// <summary>The changes of a resource after a revision, oldest first.</summary>
    /// <param name="group">The API group, empty for the core group.</param>
    /// <param name="plural">The plural name.</param>
    /// <param name="revision">The revision the caller knows already.</param>
    /// <returns>What happened since.</returns>
    public IReadOnlyList<ObjectRevision> RevisionsAfter(string group, string plural, long revision)
    {
        var resource = new GroupResource(group, plural);
        return [.. _core.Log.After(revision).Where(entry => entry.Resource == resource).Select(entry => entry.ToPublic())];
    }

    /// <summary>
    /// A server of its own that begins with this one's objects as they were at a revision. Neither sees what the other
    /// does from there on. The fork's audit log is empty, and it listens on no port before its address is asked for.
    /// </summary>
    /// <param name="revision">A revision of this server.</param>
    /// <returns>The fork, to be disposed of by the caller.</returns>
    public KubernetesApiServer Fork(long revision)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        lock (_core.Gate)
        {
            var options = new KubernetesApiServerOptions
            {
                Seed = _options.Seed,
                TimeProvider = _options.TimeProvider,
                CollectGarbage = _options.CollectGarbage,
                Tls = _options.Tls,
                Tokens = _options.Tokens,
            };
            if (_options.RolesDecide)
            {
                options.UseRbac();
            }

            var fork = new KubernetesApiServer(options, _core.Log.Fork(revision));
            fork._core.MayHoldDeepObjects = _core.MayHoldDeepObjects;
            return fork;
        }
    }

    /// <summary>Forgets all revisions so far for watches and lists: a client that asks for an older one is told 410 Expired.</summary>
    public void Compact() => _core.Log.Compact(_core.Log.Current);

    /// <summary>
    /// Goes over all objects once and does what cluster controllers would: collects objects whose owners are gone, and
    /// moves on owners, namespaces and definitions that are being deleted.
    /// </summary>
    /// <returns>True when something changed, so that another pass may find more.</returns>
    public bool CollectGarbageOnce() => _core.MayHoldDeepObjects ? DeepStack.Run(_collector.Pass) : _collector.Pass();

    /// <summary>Stops listening and ends all watches.</summary>
    /// <returns>A task that is complete when nothing listens any more.</returns>
    public async ValueTask DisposeAsync()
    {
        KestrelDoor? door;
        lock (_doorGate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            door = _door;
            _door = null;
        }

        if (_collection is not null)
        {
            await _collection.DisposeAsync().ConfigureAwait(false);
        }

        _core.Log.Close();
        if (door is not null)
        {
            await door.DisposeAsync().ConfigureAwait(false);
        }

        if (_certificate.IsValueCreated)
        {
            _certificate.Value.Dispose();
        }
    }

    private static UserInfo IdentityOf(string? name, IEnumerable<string>? groups) => name is null
        ? groups is null ? UserInfo.Administrator : UserInfo.Of(UserInfo.Administrator.Name, groups)
        : UserInfo.Of(name, groups ?? []);

    private Task<KestrelDoor> OpenAsync(int port, CancellationToken cancellationToken) => KestrelDoor.StartAsync(
        _pipeline,
        _options.RolesDecide ? UserInfo.Anonymous : UserInfo.Administrator,
        _options.Tls ? _certificate.Value : null,
        port,
        cancellationToken);

    private void Install()
    {
        foreach (var (path, value) in InitialObjects.All)
        {
            Post(path, value);
        }

        if (_options.RolesDecide)
        {
            foreach (var item in DefaultPolicy.Objects)
            {
                Post(DefaultPolicy.PathOf(item), item);
            }
        }

        foreach (var definition in _options.Definitions)
        {
            Post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition);
        }

        Requests.Clear();
    }

    private void Post(string path, JsonObject value)
    {
        var answer = _pipeline.Handle(new ApiRequest
        {
            Method = "POST",
            Path = path,
            Query = QueryParameters.Parse(null),
            Body = JsonText.WriteUtf8(value),
            ContentType = "application/json",
            Identity = UserInfo.ApiServer,
            Parsed = value,
        });
        if (answer.StatusCode != 201)
        {
            var message = JsonText.Read(answer.Body.ToArray())["message"]?.AsString ?? "refused";
            throw new InvalidDefinitionException($"{ObjectMetadata.Name(value)}: {message.ReplaceLineEndings(" ")}");
        }
    }

    private void CollectAll()
    {
        try
        {
            // Chains of owners are short; the bound only keeps a defect from running for ever.
            for (var pass = 0; pass < 100 && !_disposed && CollectGarbageOnce(); pass++)
            {
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // On a timer's thread a defect would end the process under test; the next change has the collector look again.
            Trace.TraceError(failure.ToString());
        }
    }
}
