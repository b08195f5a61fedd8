using System.Globalization;
using BenchmarkDotNet.Running;
using Harvester.Benchmarks;

// `memory` weighs 20,000 objects, `quick` looks at the verbs with a stopwatch; everything else is BenchmarkDotNet's.
if (args is ["memory", ..])
{
    await MemoryOfObjects.RunAsync();
    return 0;
}

if (args is ["quick", "start"])
{
    QuickLook.Starts();
    return 0;
}

if (args is ["quick", ..])
{
    await QuickLook.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000);
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(VerbBenchmarks).Assembly).Run(args);
return 0;
