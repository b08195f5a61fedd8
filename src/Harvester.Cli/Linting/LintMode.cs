namespace Harvester.Cli.Linting;

/// <summary>How much the rules say: the values of the MSBuild property HarvesterAnalysisMode.</summary>
internal enum LintMode
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Every rule at the severity of its row in the catalogue.</summary>
    Default,

    /// <summary>What one would want in a build of one's own: the notes of certain rules are warnings.</summary>
    Recommended,

    /// <summary>All rules, the headline rules as errors, and only strong guards count.</summary>
    Strict,
}
