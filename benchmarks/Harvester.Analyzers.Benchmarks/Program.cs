using BenchmarkDotNet.Running;
using Harvester.Analyzers.Benchmarks;

// `share` builds a generated project with the compiler's own figures; everything else is BenchmarkDotNet's.
if (args is ["share", ..])
{
    return await CompilerShare.RunAsync(args[1..]);
}

BenchmarkSwitcher.FromAssembly(typeof(RuleBenchmarks).Assembly).Run(args);
return 0;
