using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>
/// Where a write passes on its way to the log so that metadata.managedFields can tell who owns which field. Ownership is
/// not tracked yet: objects have no managedFields, and what clients send of them is dropped when the body is read.
/// </summary>
internal static class FieldTracking
{
    /// <summary>Records a write.</summary>
    /// <param name="context">The request, with its field manager and subresource.</param>
    /// <param name="live">The object before, or null.</param>
    /// <param name="value">The object as it is about to be stored.</param>
    /// <returns>The object to store.</returns>
    public static JsonObject Record(RequestContext context, JsonObject? live, JsonObject value)
    {
        _ = context;
        _ = live;
        return value;
    }
}
