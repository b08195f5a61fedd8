using System.Globalization;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Storage;
using k8s.Models;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>A deletion of a pod that disruption budgets may refuse (B-22).</summary>
internal sealed class EvictionSubresource : Subresource
{
    private const int RetrySeconds = 10;

    private static readonly ResourceKind Kind = new()
    {
        Group = "policy",
        Version = "v1",
        Plural = "evictions",
        Kind = "Eviction",
        Namespaced = true,
        HasStatus = false,
        Model = typeof(V1Eviction),
    };

    /// <inheritdoc />
    public override IReadOnlyList<string> Verbs => ["create"];

    /// <inheritdoc />
    public override JsonObject Create(RequestContext context)
    {
        context.ReadWriteOptions("CreateOptions");
        var eviction = ObjectDecoding.Read(context.As(Kind));
        if (ObjectMetadata.Name(eviction) is { Length: > 0 } name && name != context.Name)
        {
            throw ApiFailure.BadRequest("name in URL does not match name in Eviction object");
        }

        var options = eviction.Find("deleteOptions") as JsonObject;
        context.ReadDryRun((options?.Find("dryRun") as JsonArray ?? JsonArray.Empty).Select(item => item.AsString ?? ""), []);
        var pod = context.RequireLive().Object;
        if (pod.At("status", "phase")?.AsString is not ("Succeeded" or "Failed" or "Pending") && !ObjectMetadata.IsBeingDeleted(pod))
        {
            AskBudget(context, pod);
            context.Store(ChangeType.Modified, PodConditions.True(
                pod, "DisruptionTarget", context.Server.Now, "EvictionByEvictionAPI", "Eviction API: evicting"));
        }

        DeleteVerb.Evict(context, options);
        return Created;
    }

    private static void AskBudget(RequestContext context, JsonObject pod)
    {
        var kind = BuiltInKinds.Find("policy", "v1", "poddisruptionbudgets")!;
        var labels = pod.At("metadata", "labels") as JsonObject ?? JsonObject.Empty;
        var budgets = context.Log.State.Of(kind.Resource).Values
            .Where(item => item.Namespace == context.Namespace && TemplateSelector.Matches(item.Object.At("spec", "selector"), labels))
            .ToList();
        if (budgets.Count == 0)
        {
            return;
        }

        if (budgets.Count > 1)
        {
            throw ApiFailure.Internal(
                "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }

        var budget = budgets[0];
        var value = budget.Object;
        long Number(string name) => value.At("status", name)?.AsInteger ?? 0;
        if (!PodConditions.IsTrue(pod, "Ready"))
        {
            // What is not healthy does not count towards the budget.
            var always = value.At("spec", "unhealthyPodEvictionPolicy")?.AsString == "AlwaysAllow";
            if (always || (Number("desiredHealthy") > 0 && Number("currentHealthy") >= Number("desiredHealthy")))
            {
                return;
            }
        }

        if (Number("observedGeneration") < (value.At("metadata", "generation")?.AsInteger ?? 0))
        {
            throw Refused($"The disruption budget {budget.Name} is still being processed by the server.", RetrySeconds);
        }

        var allowed = Number("disruptionsAllowed");
        if (allowed <= 0)
        {
            throw Refused(
                string.Create(CultureInfo.InvariantCulture, $"The disruption budget {budget.Name} needs {Number("desiredHealthy")} healthy pods and has {Number("currentHealthy")} currently"),
                null);
        }

        var status = (JsonObject)value.Find("status")!;
        status = status.With("disruptionsAllowed", allowed - 1)
            .WithAt(["disruptedPods", context.Name], ObjectMetadata.Timestamp(context.Server.Now));
        if (allowed == 1)
        {
            var condition = JsonObject.Of(
                ("type", "DisruptionAllowed"),
                ("status", "False"),
                ("observedGeneration", value.At("metadata", "generation")),
                ("lastTransitionTime", ObjectMetadata.Timestamp(context.Server.Now)),
                ("reason", "InsufficientPods"),
                ("message", ""));
            var others = status.Items("conditions").Where(item => item.Find("type")?.AsString != "DisruptionAllowed");
            status = status.With("conditions", JsonArray.Of([.. others, condition]));
        }

        if (!context.IsDryRun)
        {
            context.Server.Append(
                kind, budget.Namespace, budget.Name, ChangeType.Modified, value.With("status", status), context.Request.User);
        }
    }

    private static ApiFailure Refused(string why, long? retryAfterSeconds) => ApiFailure.TooManyRequests(
        "Cannot evict pod as it would violate the pod's disruption budget.", "DisruptionBudget", why, retryAfterSeconds);
}
