using System.Globalization;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>One field's error, as a cause of an Invalid status.</summary>
internal readonly record struct Cause(string Reason, string Message, string Field);

/// <summary>A request that fails: thrown by whoever notices, turned into a Status body at the end of the pipeline.</summary>
internal sealed class ApiFailure : Exception
{
    private ApiFailure(int code, string? reason, string message, JsonObject? details = null)
        : base(message)
    {
        Code = code;
        Reason = reason;
        Details = details;
    }

    public int Code { get; }

    public string? Reason { get; }

    public JsonObject? Details { get; }

    /// <summary>True when the answer is plain text instead of a Status.</summary>
    public bool IsText { get; private init; }

    /// <summary>The continue token in the metadata of the answer, or null.</summary>
    public string? Continue { get; private init; }

    public static ApiFailure PageNotFound() => new(404, null, "404 page not found\n") { IsText = true };

    public static ApiFailure NotFound(GroupResource resource, string name) =>
        new(404, "NotFound", $"{resource} \"{name}\" not found", DetailsOf(name, resource.Group, resource.Resource));

    public static ApiFailure ResourceNotFound() =>
        new(404, "NotFound", "the server could not find the requested resource", JsonObject.Empty);

    public static ApiFailure AlreadyExists(GroupResource resource, string name, string prefix = "") =>
        new(409, "AlreadyExists", $"{prefix}{resource} \"{name}\" already exists", DetailsOf(name, resource.Group, resource.Resource));

    public static ApiFailure NameNotFree(GroupResource resource, string name) =>
        new(
            409,
            "AlreadyExists",
            $"{resource} \"{name}\" already exists, the server was not able to generate a unique name for the object",
            DetailsOf(name, resource.Group, resource.Resource).With("retryAfterSeconds", 1));

    public static ApiFailure Conflict(GroupResource resource, string name, string why) =>
        new(
            409,
            "Conflict",
            $"Operation cannot be fulfilled on {resource} \"{name}\": {why}",
            DetailsOf(name, resource.Group, resource.Resource));

    public static ApiFailure Modified(GroupResource resource, string name) =>
        Conflict(resource, name, "the object has been modified; please apply your changes to the latest version and try again");

    /// <summary>An apply that wants to change what others own (A-3).</summary>
    public static ApiFailure ApplyConflict(string message, IEnumerable<Cause> causes) =>
        new(409, "Conflict", message, JsonObject.Of(("causes", CausesOf(causes))));

    public static ApiFailure BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiFailure Forbidden(GroupResource resource, string name, string why, JsonArray? causes = null)
    {
        var details = DetailsOf(name, resource.Group, resource.Resource);
        return new(
            403,
            "Forbidden",
            name.Length == 0 ? $"{resource} is forbidden: {why}" : $"{resource} \"{name}\" is forbidden: {why}",
            causes is null ? details : details.With("causes", causes));
    }

    /// <summary>A path that is none of a resource and that the user may not ask for.</summary>
    public static ApiFailure ForbiddenPath(string message) => new(403, "Forbidden", message, JsonObject.Empty);

    /// <summary>A token nobody knows (H-4).</summary>
    public static ApiFailure Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    /// <summary>A method no path of this kind has.</summary>
    public static ApiFailure MethodNotServed() =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", JsonObject.Empty);

    public static ApiFailure Internal(string message) => new(500, null, message);

    /// <summary>A defect the server names.</summary>
    public static ApiFailure InternalError(string why) => new(
        500,
        "InternalError",
        $"Internal error occurred: {why}",
        JsonObject.Of(("causes", JsonArray.Of(JsonObject.Of(("message", why))))));

    public static ApiFailure Unsupported(string what) => new(501, "NotImplemented", $"this API server does not support {what} yet");

    public static ApiFailure MethodNotAllowed(string verb, GroupResource resource) =>
        new(
            405,
            "MethodNotAllowed",
            $"{verb} is not supported on resources of kind \"{resource}\"",
            DetailsOf("", resource.Group, resource.Resource));

    public static ApiFailure UnsupportedMediaType(IEnumerable<string> accepted) =>
        new(
            415,
            "UnsupportedMediaType",
            "the body of the request was in an unknown format - accepted media types include: " + string.Join(", ", accepted));

    /// <summary>A body of a built-in kind without a type does not get as far as its verb.</summary>
    public static ApiFailure NoMediaType() => new(415, "UnsupportedMediaType", "415: Unsupported Media Type", JsonObject.Empty);

    public static ApiFailure NotAcceptable() =>
        NotAcceptable("only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf");

    public static ApiFailure NotAcceptable(string message) => new(406, "NotAcceptable", message);

    public static ApiFailure TooManyRequests(string message, string causeReason, string cause, long? retryAfterSeconds) => new(
        429,
        "TooManyRequests",
        message,
        JsonObject.Of(
            ("causes", JsonArray.Of(JsonObject.Of(("reason", causeReason), ("message", cause)))),
            ("retryAfterSeconds", retryAfterSeconds is { } seconds ? (JsonValue)seconds : null)));

    public static ApiFailure TooLarge(string message) => new(413, "RequestEntityTooLarge", message);

    /// <summary>A revision that was compacted; a list may go on, inconsistently, with another token (G-7).</summary>
    public static ApiFailure Expired(string message, string? continueToken = null) =>
        new(410, "Expired", message) { Continue = continueToken };

    public static ApiFailure VersionTooLarge(long asked, long current) =>
        new(
            504,
            "Timeout",
            string.Create(CultureInfo.InvariantCulture, $"Timeout: Too large resource version: {asked}, current: {current}"),
            JsonObject.Of(
                ("causes", JsonArray.Of(JsonObject.Of(("reason", "ResourceVersionTooLarge"), ("message", "Too large resource version")))),
                ("retryAfterSeconds", 1)));

    /// <summary>A patch that could not be carried out (P-5).</summary>
    public static ApiFailure BadPatch(int code, string message) =>
        code == 500 ? Internal(message) : code == 422 ? new(422, "Invalid", message, JsonObject.Empty) : code == 413 ? TooLarge(message) : BadRequest(message);

    /// <summary>An object with errors (V-4): <paramref name="kind"/> is <c>Kind.group</c>.</summary>
    public static ApiFailure Invalid(string group, string kind, string name, IReadOnlyCollection<Cause> causes)
    {
        var list = causes.Select(cause => cause.Field.Length == 0 ? cause.Message : $"{cause.Field}: {cause.Message}").Distinct().ToList();
        var text = list.Count == 1 ? list[0] : $"[{string.Join(", ", list)}]";
        var qualified = group.Length == 0 ? kind : $"{kind}.{group}";
        var details = DetailsOf(name, group, kind).With("causes", CausesOf(causes));
        return new(422, "Invalid", $"{qualified} \"{name}\" is invalid: {text}", details);
    }

    /// <summary>The body of the answer.</summary>
    public JsonObject ToStatus() => JsonObject.Of(
        ("kind", "Status"),
        ("apiVersion", "v1"),
        ("metadata", Continue is null ? JsonObject.Empty : JsonObject.Of(("continue", Continue))),
        ("status", "Failure"),
        ("message", Message),
        ("reason", Reason is null ? null : (JsonValue)Reason),
        ("details", Details),
        ("code", (long)Code));

    private static JsonArray CausesOf(IEnumerable<Cause> causes) => JsonArray.Of(causes.Select(cause => (JsonValue)JsonObject.Of(
        ("reason", cause.Reason),
        ("message", cause.Message),
        ("field", cause.Field))));

    private static JsonObject DetailsOf(string name, string group, string kind) => JsonObject.Of(
        ("name", name.Length == 0 ? null : (JsonValue)name),
        ("group", group.Length == 0 ? null : (JsonValue)group),
        ("kind", kind.Length == 0 ? null : (JsonValue)kind));
}
