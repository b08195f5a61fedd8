using BenchmarkDotNet.Running;
using Harvester.Analyzers.Benchmarks;

// `share` builds a generated project with the compiler's own figures, `rules` takes the driver off; everything else is BenchmarkDotNet's.
if (args is ["share", ..])
{
    return await CompilerShare.RunAsync(args[1..]);
}

if (args is ["rules", ..])
{
    return await RuleTimes.RunAsync(runs: args is [_, "--runs", var text] ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 15);
}

BenchmarkSwitcher.FromAssembly(typeof(RuleBenchmarks).Assembly).Run(args);
return 0;
