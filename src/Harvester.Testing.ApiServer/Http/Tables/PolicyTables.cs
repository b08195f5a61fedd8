using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Http.Tables;

/// <summary>Tables of roles' bindings, budgets, classes, certificates and of what governs requests.</summary>
internal static class PolicyTables
{
    private static readonly TablePrinter Bindings = new(
        "Name, Role, Age, Users*, Groups*, ServiceAccounts*",
        row => [
            row.Name,
            $"{row.Text("roleRef", "kind")}/{row.Text("roleRef", "name")}",
            row.Age,
            Subjects(row, "User"),
            Subjects(row, "Group"),
            Subjects(row, "ServiceAccount")]);

    public static Dictionary<string, TablePrinter> Printers { get; } = new()
    {
        ["rolebindings.rbac.authorization.k8s.io"] = Bindings,
        ["clusterrolebindings.rbac.authorization.k8s.io"] = Bindings,
        ["poddisruptionbudgets.policy"] = new(
            "Name, Min Available, Max Unavailable, Allowed Disruptions:integer, Age",
            row => [
                row.Name,
                Or(row.Text("spec", "minAvailable"), "N/A"),
                Or(row.Text("spec", "maxUnavailable"), "N/A"),
                row.Number("status", "disruptionsAllowed"),
                row.Age]),
        ["priorityclasses.scheduling.k8s.io"] = new(
            "Name, Value:integer, Global-Default:boolean, Age, PreemptionPolicy",
            row => [row.Name, row.Number("value"), row.Flag("globalDefault"), row.Age, Or(row.Text("preemptionPolicy"), TableRow.Unset)]),
        ["runtimeclasses.node.k8s.io"] = new("Name, Handler, Age", row => [row.Name, row.Text("handler"), row.Age]),
        ["certificatesigningrequests.certificates.k8s.io"] = new(
            "Name, Age, SignerName, Requestor, RequestedDuration, Condition",
            row => [row.Name, row.Age, row.Text("spec", "signerName"), row.Text("spec", "username"), Duration(row), CertificateState(row)]),
        ["flowschemas.flowcontrol.apiserver.k8s.io"] = new(
            "Name, PriorityLevel, MatchingPrecedence:integer, DistinguisherMethod, Age, MissingPL",
            row => [
                row.Name,
                row.Text("spec", "priorityLevelConfiguration", "name"),
                row.Number("spec", "matchingPrecedence"),
                row.TextOrNone("spec", "distinguisherMethod", "type"),
                row.Age,
                row.Condition("Dangling")?["status"]?.AsString ?? "?"]),
        ["prioritylevelconfigurations.flowcontrol.apiserver.k8s.io"] = new(
            "Name, Type, NominalConcurrencyShares, Queues, HandSize, QueueLengthLimit, Age",
            PriorityLevel),
    };

    private static string Subjects(TableRow row, string kind) => string.Join(", ", row.Items("subjects")
        .Where(subject => subject["kind"]?.AsString == kind)
        .Select(subject => kind == "ServiceAccount"
            ? $"{subject["namespace"]?.AsString}/{subject["name"]?.AsString}"
            : subject["name"]?.AsString));

    private static string Duration(TableRow row) => row.Object.At("spec", "expirationSeconds")?.AsInteger is { } seconds
        ? Ages.Short(TimeSpan.FromSeconds(seconds))
        : TableRow.None;

    private static string CertificateState(TableRow row)
    {
        var state = row.IsTrue("Denied") ? "Denied" : row.IsTrue("Approved") ? "Approved" : "Pending";
        if (row.IsTrue("Failed"))
        {
            state += ",Failed";
        }

        return row.Text("status", "certificate").Length > 0 ? state + ",Issued" : state;
    }

    private static IEnumerable<JsonValue> PriorityLevel(TableRow row)
    {
        var member = row.Text("spec", "type") == "Exempt" ? "exempt" : "limited";
        return
        [
            row.Name,
            row.Text("spec", "type"),
            Or(row.Text("spec", member, "nominalConcurrencyShares"), TableRow.None),
            Or(row.Text("spec", "limited", "limitResponse", "queuing", "queues"), TableRow.None),
            Or(row.Text("spec", "limited", "limitResponse", "queuing", "handSize"), TableRow.None),
            Or(row.Text("spec", "limited", "limitResponse", "queuing", "queueLengthLimit"), TableRow.None),
            row.Age,
        ];
    }

    private static string Or(string text, string absent) => text.Length == 0 ? absent : text;
}
