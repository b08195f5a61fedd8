using Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;
using Harvester.Testing.ApiServer.Resources.BuiltIn.Workloads;
using Harvester.Testing.ApiServer.Resources.Definitions;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>Which built-in kind has peculiarities, and who knows them.</summary>
internal static class BuiltInStrategies
{
    /// <summary>The strategy of a built-in kind.</summary>
    /// <param name="group">Its API group.</param>
    /// <param name="plural">Its plural name.</param>
    public static KindStrategy For(string group, string plural) => (group, plural) switch
    {
        ("", "pods") => new PodStrategy(),
        ("", "replicationcontrollers") => new ReplicationControllerStrategy(),
        ("", "podtemplates") => new PodTemplateStrategy(),
        ("apps", "daemonsets") => new DaemonSetStrategy(),
        ("apps", "deployments") => new DeploymentStrategy(),
        ("apps", "replicasets") => new ReplicaSetStrategy(),
        ("apps", "statefulsets") => new StatefulSetStrategy(),
        ("batch", "cronjobs") => new CronJobStrategy(),
        ("batch", "jobs") => new JobStrategy(),
        ("apiextensions.k8s.io", "customresourcedefinitions") => new DefinitionStrategy(),
        _ => ObjectStrategies.For(group, plural),
    };
}
