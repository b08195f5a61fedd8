using BenchmarkDotNet.Running;
using Harvester.Benchmarks;

// `memory` weighs 20,000 objects; everything else is BenchmarkDotNet's.
if (args is ["memory", ..])
{
    await MemoryOfObjects.RunAsync();
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(VerbBenchmarks).Assembly).Run(args);
return 0;
