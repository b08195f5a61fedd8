using System.Globalization;

namespace Harvester.Analyzers.Tests.Robustness;

/// <summary>Real controllers, damaged: no rule may throw or go on for ever over what somebody is typing.</summary>
public class MutatedSourceTests
{
    private const int Batch = 25;

    // 200 in every run; .ci/nightly asks for a thousand.
    private static readonly int Count = int.TryParse(
        Environment.GetEnvironmentVariable("HARVESTER_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 200;

    private static readonly string[] Sources =
        [.. new[] { "HistoricalController", "UpgradeController" }
            .SelectMany(project => Directory.EnumerateFiles(RepositoryRoot.At("sample-controller", project), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal)];

    public static TheoryData<int> Batches() => [.. Enumerable.Range(0, (Count + Batch - 1) / Batch)];

    [Theory]
    [MemberData(nameof(Batches))]
    public async Task No_rule_throws_over_damaged_code(int batch)
    {
        for (var seed = batch * Batch; seed < Math.Min(Count, (batch + 1) * Batch); seed++)
        {
            var file = Sources[seed % Sources.Length];
            var damaged = TokenMutator.Mutate(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), seed);
            try
            {
                await RuleRun.FindingsAsync(RuleRun.Compile((Path.GetFileName(file), damaged)));
            }
            catch (Exception failure) when (failure is not OperationCanceledException { CancellationToken.IsCancellationRequested: false })
            {
                Assert.Fail($"seed {seed} of {Path.GetFileName(file)}: {failure.Message}\n{damaged}");
            }
        }
    }
}
