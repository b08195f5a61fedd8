using Harvester.Analyzers.Reconcile;
using Harvester.Analyzers.Tests.Verification;

namespace Harvester.Analyzers.Tests.Reconcile;

/// <summary>Many bodies of reconcilers in one compilation, each a method of its own, for a kind whose status has a member of every type.</summary>
internal static class Shapes
{
    public static Task Verify(IEnumerable<string> bodies, string members = "", string other = "", string mode = "Default") => Snippets<RestartAnalyzer>.Verify($$"""
        public enum GadgetState { Unknown, Running, Done }

        public class GadgetNode { public string Name { get; set; } public string Phase { get; set; } }

        public class GadgetRun { public string Phase { get; set; } public bool Done { get; set; } }

        public partial class GadgetStatus
        {
            public string Phase { get; set; }
            public string Job { get; set; }
            public GadgetState State { get; set; }
            public GadgetState? Mode { get; set; }
            public bool Started { get; set; }
            public int Attempts { get; set; }
            public int LastRun { get; set; } = -1;
            public DateTime StartedAt { get; set; }
            public DateTimeOffset? FinishedAt { get; set; }
            public Guid Run { get; set; }
            public GadgetRun Upgrade { get; set; }
            public List<GadgetNode> Nodes { get; set; }
            public Dictionary<string, string> Notes { get; set; }
            public List<V1Condition> Conditions { get; set; }
        }

        [KubernetesEntity(Group = "example.io", ApiVersion = "v1", Kind = "Gadget", PluralName = "gadgets")]
        public partial class Gadget : IKubernetesObject<V1ObjectMeta>
        {
            public string ApiVersion { get; set; }
            public string Kind { get; set; }
            public V1ObjectMeta Metadata { get; set; }
            public WidgetSpec Spec { get; set; } = new();
            public GadgetStatus Status { get; set; }
        }

        [AttributeUsage(AttributeTargets.Method)]
        public sealed class DurableGuardAttribute : Attribute;

        public partial class GadgetController(IKubernetes client)
        {
            {{string.Join("\n", bodies.Select((body, i) => $"public async Task Reconcile{i}(Gadget u) {{ {body}\n await Task.CompletedTask; }}"))}}

            private async Task Start(Gadget g) => await client.BatchV1.CreateNamespacedJobAsync(new V1Job { Metadata = new() { Name = g.Metadata.Name } }, "ns");

            private async Task<V1Job> Find(Gadget g)
            {
                try
                {
                    return await client.BatchV1.ReadNamespacedJobAsync(g.Metadata.Name, "ns");
                }
                catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
                {
                    return null;
                }
            }

            private async Task Save(Gadget g) => await client.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync(g, "example.io", "v1", "ns", "gadgets", g.Metadata.Name);

            {{members}}
        }

        {{other}}
        """, mode);

    /// <summary>Work that starts if a condition holds, for each of the conditions.</summary>
    public static IEnumerable<string> If(string rule, params string[] conditions) => conditions.Select(c => "if ({|" + rule + ":" + c + "|}) await Start(u);");

    /// <summary>Work that starts unless the method returns before.</summary>
    public static IEnumerable<string> Unless(string rule, params string[] conditions) => conditions.Select(c => "if ({|" + rule + ":" + c + "|}) return; await Start(u);");
}
