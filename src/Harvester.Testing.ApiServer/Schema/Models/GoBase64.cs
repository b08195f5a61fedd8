namespace Harvester.Testing.ApiServer.Schema.Models;

/// <summary>Checks base64 as Go's standard encoding does.</summary>
internal static class GoBase64
{
    /// <summary>The position Go's decoder complains of, or null when the text is base64 with padding.</summary>
    /// <param name="text">The text, without line breaks.</param>
    public static int? FirstError(string text)
    {
        for (var group = 0; group < text.Length; group += 4)
        {
            for (var i = 0; i < 4; i++)
            {
                var at = group + i;
                if (at >= text.Length)
                {
                    // A group that ends early is reported at the characters it has.
                    return group;
                }

                if (IsDigit(text[at]))
                {
                    continue;
                }

                if (text[at] != '=' || i < 2)
                {
                    return at;
                }

                if (i == 2 && (at + 1 >= text.Length || text[at + 1] != '='))
                {
                    return at + 1 >= text.Length ? text.Length : at;
                }

                var end = i == 2 ? at + 2 : at + 1;
                return end < text.Length ? end : null;
            }
        }

        return null;
    }

    private static bool IsDigit(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '/';
}
