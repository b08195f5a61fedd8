using Spectre.Console;

namespace Harvester.Cli.Rendering;

/// <summary>Writes lines of toned pieces: in colour on a terminal, as plain text everywhere else.</summary>
internal sealed class Terminal
{
    private readonly TextWriter output;
    private readonly IAnsiConsole? console;

    /// <summary>Creates a terminal over the writer.</summary>
    public Terminal(TextWriter output, bool colour)
    {
        this.output = output;
        if (colour)
        {
            console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        }
    }

    /// <summary>Writes one line.</summary>
    public void Line(string text = "", Tone tone = Tone.Plain) => Line((text, tone));

    /// <summary>Writes one line made of pieces.</summary>
    public void Line(params ReadOnlySpan<(string Text, Tone Tone)> pieces)
    {
        // Piped text goes out as it is: a console of unknown width would wrap it, and grep would miss half a line.
        if (console is null)
        {
            foreach (var (text, _) in pieces)
            {
                output.Write(text);
            }

            output.WriteLine();
            return;
        }

        var paragraph = new Paragraph();
        foreach (var (text, tone) in pieces)
        {
            paragraph.Append(text, StyleOf(tone));
        }

        console.Write(paragraph);
        console.WriteLine();
    }

    /// <summary>Writes a title with an empty line before it and a rule below it.</summary>
    public void Heading(string title)
    {
        Line();
        Line(title, Tone.Heading);
        Line(new string('-', title.Length), Tone.Heading);
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Quiet => new Style(Color.Grey),
        Tone.Heading => new Style(Color.Aqua, decoration: Decoration.Bold),
        Tone.Good => new Style(Color.Green),
        Tone.Bad => new Style(Color.Red, decoration: Decoration.Bold),
        Tone.Notice => new Style(Color.Yellow),
        Tone.Log => new Style(Color.Blue),
        _ => Style.Plain,
    };
}
