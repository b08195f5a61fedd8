using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Http.Tables;

/// <summary>Tables of what extends the server: definitions, webhooks, policies, API services, device claims.</summary>
internal static class ExtensionTables
{
    private static readonly TablePrinter Webhooks = new("Name, Webhooks:integer, Age", row => [row.Name, row.Count("webhooks"), row.Age]);

    private static readonly TablePrinter PolicyBindings = new(
        "Name, PolicyName, ParamRef, Age",
        row => [row.Name, row.Text("spec", "policyName"), Parameters(row), row.Age]);

    public static Dictionary<string, TablePrinter> Printers { get; } = new()
    {
        ["customresourcedefinitions.apiextensions.k8s.io"] = new(
            "Name, Scope, Versions, Created At:date, Group*, Kind*, ShortNames*, Established:boolean*",
            row => [
                row.Name,
                row.Text("spec", "scope"),
                string.Join(',', row.Items("spec", "versions").Select(version =>
                    version["storage"]?.AsBoolean == true ? $"{version["name"]?.AsString}(storage)" : version["name"]?.AsString)),
                row.Text("metadata", "creationTimestamp"),
                row.Text("spec", "group"),
                row.Text("spec", "names", "kind"),
                string.Join(',', row.Items("spec", "names", "shortNames").Select(name => name.AsString)),
                row.IsTrue("Established")]),
        ["validatingwebhookconfigurations.admissionregistration.k8s.io"] = Webhooks,
        ["mutatingwebhookconfigurations.admissionregistration.k8s.io"] = Webhooks,
        ["validatingadmissionpolicies.admissionregistration.k8s.io"] = new(
            "Name, Validations:integer, ParamKind, Age",
            row => [row.Name, row.Count("spec", "validations"), ParameterKind(row), row.Age]),
        ["mutatingadmissionpolicies.admissionregistration.k8s.io"] = new(
            "Name, Mutations:integer, ParamKind, Age",
            row => [row.Name, row.Count("spec", "mutations"), ParameterKind(row), row.Age]),
        ["validatingadmissionpolicybindings.admissionregistration.k8s.io"] = PolicyBindings,
        ["mutatingadmissionpolicybindings.admissionregistration.k8s.io"] = PolicyBindings,
        ["apiservices.apiregistration.k8s.io"] = new("Name, Service, Available, Age", row => [row.Name, Service(row), Availability(row), row.Age]),
        ["resourceclaims.resource.k8s.io"] = new("Name, State, Age", row => [row.Name, ClaimState(row), row.Age]),
        ["resourceclaimtemplates.resource.k8s.io"] = new("Name, Age", row => [row.Name, row.Age]),
        ["deviceclasses.resource.k8s.io"] = new("Name, Age", row => [row.Name, row.Age]),
        ["resourceslices.resource.k8s.io"] = new(
            "Name, Node, Driver, Pool, Age",
            row => [row.Name, row.Text("spec", "nodeName"), row.Text("spec", "driver"), row.Text("spec", "pool", "name"), row.Age]),
    };

    private static string ParameterKind(TableRow row) => row.Object.At("spec", "paramKind") is JsonObject kind
        ? $"{kind["apiVersion"]?.AsString}/{kind["kind"]?.AsString}"
        : TableRow.Unset;

    private static string Parameters(TableRow row)
    {
        if (row.Object.At("spec", "paramRef") is not JsonObject reference)
        {
            return TableRow.Unset;
        }

        var name = reference["name"]?.AsString is { Length: > 0 } named ? named : "*";
        return reference["namespace"]?.AsString is { Length: > 0 } ns ? $"{ns}/{name}" : name;
    }

    private static string Service(TableRow row) => row.Object.At("spec", "service") is JsonObject service
        ? $"{service["namespace"]?.AsString}/{service["name"]?.AsString}"
        : "Local";

    private static string Availability(TableRow row)
    {
        var condition = row.Condition("Available");
        var status = condition?["status"]?.AsString ?? "Unknown";
        return status == "True" || condition?["reason"]?.AsString is not { Length: > 0 } reason ? status : $"{status} ({reason})";
    }

    private static string ClaimState(TableRow row)
    {
        var states = new List<string>();
        if (row.IsBeingDeleted)
        {
            states.Add("deleted");
        }

        if (row.Object.At("status", "allocation") is not JsonObject)
        {
            states.Add("pending");
        }
        else
        {
            states.Add("allocated");
            if (row.Count("status", "reservedFor") > 0)
            {
                states.Add("reserved");
            }
        }

        return string.Join(',', states);
    }
}
