using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Http.Tables;

/// <summary>Tables of volumes, claims and storage classes.</summary>
internal static class StorageTables
{
    private const string DefaultClass = "storageclass.kubernetes.io/is-default-class";

    private const string ClassAnnotation = "volume.beta.kubernetes.io/storage-class";

    public static Dictionary<string, TablePrinter> Printers { get; } = new()
    {
        ["persistentvolumes"] = new(
            "Name, Capacity, Access Modes, Reclaim Policy, Status, Claim, StorageClass, VolumeAttributesClass, Reason, Age, VolumeMode*",
            Volume),
        ["persistentvolumeclaims"] = new(
            "Name, Status, Volume, Capacity, Access Modes, StorageClass, VolumeAttributesClass, Age, VolumeMode*",
            Claim),
        ["storageclasses.storage.k8s.io"] = new(
            "Name, Provisioner, ReclaimPolicy, VolumeBindingMode, AllowVolumeExpansion, Age",
            row => [
                row.Text("metadata", "annotations", DefaultClass) == "true" ? row.Name + " (default)" : row.Name,
                row.Text("provisioner"),
                Or(row.Text("reclaimPolicy"), "Delete"),
                Or(row.Text("volumeBindingMode"), "Immediate"),
                row.Flag("allowVolumeExpansion"),
                row.Age]),
        ["volumeattributesclasses.storage.k8s.io"] = new(
            "Name, DriverName, Age",
            row => [row.Name, row.Text("driverName"), row.Age]),
        ["volumeattachments.storage.k8s.io"] = new(
            "Name, Attacher, PV, Node, Attached:boolean, Age",
            row => [
                row.Name,
                row.Text("spec", "attacher"),
                row.Text("spec", "source", "persistentVolumeName"),
                row.Text("spec", "nodeName"),
                row.Flag("status", "attached"),
                row.Age]),
        ["csidrivers.storage.k8s.io"] = new(
            "Name, AttachRequired:boolean, PodInfoOnMount:boolean, StorageCapacity:boolean, TokenRequests, RequiresRepublish:boolean, Modes, Age",
            row => [
                row.Name,
                row.Object.At("spec", "attachRequired")?.AsBoolean ?? true,
                row.Flag("spec", "podInfoOnMount"),
                row.Flag("spec", "storageCapacity"),
                Or(string.Join(',', row.Items("spec", "tokenRequests").Select(token => token["audience"]?.AsString)), TableRow.Unset),
                row.Flag("spec", "requiresRepublish"),
                Or(string.Join(',', row.Items("spec", "volumeLifecycleModes").Select(mode => mode.AsString)), TableRow.None),
                row.Age]),
        ["csinodes.storage.k8s.io"] = new("Name, Drivers:integer, Age", row => [row.Name, row.Count("spec", "drivers"), row.Age]),
        ["csistoragecapacities.storage.k8s.io"] = new(
            "Name, StorageClassName, Capacity, Age",
            row => [row.Name, row.Text("storageClassName"), Or(row.Text("capacity"), TableRow.Unset), row.Age]),
    };

    private static IEnumerable<JsonValue> Volume(TableRow row)
    {
        var claim = row.Object.At("spec", "claimRef");
        return
        [
            row.Name,
            row.Text("spec", "capacity", "storage"),
            Modes(row.Items("spec", "accessModes")),
            row.Text("spec", "persistentVolumeReclaimPolicy"),
            row.IsBeingDeleted ? "Terminating" : row.Text("status", "phase"),
            claim is JsonObject ? $"{claim["namespace"]?.AsString}/{claim["name"]?.AsString}" : "",
            Class(row),
            Or(row.Text("spec", "volumeAttributesClassName"), TableRow.Unset),
            row.Text("status", "reason"),
            row.Age,
            Or(row.Text("spec", "volumeMode"), TableRow.Unset),
        ];
    }

    private static IEnumerable<JsonValue> Claim(TableRow row)
    {
        // What a claim asks for is no news; what it got is shown once it is bound.
        var volume = row.Text("spec", "volumeName");
        return
        [
            row.Name,
            row.IsBeingDeleted ? "Terminating" : row.Text("status", "phase"),
            volume,
            volume.Length == 0 ? "" : Or(row.Text("status", "capacity", "storage"), "0"),
            volume.Length == 0 ? "" : Modes(row.Items("status", "accessModes")),
            Class(row),
            Or(row.Text("spec", "volumeAttributesClassName"), TableRow.Unset),
            row.Age,
            Or(row.Text("spec", "volumeMode"), TableRow.Unset),
        ];
    }

    private static string Class(TableRow row) =>
        Or(row.Text("metadata", "annotations", ClassAnnotation), row.Text("spec", "storageClassName"));

    private static string Modes(IReadOnlyList<JsonValue> modes)
    {
        var present = modes.Select(mode => mode.AsString).ToHashSet();
        var shown = new List<string>();
        foreach (var (mode, text) in (ReadOnlySpan<(string, string)>)
            [("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"), ("ReadWriteOncePod", "RWOP")])
        {
            if (present.Contains(mode))
            {
                shown.Add(text);
            }
        }

        return string.Join(',', shown);
    }

    private static string Or(string text, string absent) => text.Length == 0 ? absent : text;
}
