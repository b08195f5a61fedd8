using Harvester.Analyzers.Reconcile;
using Harvester.Analyzers.Tests.Verification;

namespace Harvester.Analyzers.Tests.Reconcile;

/// <summary>Puts the body of a reconciler, and what it calls, into a controller that can start jobs and look for them.</summary>
internal static class RestartSnippets
{
    public static Task Verify(string body, string members = "", string mode = "Default") => VerifySource($$"""
        public interface IProvisioner
        {
            Task StartAsync(string image);
            Task<string> FindByNameAsync(string name);
        }

        [AttributeUsage(AttributeTargets.Method)]
        public sealed class DurableGuardAttribute : Attribute;

        public class WidgetController(IKubernetes client, IProvisioner provisioner)
        {
            private readonly Dictionary<string, bool> seen = new();

            public async Task ReconcileAsync(Widget u, CancellationToken ct)
            {
                {{body}}
                await Task.CompletedTask;
            }

            private async Task StartJob(Widget u) =>
                await client.BatchV1.CreateNamespacedJobAsync(new V1Job { Metadata = new() { Name = u.Name() + "-job" } }, u.Namespace());

            private async Task<V1Job> FindJob(Widget u)
            {
                try
                {
                    return await client.BatchV1.ReadNamespacedJobAsync(u.Name() + "-job", u.Namespace());
                }
                catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }
            }

            private async Task SaveStatus(Widget u) =>
                await client.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(u, "example.io", "v1", u.Namespace(), "widgets", u.Name());

            {{members}}
        }
        """, mode);

    public static Task VerifySource(string source, string mode = "Default") => Snippets<RestartAnalyzer>.Verify(source, mode);
}
