using System.Text.Json.Nodes;

namespace Harvester.Samples.HistoricalController;

/// <summary>Which logs are collected during an upgrade and where they go.</summary>
internal static class LoggingRules
{
    public static JsonObject Output(string loggingRef) => new()
    {
        ["file"] = new JsonObject
        {
            ["path"] = "/archive/logs/${tag}",
            ["append"] = true,
            ["compress"] = "gzip",
            ["format"] = new JsonObject { ["type"] = "single_value" },
            ["buffer"] = new JsonObject
            {
                ["flush_at_shutdown"] = true,
                ["flush_mode"] = "immediate",
                ["timekey"] = "1d",
                ["timekey_use_utc"] = true,
                ["timekey_wait"] = "0m",
            },
        },
        ["loggingRef"] = loggingRef,
    };

    public static JsonObject Flow(string loggingRef, string output) => new()
    {
        ["loggingRef"] = loggingRef,
        ["globalOutputRefs"] = new JsonArray(output),
        ["filters"] = new JsonArray(
            new JsonObject { ["tag_normaliser"] = new JsonObject() },
            new JsonObject { ["dedot"] = new JsonObject { ["de_dot_nested"] = true, ["de_dot_separator"] = "-" } },
            new JsonObject
            {
                ["record_transformer"] = new JsonObject
                {
                    ["records"] = new JsonArray(new JsonObject { ["timestamp"] = "${time}" }),
                    ["remove_keys"] = "stream,logtag,$.kubernetes",
                },
            }),
        ["match"] = new JsonArray(
            Select("kube-system"),
            Select("harvester-system"),
            Select("longhorn-system"),
            Select("cattle-system", "app", "rancher"),
            Select("cattle-system", "upgrade.cattle.io/controller", "system-upgrade-controller", "upgrade"),
            Select("cattle-fleet-system", "app", "fleet-controller"),
            Select("cattle-fleet-local-system", "app", "fleet-agent")),
    };

    private static JsonObject Select(string ns, string? label = null, string? value = null, string? container = null)
    {
        var select = new JsonObject { ["namespaces"] = new JsonArray(ns) };
        if (label is not null)
        {
            select["labels"] = new JsonObject { [label] = value };
        }

        if (container is not null)
        {
            select["container_names"] = new JsonArray(container);
        }

        return new JsonObject { ["select"] = select };
    }
}
