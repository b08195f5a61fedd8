namespace Harvester.Analyzers.Tests.Verification;

/// <summary>
/// A file of the repository that is made of something else. The test fails where it is not up to date; with <c>UPDATE_GENERATED=1</c> in
/// the environment it is written instead.
/// </summary>
internal static class GeneratedFile
{
    public static void Check(string wanted, params string[] path)
    {
        var file = RepositoryRoot.At(path);
        if (Environment.GetEnvironmentVariable("UPDATE_GENERATED") == "1")
        {
            File.WriteAllText(file, wanted);
        }

        Assert.True(
            File.Exists(file) && File.ReadAllText(file) == wanted,
            $"{string.Join('/', path)} is not up to date: run the tests with UPDATE_GENERATED=1 in the environment");
    }
}
