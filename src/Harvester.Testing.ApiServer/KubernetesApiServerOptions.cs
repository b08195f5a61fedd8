using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer;

/// <summary>How a <see cref="KubernetesApiServer"/> starts.</summary>
public sealed class KubernetesApiServerOptions
{
    private readonly List<JsonObject> _definitions = [];

    /// <summary>Decides uids and generated names; the same seed and the same requests give the same objects.</summary>
    public int Seed { get; set; }

    /// <summary>The server's clock: creation times, watch timeouts, automatic collection.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The port to listen on from the start, on the loopback address; null to listen on a free one once the address is asked for.</summary>
    public int? Port { get; set; }

    /// <summary>False when garbage is only collected by <see cref="KubernetesApiServer.CollectGarbageOnce"/>.</summary>
    public bool CollectGarbage { get; set; } = true;

    internal IReadOnlyList<JsonObject> Definitions => _definitions;

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
