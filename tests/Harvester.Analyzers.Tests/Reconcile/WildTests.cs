using Harvester.Analyzers.Reconcile;
using Harvester.Analyzers.Tests.Verification;

namespace Harvester.Analyzers.Tests.Reconcile;

/// <summary>How controllers start work on an empty status, and how they make sure first, in the shapes of operator frameworks.</summary>
public class WildTests
{
    [Theory]
    [InlineData("bool", "if (!{|HARV2002:x.Status.Started|}) { await api.CreateBucketAsync(x.Spec.Image); x.Status.Started = true; }")]
    [InlineData("bool is false", "if ({|HARV2002:x.Status.Started is false|}) await api.CreateBucketAsync(x.Spec.Image);")]
    [InlineData("enum", "if ({|HARV2002:x.Status.State == WidgetState.Unknown|}) await api.CreateBucketAsync(x.Spec.Image);")]
    [InlineData("default", "if ({|HARV2002:x.Status.State == default|}) await api.CreateBucketAsync(x.Spec.Image);")]
    [InlineData("blank", "if ({|HARV2002:string.IsNullOrWhiteSpace(x.Status.Phase)|}) x.Status.Phase = await api.CreateBucketAsync(x.Spec.Image);")]
    [InlineData("collection", "if ({|HARV2003:x.Status.Conditions.Count == 0|}) await api.CreateBucketAsync(x.Spec.Image);")]
    [InlineData("hash", "var hash = x.Spec.Image.GetHashCode().ToString(); if ({|HARV2002:x.Status.SpecHash != hash|}) await api.CreateBucketAsync(x.Spec.Image);")]
    [InlineData("hash that differs by Equals", "var hash = Hash(x.Spec); if (!{|HARV2002:string.Equals(x.Status.SpecHash, hash, StringComparison.Ordinal)|}) await api.CreateBucketAsync(x.Spec.Image);")]
    [InlineData("else of a presence test", "if (!{|HARV2002:string.IsNullOrEmpty(x.Status.Phase)|}) { await api.UpdateBucketAsync(x.Status.Phase); } else { await api.CreateBucketAsync(x.Spec.Image); }")]
    [InlineData("local of the member", "var id = x.Status.Phase; if ({|HARV2002:string.IsNullOrEmpty(id)|}) { id = await api.CreateBucketAsync(x.Spec.Image); x.Status.Phase = id; }")]
    [InlineData("coalesce", "{|HARV2002:x.Status.Phase|} ??= await api.CreateBucketAsync(x.Spec.Image);")]
    [InlineData("local of the status", "var status = x.Status ?? new WidgetStatus(); if ({|HARV2002:status.Phase is null|}) await api.CreateBucketAsync(x.Spec.Image);")]
    [InlineData("status of its own local", "var status = x.Status; if ({|HARV2002:status.State == WidgetState.Unknown|}) await api.CreateBucketAsync(x.Spec.Image);")]
    [InlineData("answer unwrapped", "if ({|HARV2002:x.Status.Phase is null|}) x.Status.Phase = await Unwrap(api.CreateBucketAsync(x.Spec.Image));")]
    [InlineData("task handed on", "if ({|HARV2002:x.Status.Phase is null|}) await CreateAsync(x.Spec.Image);")]
    [InlineData("look-up by name first", "if (string.IsNullOrEmpty(x.Status.Phase)) { var found = await api.GetByNameAsync(x.Spec.Image); if (found is null) found = await api.CreateBucketAsync(x.Spec.Image); x.Status.Phase = found; }")]
    [InlineData("look-up by name coalesced", "if (string.IsNullOrEmpty(x.Status.Phase)) { x.Status.Phase = await api.GetByNameAsync(x.Spec.Image) ?? await api.CreateBucketAsync(x.Spec.Image); }")]
    [InlineData("exists first", "if (string.IsNullOrEmpty(x.Status.Phase)) { if (!await api.ExistsAsync(x.Spec.Image)) await api.CreateBucketAsync(x.Spec.Image); }")]
    [InlineData("list first", "if (string.IsNullOrEmpty(x.Status.Phase)) { var all = await api.ListAsync(x.Spec.Image); if (!all.Any(b => b == x.Metadata.Name)) await api.CreateBucketAsync(x.Spec.Image); }")]
    [InlineData("display", "if (string.IsNullOrEmpty(x.Status.Phase)) x.Status.Phase = \"Pending\";")]
    [InlineData("waiting", "if (x.Status.State == WidgetState.Unknown) { await Task.Delay(5); return; }")]
    public Task Reconciler_of_a_framework(string shape, string body) => Snippets<RestartAnalyzer>.Verify($$"""
        public interface IBuckets
        {
            Task<string> CreateBucketAsync(string image);
            Task UpdateBucketAsync(string id);
            Task<string> GetByNameAsync(string name);
            Task<bool> ExistsAsync(string name);
            Task<List<string>> ListAsync(string name);
        }

        public interface IEntityController<T> { Task HandleAsync(T x, CancellationToken ct); }

        public class WidgetController(IBuckets api) : IEntityController<Widget>
        {
            public async Task HandleAsync(Widget x, CancellationToken ct)
            {
                {{body}} // {{shape}}
                await Task.CompletedTask;
            }

            private Task<string> CreateAsync(string image) => api.CreateBucketAsync(image);

            private static async Task<string> Unwrap(Task<string> answer) => (await answer).Trim();

            private static string Hash(WidgetSpec spec) => spec.Image + spec.Replicas;
        }
        """);
}
