namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>What a token is.</summary>
internal enum CelTokenKind
{
    End,
    Symbol,
    Identifier,
    EscapedIdentifier,
    Int,
    Uint,
    Float,
    String,
    Bytes,
}

/// <summary>A token of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a symbol or a keyword the symbol itself.</param>
/// <param name="At">Its first character.</param>
/// <param name="End">The character after its last.</param>
internal readonly record struct CelToken(CelTokenKind Kind, string Text, int At, int End)
{
    /// <summary>True for a symbol or keyword.</summary>
    /// <param name="symbol">The symbol.</param>
    public bool Is(string symbol) => Kind == CelTokenKind.Symbol && Text == symbol;

    /// <summary>The token as syntax errors show it.</summary>
    public string Shown => Kind == CelTokenKind.End
        ? "'<EOF>'"
        : $"'{Text.Replace("\n", "\\n").Replace("\r", "\\r").Replace("\t", "\\t")}'";
}
