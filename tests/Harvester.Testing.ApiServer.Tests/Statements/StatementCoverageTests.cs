using System.Reflection;
using Harvester.Testing.ApiServer.Tests.Conformance;

namespace Harvester.Testing.ApiServer.Tests.Statements;

/// <summary>Every statement is shown by a recorded case that passes or by a test that names it, and no test names another.</summary>
public class StatementCoverageTests
{
    // Needs a request that outlasts the server's bound of 34 seconds; no request of this server does.
    private static readonly string[] NotShown = ["X-10"];

    private static readonly ILookup<string, string> CasesByStatement =
        File.ReadLines(Path.Combine(RecordedCase.Folder, "statements.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' '))
            .SelectMany(
                words => words.Length > 1 ? words[1..] : [""],
                (words, recorded) => (Id: words[0], Case: recorded))
            .ToLookup(pair => pair.Id, pair => pair.Case);

    private static readonly HashSet<string> Named =
    [
        .. typeof(StatementCoverageTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Cast<MemberInfo>().Append(type))
            .SelectMany(member => member.GetCustomAttributes<StatementAttribute>())
            .Select(statement => statement.Id),
    ];

    [Fact]
    public void Every_statement_has_a_test_or_a_recorded_case_that_passes()
    {
        var missing = CasesByStatement
            .Where(statement => !Named.Contains(statement.Key)
                && !NotShown.Contains(statement.Key)
                && !statement.Any(name => name.Length > 0 && !KnownDifferences.IsWholeCase(name)))
            .Select(statement => statement.Key);
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_named_statement_and_case_exists()
    {
        Assert.Equal([], Named.Except(CasesByStatement.Select(statement => statement.Key)));
        Assert.Equal([], CasesByStatement.SelectMany(cases => cases).Where(name => name.Length > 0).Except(Conformance.Conformance.Cases.Keys));
    }
}
