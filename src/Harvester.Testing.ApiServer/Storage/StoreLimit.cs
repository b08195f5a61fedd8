using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Storage;

/// <summary>How large an object the store behind kube-apiserver takes (C-17).</summary>
internal static class StoreLimit
{
    private const long RequestLimit = 1536 * 1024;
    private const long MessageLimit = 2 * 1024 * 1024;

    // What a request to the store adds to the object.
    private const long Overhead = 420;

    /// <summary>What the store says to an object, or null when it takes it.</summary>
    public static string? Refusal(JsonObject value)
    {
        var size = JsonSize.UpTo(value, MessageLimit * 2);
        if (size <= RequestLimit)
        {
            return null;
        }

        return size + Overhead > MessageLimit
            ? $"rpc error: code = ResourceExhausted desc = trying to send message larger than max ({size + Overhead} vs. {MessageLimit})"
            : "etcdserver: request is too large";
    }
}
