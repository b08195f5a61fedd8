namespace Harvester.Testing.ApiServer.Tests.Conformance;

/// <summary>Pass rates: in the test's output, and in the file that HARVESTER_RATES names, which <c>.ci/run</c> prints.</summary>
internal static class Rates
{
    private static readonly Lock Gate = new();

    /// <summary>Says one line.</summary>
    public static void Say(ITestOutputHelper output, string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("HARVESTER_RATES") is { Length: > 0 } file)
        {
            lock (Gate)
            {
                File.AppendAllText(file, line + "\n");
            }
        }
    }
}
