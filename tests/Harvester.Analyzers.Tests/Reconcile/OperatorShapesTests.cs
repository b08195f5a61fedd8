using Harvester.Analyzers.Reconcile;
using Harvester.Analyzers.Tests.Verification;

namespace Harvester.Analyzers.Tests.Reconcile;

/// <summary>What operators read before they start something: a prerequisite that must be there proves nothing, a result that must not be there does.</summary>
public class OperatorShapesTests
{
    [Theory]
    [InlineData("pair of found and value", "var (found, token) = await settings.TryGetTokenAsync(x.Spec.Image); if (!found) return;")]
    [InlineData("pair in one local", "var token = await settings.TryGetTokenAsync(x.Spec.Image); if (!token.Found) return;")]
    [InlineData("found by name", "if (!await settings.HasTokenAsync(x.Spec.Image)) return;")]
    [InlineData("out argument", "if (!settings.TryGetToken(x.Spec.Image, out var token)) return;")]
    [InlineData("object that must exist", "var secret = await settings.FindSecretAsync(x.Spec.Image); if (secret is null) return;")]
    [InlineData("object that must exist, read here", "var secret = await client.CoreV1.ReadNamespacedSecretAsync(x.Spec.Image, x.Namespace()); if (secret == null) throw new InvalidOperationException();")]
    [InlineData("part of an object that must exist", "var secret = await settings.FindSecretAsync(x.Spec.Image); if (secret?.Data?[\"token\"] is null) return;")]
    [InlineData("key that must be there", "var secret = await settings.FindSecretAsync(x.Spec.Image); if (!secret.Data.TryGetValue(\"token\", out var token)) return;")]
    [InlineData("some must be there", "var nodes = await client.CoreV1.ListNodeAsync(); if (nodes.Items.Count > 0 == false) return;")]
    public Task Prerequisite_is_no_guard(string shape, string body) => Verify($$"""
        {{body}} // {{shape}}
        switch (x.Status.State)
        {
            case {|HARV2004:WidgetState.Unknown|}:
                await StartAsync(x);
                break;
            case WidgetState.Done:
                await buckets.UpdateBucketAsync(x.Status.Phase, x.Spec.Image);
                return;
        }
        """);

    [Theory]
    [InlineData("looked up by the subclass", "var id = await FindAsync(x.Spec.Image, x); if (id is null) { x.Status.Phase = await buckets.CreateBucketAsync(x.Spec.Image); } else { x.Status.Phase = id; }")]
    [InlineData("looked up by the subclass, and refused", "var id = await FindAsync(x.Spec.Image, x); if (id is null) { if (await AllowedAsync(x) == false) throw new InvalidOperationException(); if (await CheckAsync(x, x.Spec.Image) is string bad) throw new InvalidOperationException(bad); x.Status.Phase = await buckets.CreateBucketAsync(x.Spec.Image); } else { if (await AllowedAsync(x) == false) throw new InvalidOperationException(); x.Status.Phase = id; } await SaveAsync(x);")]
    [InlineData("listed by label", "var all = await client.BatchV1.ListNamespacedJobAsync(x.Namespace(), labelSelector: \"of=\" + x.Name()); var job = all.Items.FirstOrDefault() ?? await client.BatchV1.CreateNamespacedJobAsync(new V1Job(), x.Namespace()); x.Status.Phase = job.Name();")]
    public Task Look_up_is_the_guard(string shape, string body) => Verify($$"""
        if (string.IsNullOrWhiteSpace(x.Status.Phase))
        {
            {{body}} // {{shape}}
        }

        if (string.IsNullOrWhiteSpace(x.Status.Phase)) throw new InvalidOperationException();
        var now = await buckets.GetByNameAsync(x.Status.Phase);
        if (now is null)
        {
            x.Status.Phase = null;
            await SaveAsync(x);
            throw new InvalidOperationException();
        }

        if (x.Spec.Image is { } image)
        {
            if (await CheckAsync(x, image) is string text) throw new InvalidOperationException(text);
            await buckets.UpdateBucketAsync(x.Status.Phase, image);
        }
        """);

    [Fact]
    public Task Both_ways_lead_to_the_same_work() => Verify("""
        x.Status.Phase = await buckets.GetByNameAsync(x.Spec.Image);
        if (x.Status.Phase == null) return;
        try
        {
            var names = await client.CoreV1.ListNamespacedConfigMapAsync(x.Namespace());
            if (names.Items.Any())
            {
                if (!string.IsNullOrEmpty(x.Status.Phase))
                {
                    foreach (var name in names.Items)
                    {
                        await buckets.UpdateBucketAsync(x.Status.Phase, name.Name());
                    }
                }

                if (x.Spec.Replicas == 0) x.Spec.Replicas = 1;
            }
        }
        catch (Exception)
        {
            x.Status.Started = true;
        }

        foreach (var item in x.Metadata.Finalizers)
        {
            try
            {
                await buckets.UpdateBucketAsync(item, x.Spec.Image);
            }
            catch (Exception)
            {
                x.Status.Started = true;
            }
        }
        """);

    [Fact]
    public Task Steady_state_does_the_same() => Verify(
        """
        if (x.Spec.Replicas > 0 && !await ImageIsThereAsync(x, x.Spec.Image)) return;
        var set = await client.AppsV1.ReadNamespacedStatefulSetAsync(x.Name(), x.Namespace());
        set.Spec.Replicas = x.Spec.Replicas;
        await client.AppsV1.ReplaceNamespacedStatefulSetAsync(set, x.Name(), x.Namespace());
        """,
        """
        private async Task<bool> ImageIsThereAsync(Widget x, string wanted)
        {
            if (string.IsNullOrEmpty(x.Status.Phase) || x.Status.Phase == wanted || x.Spec.Replicas == 0) return true;
            var job = await client.BatchV1.ReadNamespacedJobAsync(x.Name() + "-pull", x.Namespace());
            return job.Status?.Succeeded > 0;
        }
        """);

    [Fact]
    public Task Queue_of_the_same_kind_and_a_tolerated_conflict() => Verify(
        """
        await (x.Status.Phase switch
        {
            "Succeeded" or "Failed" => Task.CompletedTask,
            "Running" => FollowAsync(x),
            {|HARV2004-info:_|} => StartInTurnAsync(x),
        });
        """,
        """
        private Task FollowAsync(Widget x) => client.BatchV1.ReadNamespacedJobAsync(x.Name(), x.Namespace());

        private async Task StartInTurnAsync(Widget x)
        {
            var all = await client.CustomObjects.ListNamespacedCustomObjectAsync<WidgetList>("example.io", "v1", x.Namespace(), "widgets");
            if (all.Items.Any(o => o.Name() != x.Name() && o.Status.Phase is not ("Succeeded" or "Failed"))) return;
            try
            {
                await client.BatchV1.CreateNamespacedJobAsync(new V1Job { Metadata = new() { Name = x.Name() } }, x.Namespace());
            }
            catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict)
            {
            }

            x.Status.Phase = "Running";
            await SaveAsync(x);
        }
        """);

    [Fact]
    public Task Identity_drawn_again_starts_nothing() => Verify("""
        if ({|HARV2005-info:string.IsNullOrEmpty(x.Status.Phase)|})
        {
            x.Status = new WidgetStatus { Phase = Guid.NewGuid().ToString(), State = WidgetState.Running };
            await SaveAsync(x);
        }
        """);

    [Fact]
    public Task First_member_of_the_enumeration_is_not_zero() => RestartSnippets.VerifySource("""
        public enum Stage { Pending = 1, Created }
        public class ProjectStatus { public Stage Stage { get; set; } }
        public class Project : IKubernetesObject<V1ObjectMeta>
        {
            public string ApiVersion { get; set; }
            public string Kind { get; set; }
            public V1ObjectMeta Metadata { get; set; }
            public ProjectStatus Status { get; set; }
        }

        public interface IProjects { Task CreateAsync(string name); }
        public class ProjectController(IProjects projects)
        {
            public async Task ReconcileAsync(Project p)
            {
                switch (p.Status?.Stage)
                {
                    case Stage.Pending:
                        await projects.CreateAsync(p.Name());
                        break;
                    default:
                        break;
                }
            }
        }
        """);

    private static Task Verify(string body, string members = "") => Snippets<RestartAnalyzer>.Verify($$"""
        public interface IBuckets
        {
            Task<string> CreateBucketAsync(string image);
            Task UpdateBucketAsync(string id, string image);
            Task<string> GetByNameAsync(string name);
        }

        public class WidgetList : IKubernetesObject<V1ListMeta>, IItems<Widget>
        {
            public string ApiVersion { get; set; }
            public string Kind { get; set; }
            public V1ListMeta Metadata { get; set; }
            public IList<Widget> Items { get; set; }
        }

        public sealed class Settings(IKubernetes client)
        {
            public async Task<(bool Found, string Token)> TryGetTokenAsync(string name)
            {
                var secret = await client.CoreV1.ReadNamespacedSecretAsync(name, "default");
                var token = System.Text.Encoding.UTF8.GetString(secret?.Data["token"] ?? []);
                return (!string.IsNullOrWhiteSpace(token), $"Bearer {token}");
            }

            public async Task<bool> HasTokenAsync(string name)
            {
                var secret = await client.CoreV1.ReadNamespacedSecretAsync(name, "default");
                return secret?.Data is not null;
            }

            public bool TryGetToken(string name, out string token)
            {
                var secret = client.CoreV1.ReadNamespacedSecret(name, "default");
                token = secret?.StringData?["token"];
                return token is not null;
            }

            public async Task<V1Secret> FindSecretAsync(string name) => await client.CoreV1.ReadNamespacedSecretAsync(name, "default");
        }

        public abstract class WidgetController(IKubernetes client, IBuckets buckets, Settings settings)
        {
            public async Task ReconcileAsync(Widget x, CancellationToken ct)
            {
                {{body}}
                await Task.CompletedTask;
            }

            protected abstract Task<string> FindAsync(string image, Widget x);

            protected virtual Task<string> CheckAsync(Widget x, string image) => Task.FromResult<string>(null);

            protected abstract Task<bool> AllowedAsync(Widget x);

            private async Task StartAsync(Widget x)
            {
                var id = await buckets.CreateBucketAsync(x.Spec.Image);
                x.Status.Phase = id;
                x.Status.State = WidgetState.Done;
            }

            private async Task SaveAsync(Widget x) =>
                await client.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(x, "example.io", "v1", x.Namespace(), "widgets", x.Name());

            {{members}}
        }
        """);
}
