namespace Harvester.Samples.UpgradeController;

/// <summary>Names of everything an upgrade makes: fixed, so that a child is found by its name and never by one kept in a status.</summary>
public static class UpgradeNames
{
    public static string Record(string upgrade) => $"{upgrade}-record";

    public static string Log(string upgrade) => $"{upgrade}-upgradelog";

    public static string Image(string upgrade) => upgrade;

    public static string Repo(string upgrade) => $"upgrade-repo-{upgrade}";

    public static string ManifestJob(string upgrade) => $"{upgrade}-apply-manifests";

    public static string NodeJob(string upgrade, string node) => $"{upgrade}-single-node-upgrade-{node}";

    public static string CleanupPlan(string upgrade) => $"{upgrade}-cleanup";

    public static string Operator(string log) => $"{log}-operator";

    public static string Infra(string log) => $"{log}-infra";

    public static string Agent(string log) => $"{log}-agent";

    public static string ClusterFlow(string log) => $"{log}-clusterflow";

    public static string ClusterOutput(string log) => $"{log}-clusteroutput";

    public static string Downloader(string log) => $"{log}-downloader";
}
