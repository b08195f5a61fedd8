using static Harvester.Analyzers.Tests.Reconcile.RestartSnippets;

namespace Harvester.Analyzers.Tests.Reconcile;

/// <summary>What calls a reconciler: a queue, a watch, a framework, or nobody.</summary>
public class ReconcilerShapeTests
{
    private const string Start = "await k.CoreV1.CreateNamespacedPodAsync(new V1Pod(), \"ns\");";

    [Theory]
    [InlineData("System.Threading.Channels.Channel<Widget>", "await foreach (var w in queue.Reader.ReadAllAsync(ct)) { if ({|HARV2001:w.Status is null|}) START }")]
    [InlineData("System.Collections.Concurrent.BlockingCollection<Widget>", "while (true) { var w = queue.Take(ct); if ({|HARV2001:w.Status is null|}) START }")]
    [InlineData("System.Collections.Concurrent.ConcurrentQueue<Widget>", "while (queue.TryDequeue(out var w)) { if ({|HARV2001:w.Status is null|}) START }")]
    [InlineData("Queue<Widget>", "while (queue.Count > 0) { var w = queue.Dequeue(); if (w.Status is null) START }")]
    [InlineData("System.Threading.Channels.Channel<Widget>", "var w = await queue.Reader.ReadAsync(ct); if (w.Status is null) START")]
    public Task Loop_over_a_queue(string queue, string body) => VerifySource($$"""
        public class Loop({{queue}} queue, IKubernetes k)
        {
            public async Task RunAsync(CancellationToken ct) { {{body.Replace("START", Start, StringComparison.Ordinal)}} await Task.CompletedTask; }
        }
        """);

    [Fact]
    public Task Loop_over_a_queue_of_keys() => VerifySource($$"""
        public interface IWorkQueue<T> { ValueTask<T> GetAsync(CancellationToken ct); }
        public readonly record struct ObjectKey(string Namespace, string Name);
        public class Loop(IWorkQueue<ObjectKey> queue, IKubernetes k)
        {
            public async Task RunAsync(CancellationToken ct)
            {
                while (true) { var key = await queue.GetAsync(ct); await Handle(key); }
            }

            private async Task Handle(ObjectKey key)
            {
                var w = await k.CustomObjects.GetNamespacedCustomObjectAsync<Widget>("example.io", "v1", key.Namespace, "widgets", key.Name);
                if ({|HARV2001:w.Status is null|}) {{Start}}
            }
        }
        """);

    [Fact]
    public Task Request_with_a_name_and_a_namespace() => VerifySource($$"""
        public readonly record struct Request(string Namespace, string Name);
        public class WidgetController(IKubernetes k)
        {
            public async Task<bool> Reconcile(Request r)
            {
                var w = await k.CustomObjects.GetNamespacedCustomObjectAsync<Widget>("example.io", "v1", r.Namespace, "widgets", r.Name);
                if ({|HARV2001:w.Status is null|}) {{Start}}
                return true;
            }
        }
        """);

    [Fact]
    public Task Watch_over_the_answer_of_a_list() => VerifySource($$"""
        public class Loop(IKubernetes k)
        {
            public async Task Run(CancellationToken ct)
            {
                var answer = k.CustomObjects.ListNamespacedCustomObjectWithHttpMessagesAsync<object>("example.io", "v1", "ns", "widgets", watch: true);
                await foreach (var (type, w) in answer.WatchAsync<Widget, object>(null, ct))
                {
                    if (type == WatchEventType.Deleted) continue;
                    if ({|HARV2001:w.Status is null|}) {{Start}}
                }
            }
        }
        """);
}
