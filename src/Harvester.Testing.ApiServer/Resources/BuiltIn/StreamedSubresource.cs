namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>What kube-apiserver passes on to a kubelet or to a pod: there is none here to answer.</summary>
/// <param name="name">The subresource's name.</param>
internal sealed class StreamedSubresource(string name) : Subresource
{
    /// <inheritdoc />
    public override IReadOnlyList<string> Verbs =>
        throw ApiFailure.Unsupported($"{name}: nothing runs behind this server that could answer");
}
