using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Http.Tables;

/// <summary>What a pod's row says: a summary of all its containers' states (B-49).</summary>
internal static class PodTable
{
    private static readonly JsonArray Succeeded = Completed("Succeeded", "The pod has completed successfully.");

    private static readonly JsonArray Failed = Completed("Failed", "The pod failed.");

    public static JsonArray? Conditions(TableRow row) => row.Text("status", "phase") switch
    {
        "Succeeded" => Succeeded,
        "Failed" => Failed,
        _ => null,
    };

    public static IEnumerable<JsonValue> Cells(TableRow row)
    {
        var summary = new Summary(row);
        var (ready, total, reason, restarts) = summary.Read();
        return
        [
            row.Name,
            WorkloadTables.Ratio(ready, total),
            reason,
            restarts,
            row.Age,
            Address(row),
            row.TextOrNone("spec", "nodeName"),
            row.TextOrNone("status", "nominatedNodeName"),
            Gates(row),
        ];
    }

    private static JsonArray Completed(string reason, string message) => JsonArray.Of(JsonObject.Of(
        ("type", "Completed"),
        ("status", "True"),
        ("reason", reason),
        ("message", message)));

    private static string Address(TableRow row)
    {
        var first = row.Items("status", "podIPs").FirstOrDefault()?["ip"]?.AsString;
        return string.IsNullOrEmpty(first) ? row.TextOrNone("status", "podIP") : first;
    }

    private static string Gates(TableRow row)
    {
        var gates = row.Items("spec", "readinessGates");
        return gates.Count == 0
            ? TableRow.None
            : WorkloadTables.Ratio(gates.Count(gate => row.IsTrue(gate["conditionType"]?.AsString ?? "")), gates.Count);
    }

    private sealed class Summary(TableRow row)
    {
        private int _ready;
        private long _restarts;
        private long _sidecarRestarts;
        private string _reason = "";
        private JsonValue? _lastRestart;
        private JsonValue? _lastSidecarRestart;

        public (int Ready, int Total, string Reason, string Restarts) Read()
        {
            var phase = row.Text("status", "phase");
            _reason = row.Text("status", "reason") is { Length: > 0 } reason ? reason : phase;
            if (row.Condition("PodScheduled")?["reason"]?.AsString == "SchedulingGated")
            {
                _reason = "SchedulingGated";
            }

            var sidecars = row.Items("spec", "initContainers")
                .Where(container => container["restartPolicy"]?.AsString == "Always")
                .Select(container => container["name"]?.AsString ?? "")
                .ToHashSet();
            if (!IsInitializing(sidecars) || row.IsTrue("Initialized"))
            {
                ReadContainers();
            }

            if (row.IsBeingDeleted && row.Text("status", "reason") == "NodeLost")
            {
                _reason = "Unknown";
            }
            else if (row.IsBeingDeleted && phase is not ("Succeeded" or "Failed"))
            {
                _reason = "Terminating";
            }

            var restarts = _restarts.ToString(CultureInfo.InvariantCulture);
            return (
                _ready,
                row.Count("spec", "containers") + sidecars.Count,
                _reason,
                _restarts != 0 && _lastRestart is JsonString ? $"{restarts} ({row.Since(_lastRestart)} ago)" : restarts);
        }

        private bool IsInitializing(HashSet<string> sidecars)
        {
            var statuses = row.Items("status", "initContainerStatuses");
            for (var i = 0; i < statuses.Count; i++)
            {
                var status = statuses[i];
                var isSidecar = sidecars.Contains(status["name"]?.AsString ?? "");
                _restarts += status["restartCount"]?.AsInteger ?? 0;
                _lastRestart = Later(_lastRestart, status);
                if (isSidecar)
                {
                    _sidecarRestarts += status["restartCount"]?.AsInteger ?? 0;
                    _lastSidecarRestart = Later(_lastSidecarRestart, status);
                }

                var terminated = status.At("state", "terminated");
                if (terminated is JsonObject && (terminated["exitCode"]?.AsInteger ?? 0) == 0)
                {
                    continue;
                }

                if (isSidecar && status["started"]?.AsBoolean == true)
                {
                    _ready += status["ready"]?.AsBoolean == true ? 1 : 0;
                    continue;
                }

                var waiting = status.At("state", "waiting", "reason")?.AsString ?? "";
                _reason = terminated is JsonObject ended
                    ? "Init:" + Ending(ended)
                    : waiting is "" or "PodInitializing"
                        ? $"Init:{WorkloadTables.Ratio(i, row.Count("spec", "initContainers"))}"
                        : "Init:" + waiting;
                return true;
            }

            return false;
        }

        private void ReadContainers()
        {
            _restarts = _sidecarRestarts;
            _lastRestart = _lastSidecarRestart;
            var running = false;
            foreach (var status in row.Items("status", "containerStatuses").Reverse())
            {
                _restarts += status["restartCount"]?.AsInteger ?? 0;
                _lastRestart = Later(_lastRestart, status);
                if (status.At("state", "waiting", "reason")?.AsString is { Length: > 0 } waiting)
                {
                    _reason = waiting;
                }
                else if (status.At("state", "terminated") is JsonObject terminated)
                {
                    _reason = Ending(terminated);
                }
                else if (status["ready"]?.AsBoolean == true && status.At("state", "running") is JsonObject)
                {
                    running = true;
                    _ready++;
                }
            }

            if (_reason == "Completed" && running)
            {
                _reason = row.IsTrue("Ready") ? "Running" : "NotReady";
            }
        }

        private static string Ending(JsonObject terminated)
        {
            if (terminated["reason"]?.AsString is { Length: > 0 } reason)
            {
                return reason;
            }

            var signal = terminated["signal"]?.AsInteger ?? 0;
            return signal != 0
                ? string.Create(CultureInfo.InvariantCulture, $"Signal:{signal}")
                : string.Create(CultureInfo.InvariantCulture, $"ExitCode:{terminated["exitCode"]?.AsInteger ?? 0}");
        }

        private static JsonValue? Later(JsonValue? known, JsonValue status)
        {
            var ended = status.At("lastState", "terminated", "finishedAt");
            return TableRow.Time(ended) is { } time && !(TableRow.Time(known) >= time) ? ended : known;
        }
    }
}
