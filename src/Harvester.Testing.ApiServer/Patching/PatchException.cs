namespace Harvester.Testing.ApiServer.Patching;

/// <summary>A patch that cannot be read or applied, with the answer kube-apiserver gives (statements P-5, P-11).</summary>
/// <param name="statusCode">The HTTP status: 400 for a malformed patch, 500 for one of a shape nobody expected, 422 for one that does not apply, 413 for one too long.</param>
/// <param name="message">The text of the answer.</param>
internal sealed class PatchException(int statusCode, string message) : Exception(message)
{
    /// <summary>What kube-apiserver says, without details, of any patch it understood but could not apply.</summary>
    private const string Rejected = "the server rejected our request due to an error in our request";

    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; } = statusCode;

    /// <summary>The reason of the Status that goes with <see cref="StatusCode"/>.</summary>
    public string Reason => StatusCode switch
    {
        400 => "BadRequest",
        413 => "RequestEntityTooLarge",
        _ => "Invalid",
    };

    /// <summary>The patch is no patch.</summary>
    /// <param name="message">Why.</param>
    internal static PatchException Malformed(string message) => new(400, message);

    /// <summary>The patch failed in a way for which kube-apiserver has no answer but an internal error.</summary>
    /// <param name="message">Why.</param>
    internal static PatchException Failed(string message) => new(500, message);

    /// <summary>The patch does not apply to the document; kube-apiserver keeps the cause to itself.</summary>
    internal static PatchException DoesNotApply() => new(422, Rejected);
}
