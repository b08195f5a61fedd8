using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Harvester.Cli.Linting;

/// <summary>An additional file handed to the rules.</summary>
internal sealed class TextFile(string path, string text) : AdditionalText
{
    /// <inheritdoc />
    public override string Path => path;

    /// <inheritdoc />
    public override SourceText GetText(CancellationToken cancellationToken = default) =>
        SourceText.From(text, System.Text.Encoding.UTF8);
}
