using System.Text;

namespace Harvester.Analyzers.Benchmarks;

/// <summary>Code in the shapes the rules meet: files that have nothing to do with Kubernetes, and reconcilers.</summary>
internal static class GeneratedSources
{
    /// <summary>A file of ordinary code, about 60 lines.</summary>
    public static string Irrelevant(int number) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;

        namespace Generated.Orders;

        public sealed class Order{{number}}
        {
            private readonly List<Line> _lines = new();

            public DateTimeOffset Placed { get; init; }

            public string Customer { get; init; } = "";

            public IReadOnlyList<Line> Lines => _lines;

            public decimal Total => _lines.Sum(line => line.Price * line.Count);

            public void Add(string product, decimal price, int count)
            {
                if (count <= 0)
                {
                    throw new ArgumentOutOfRangeException(nameof(count), count, "must be positive");
                }

                var known = _lines.FirstOrDefault(line => line.Product == product && line.Price == price);
                if (known is null)
                {
                    _lines.Add(new Line(product, price, count));
                    return;
                }

                _lines.Remove(known);
                _lines.Add(known with { Count = known.Count + count });
            }

            public IEnumerable<string> Describe()
            {
                foreach (var group in _lines.GroupBy(line => line.Product).OrderBy(group => group.Key))
                {
                    var count = 0;
                    for (var i = 0; i < group.Count(); i++)
                    {
                        count += group.ElementAt(i).Count;
                    }

                    yield return count switch
                    {
                        1 => group.Key,
                        < 10 => $"{count} x {group.Key}",
                        _ => $"many {group.Key}",
                    };
                }
            }

            public sealed record Line(string Product, decimal Price, int Count);
        }
        """;

    /// <summary>A reconciler of 45 lines with a read, tests of the status, a child and two writes.</summary>
    public static string Reconciler(int number) => Reconciler(number, 1);

    /// <summary>A reconciler whose method repeats its middle part.</summary>
    public static string Reconciler(int number, int repeats)
    {
        var text = new StringBuilder();
        text.Append($$"""
            using System.Collections.Generic;
            using System.Threading.Tasks;
            using k8s;
            using k8s.Models;

            namespace Generated.Controllers;

            public sealed class DeploymentReconciler{{number}}
            {
                private readonly IKubernetes _client;

                public DeploymentReconciler{{number}}(IKubernetes client) => _client = client;

                public async Task ReconcileAsync(string name, string ns)
                {
                    var deployment = await _client.AppsV1.ReadNamespacedDeploymentAsync(name, ns);
                    if (deployment.Metadata.DeletionTimestamp != null)
                    {
                        return;
                    }

                    if (deployment.Spec.Paused == true)
                    {
                        return;
                    }

                    deployment.Metadata.Annotations ??= new Dictionary<string, string>();
            """);
        for (var i = 0; i < repeats; i++)
        {
            text.Append($$"""

                        if (deployment.Status?.Conditions is null or { Count: 0 })
                        {
                            var settings{{i}} = new V1ConfigMap
                            {
                                Metadata = new V1ObjectMeta { Name = name + "-settings-{{i}}", NamespaceProperty = ns },
                                Data = new Dictionary<string, string> { ["replicas"] = "3" },
                            };
                            await _client.CoreV1.CreateNamespacedConfigMapAsync(settings{{i}}, ns);
                        }

                        deployment.Metadata.Labels ??= new Dictionary<string, string>();
                        deployment.Metadata.Labels["step-{{i}}"] = "done";
                        deployment.Spec.Replicas = 3 + {{i}};
                        deployment = await _client.AppsV1.ReplaceNamespacedDeploymentAsync(deployment, name, ns);

                """);
        }

        text.Append("""
                    deployment.Status.ObservedGeneration = deployment.Metadata.Generation;
                    await _client.AppsV1.ReplaceNamespacedDeploymentStatusAsync(deployment, name, ns);
                }
            }
            """);
        return text.ToString();
    }
}
