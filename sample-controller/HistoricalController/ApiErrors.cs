using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Harvester.Samples.HistoricalController;

/// <summary>What a refused request says.</summary>
internal static class ApiErrors
{
    public static bool IsNotFound(this HttpOperationException error) => error.Response?.StatusCode == HttpStatusCode.NotFound;

    /// <summary>The answer to a create whose name is taken.</summary>
    public static bool IsAlreadyExists(this HttpOperationException error) => error.Response?.StatusCode == HttpStatusCode.Conflict;

    /// <summary>The server's own words.</summary>
    public static string Text(this HttpOperationException error)
    {
        try
        {
            return KubernetesJson.Deserialize<V1Status>(error.Response.Content).Message ?? error.Message;
        }
        catch (System.Text.Json.JsonException)
        {
            return error.Message;
        }
    }

    /// <summary>Deletes something that may be gone already.</summary>
    public static async Task IgnoreNotFound(this Task deletion)
    {
        try
        {
            await deletion;
        }
        catch (HttpOperationException error) when (error.IsNotFound())
        {
        }
    }

    /// <summary>Creates something that an earlier attempt may have left.</summary>
    public static async Task IgnoreAlreadyExists(this Task creation)
    {
        try
        {
            await creation;
        }
        catch (HttpOperationException error) when (error.IsAlreadyExists())
        {
        }
    }
}
