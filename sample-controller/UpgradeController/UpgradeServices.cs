using Harvester.ControllerRuntime;
using k8s;
using Microsoft.Extensions.Logging;

namespace Harvester.Samples.UpgradeController;

/// <summary>What the steps work with. The three guards can be exchanged, to see what each of them is for.</summary>
public sealed class UpgradeServices
{
    public UpgradeServices(IKubernetes client, TimeProvider time, ILoggerFactory loggers, IUpgradeRepository repository)
    {
        Client = client;
        Time = time;
        Repository = repository;
        Log = loggers.CreateLogger("upgrade");
        UpgradeLogLog = loggers.CreateLogger("upgradelog");
        Children = new UpgradeChildren(client);
        Status = new StatusWriter(client);
        Marker = new AnnotationMarker(client);
        Records = new ConfigMapRecords(client);
        Rebuilder = new StatusRebuilder(Children, time);
    }

    public IKubernetes Client { get; }

    public TimeProvider Time { get; }

    public ILogger Log { get; }

    public ILogger UpgradeLogLog { get; }

    public IUpgradeRepository Repository { get; }

    public UpgradeChildren Children { get; }

    public StatusWriter Status { get; }

    public IDurableMarker Marker { get; set; }

    public IUpgradeRecords Records { get; set; }

    public IStatusRebuilder Rebuilder { get; set; }
}
