using Harvester.Testing.ApiServer.Access;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer;

/// <summary>How a <see cref="KubernetesApiServer"/> starts.</summary>
public sealed class KubernetesApiServerOptions
{
    private readonly List<JsonObject> _definitions = [];

    private int? _historyLimit;

    /// <summary>Decides uids and generated names; the same seed and the same requests give the same objects.</summary>
    public int Seed { get; set; }

    /// <summary>The server's clock: creation times, watch timeouts, automatic collection.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The port to listen on from the start, on the loopback address; null to listen on a free one once the address is asked for.</summary>
    public int? Port { get; set; }

    /// <summary>False when garbage is only collected by <see cref="KubernetesApiServer.CollectGarbageOnce"/>.</summary>
    public bool CollectGarbage { get; set; } = true;

    /// <summary>
    /// How many revisions to keep: older ones are forgotten as kube-apiserver compacts them, so that a watch or an exact list
    /// from before them is told that it is too old, and <see cref="KubernetesApiServer.History"/> begins later. What is
    /// forgotten is let go in batches. Null, which is the default, keeps all.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int? HistoryLimit
    {
        get => _historyLimit;
        set
        {
            if (value is { } limit)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit, nameof(value));
            }

            _historyLimit = value;
        }
    }

    /// <summary>True to speak HTTPS at the address, with a certificate made at the start whose authority is in the kubeconfig.</summary>
    public bool Tls { get; set; }

    internal IReadOnlyList<JsonObject> Definitions => _definitions;

    internal bool RolesDecide { get; private set; }

    internal TokenFile Tokens { get; init; } = new();

    /// <summary>
    /// Lets roles and bindings decide who may do what, as kube-apiserver's RBAC does, with its default roles installed.
    /// The address is then reached over HTTPS, as clients send no token over plain HTTP.
    /// </summary>
    /// <returns>These options.</returns>
    public KubernetesApiServerOptions UseRbac()
    {
        RolesDecide = true;
        Tls = true;
        return this;
    }

    /// <summary>Makes a bearer token known.</summary>
    /// <param name="token">The token.</param>
    /// <param name="user">Whose it is.</param>
    /// <param name="groups">The user's groups.</param>
    /// <returns>These options.</returns>
    public KubernetesApiServerOptions AddToken(string token, string user, IEnumerable<string>? groups = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        ArgumentException.ThrowIfNullOrEmpty(user);
        Tokens.Add(token, UserInfo.Of(user, groups ?? []));
        return this;
    }

    /// <summary>Makes the bearer tokens of a file known: lines of <c>token,user,uid[,"group1,group2"]</c>, as kube-apiserver reads them.</summary>
    /// <param name="file">The path.</param>
    /// <returns>These options.</returns>
    /// <exception cref="FormatException">A line is none of a token file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public KubernetesApiServerOptions AddTokenFile(string file)
    {
        Tokens.Add(File.ReadAllText(file));
        return this;
    }

    /// <summary>Installs the definitions of a file, or of all .yaml, .yml and .json files of a folder.</summary>
    /// <param name="fileOrFolder">The path.</param>
    /// <returns>These options.</returns>
    /// <exception cref="InvalidDefinitionException">There is no such file, or it holds something else.</exception>
    public KubernetesApiServerOptions AddCustomResourceDefinitions(string fileOrFolder)
    {
        _definitions.AddRange(DefinitionFiles.Read(fileOrFolder));
        return this;
    }

    /// <summary>Installs the definitions of a text.</summary>
    /// <param name="yamlOrJson">One or several YAML documents, or JSON.</param>
    /// <returns>These options.</returns>
    /// <exception cref="InvalidDefinitionException">The text holds something else.</exception>
    public KubernetesApiServerOptions AddCustomResourceDefinition(string yamlOrJson)
    {
        _definitions.AddRange(DefinitionFiles.Parse(yamlOrJson, "the text given"));
        return this;
    }
}
