namespace Harvester.Analyzers.Tests.Mutation;

/// <summary>Slips in a configuration: a value, a key, a word of a table, a name that no longer is.</summary>
internal static class ConfigurationMutations
{
    /// <summary>Every mutant of the header of a source.</summary>
    public static IEnumerable<Mutant> Of(string source)
    {
        foreach (var line in source.Split('\n').TakeWhile(line => line.StartsWith("//", StringComparison.Ordinal)))
        {
            foreach (var (what, changed) in line.Split(": ", 2) switch
            {
                ["// option", var option] => Options(option),
                ["// table", var entry] => Entries(entry),
                _ => [],
            })
            {
                yield return new Mutant("HARV0001", $"{what} in '{line}'", source.Replace(line, line[..(line.IndexOf(": ", StringComparison.Ordinal) + 2)] + changed, StringComparison.Ordinal));
            }
        }
    }

    private static IEnumerable<(string What, string Line)> Options(string option)
    {
        var parts = option.Split(" = ");
        yield return ("another value", $"{parts[0]} = {parts[1]}ly");
        yield return ("another key", $"{parts[0]}s = {parts[1]}");
    }

    private static IEnumerable<(string What, string Line)> Entries(string entry)
    {
        var parts = entry.Split(' ');
        yield return ("another word", $"{parts[0]}s {parts[1]}");
        yield return ("no name", parts[0]);
        yield return ("a blank in the name", $"{parts[0]} {parts[1].Insert(parts[1].Length / 2, " ")}");
        if (parts[1].StartsWith("M:", StringComparison.Ordinal))
        {
            yield return ("a method that is not there", $"{parts[0]} {parts[1].Replace("(", "It(", StringComparison.Ordinal).Replace("``1It", "It``1", StringComparison.Ordinal)}");
        }
    }
}
