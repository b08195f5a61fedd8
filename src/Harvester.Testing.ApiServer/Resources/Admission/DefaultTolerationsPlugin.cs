using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.Admission;

/// <summary>Lets every pod stay for five minutes on a node that is not ready or cannot be reached, unless it says otherwise.</summary>
internal sealed class DefaultTolerationsPlugin : AdmissionPlugin
{
    private const int Seconds = 300;

    private static readonly string[] Troubles = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    /// <inheritdoc />
    public override JsonObject Mutate(RequestContext context, JsonObject value, JsonObject? old)
    {
        if (!Concerns(context, "", "pods") || value.Find("spec") is not JsonObject spec)
        {
            return value;
        }

        var given = spec.Find("tolerations") as JsonArray ?? JsonArray.Empty;
        var added = Troubles.Where(trouble => !given.Any(toleration => Tolerates(toleration, trouble))).Select(trouble => JsonObject.Of(
            ("key", trouble),
            ("operator", "Exists"),
            ("effect", "NoExecute"),
            ("tolerationSeconds", Seconds))).ToList();
        return added.Count == 0 ? value : value.With("spec", spec.With("tolerations", JsonArray.Of([.. given, .. added])));
    }

    private static bool Tolerates(JsonValue toleration, string trouble) =>
        (toleration["key"]?.AsString ?? "") is var key && (key == trouble || key.Length == 0)
        && toleration["effect"]?.AsString is null or "NoExecute";
}
