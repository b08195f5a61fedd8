using System.Buffers.Text;
using System.Text.Json;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>Where the next page of a list begins (G-6, G-7).</summary>
/// <param name="Revision">The revision the list is read at; negative for whatever is newest.</param>
/// <param name="Start">The first key of the page, relative to the list's own prefix; usually a key and a zero character.</param>
internal readonly record struct ContinueToken(long Revision, string Start)
{
    private const string Format = "meta.k8s.io/v1";

    /// <summary>The token for what follows a key.</summary>
    public static ContinueToken After(long revision, string key) => new(revision, key + "\0");

    /// <summary>Reads a token.</summary>
    /// <exception cref="ApiFailure">400: nobody handed this token out.</exception>
    public static ContinueToken Read(string text)
    {
        JsonValue json;
        try
        {
            json = JsonText.Read(Base64Url.DecodeFromChars(text.TrimEnd('=')));
        }
        catch (Exception failure) when (failure is JsonException or FormatException)
        {
            throw Broken($"continue key is not valid: {failure.Message}");
        }

        if (json["v"]?.AsString != Format)
        {
            throw Broken($"continue key is not valid: server does not recognize this encoded version \"{json["v"]?.AsString}\"");
        }

        if (json["rv"]?.AsInteger is not { } revision || revision == 0)
        {
            throw Broken($"continue key is not valid: incorrect encoded start resourceVersion (version {Format})");
        }

        var start = json["start"]?.AsString ?? "";
        if (start.Length == 0)
        {
            throw Broken($"continue key is not valid: encoded start key empty (version {Format})");
        }

        // A key that leads out of its prefix once dots are resolved is no key.
        return start.Split('/').Any(part => part is "" or "." or "..")
            ? throw Broken($"continue key is not valid: {start}")
            : new ContinueToken(revision, start);
    }

    public override string ToString() =>
        Base64Url.EncodeToString(JsonText.WriteUtf8(JsonObject.Of(("v", Format), ("rv", Revision), ("start", Start))));

    private static ApiFailure Broken(string why) => ApiFailure.BadRequest($"invalid continue token: {why}");
}
