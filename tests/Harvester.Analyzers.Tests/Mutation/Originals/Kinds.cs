using k8s;
using k8s.Models;

namespace Shop.Kinds;

[KubernetesEntity(Group = "shop.example.io", ApiVersion = "v1", Kind = "Database", PluralName = "databases")]
public sealed class Database : IKubernetesObject<V1ObjectMeta>, ISpec<DatabaseSpec>, IStatus<DatabaseStatus>
{
    public string ApiVersion { get; set; } = "shop.example.io/v1";

    public string Kind { get; set; } = "Database";

    public V1ObjectMeta Metadata { get; set; } = new();

    public DatabaseSpec Spec { get; set; } = new();

    public DatabaseStatus Status { get; set; } = new();
}

public sealed class DatabaseSpec
{
    public string Engine { get; set; } = "postgres";

    public string Version { get; set; } = "";

    public int Replicas { get; set; } = 1;

    public bool Paused { get; set; }
}

public enum DatabasePhase
{
    New,
    Creating,
    Ready,
    Failed,
}

public sealed class DatabaseStatus
{
    public DatabasePhase Phase { get; set; }

    public string? Message { get; set; }

    public string? PreviousVersion { get; set; }

    public string? ConfigHash { get; set; }

    public bool Initialized { get; set; }

    public int ReadyReplicas { get; set; }

    public DateTime? StartedAt { get; set; }

    public IList<DatabaseCondition> Conditions { get; set; } = new List<DatabaseCondition>();
}

public sealed class DatabaseCondition
{
    public string Type { get; set; } = "";

    public string Status { get; set; } = "Unknown";

    public string Reason { get; set; } = "";
}

[KubernetesEntity(Group = "shop.example.io", ApiVersion = "v1", Kind = "Backup", PluralName = "backups")]
public sealed class Backup : IKubernetesObject<V1ObjectMeta>, ISpec<BackupSpec>, IStatus<BackupStatus?>
{
    public string ApiVersion { get; set; } = "shop.example.io/v1";

    public string Kind { get; set; } = "Backup";

    public V1ObjectMeta Metadata { get; set; } = new();

    public BackupSpec Spec { get; set; } = new();

    public BackupStatus? Status { get; set; }
}

public sealed class BackupSpec
{
    public string DatabaseName { get; set; } = "";

    public string Bucket { get; set; } = "";
}

public sealed class BackupStatus
{
    public string? Phase { get; set; }

    public string? JobName { get; set; }

    public string? SnapshotId { get; set; }

    public DateTime? FinishedAt { get; set; }
}
