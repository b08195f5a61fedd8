namespace Harvester.Analyzers.ClientModel;

/// <summary>Names as words in Pascal case.</summary>
internal static class Words
{
    /// <summary>Whether a name begins with the word: <c>GetAsync</c> begins with <c>Get</c>, <c>Getaway</c> does not.</summary>
    public static bool BeginsWith(string name, string word) =>
        name.StartsWith(word, StringComparison.Ordinal) && (name.Length == word.Length || !char.IsLower(name[word.Length]));

    /// <summary>Whether a name begins with one of the words.</summary>
    public static bool BeginsWith(string name, string[] words) => words.Any(word => BeginsWith(name, word));

    /// <summary>The camel case of System.Text.Json, in which the client writes members: of leading capitals, all but the one that begins the next word.</summary>
    public static string CamelCase(string name)
    {
        var letters = name.ToCharArray();
        for (var i = 0; i < letters.Length && char.IsUpper(letters[i]) && (i == 0 || i + 1 == letters.Length || char.IsUpper(letters[i + 1])); i++)
        {
            letters[i] = char.ToLowerInvariant(letters[i]);
        }

        return new string(letters);
    }
}
