namespace Harvester.Cli.Rendering;

/// <summary>What a piece of text means; the terminal decides how that looks.</summary>
internal enum Tone
{
    /// <summary>Ordinary text.</summary>
    Plain,

    /// <summary>Detail that may be skipped.</summary>
    Quiet,

    /// <summary>A title.</summary>
    Heading,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Not as it should be.</summary>
    Bad,

    /// <summary>Worth a look.</summary>
    Notice,

    /// <summary>A log line of a controller.</summary>
    Log,
}
