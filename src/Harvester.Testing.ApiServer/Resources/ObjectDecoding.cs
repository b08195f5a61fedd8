using System.Globalization;
using System.Text;
using System.Text.Json;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Patching;
using Harvester.Testing.ApiServer.Resources.BuiltIn;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>From the bytes of a request to an object ready for a verb: parsed, typed, pruned and with its defaults.</summary>
internal static class ObjectDecoding
{
    public const int BodyLimit = 3 * 1024 * 1024;

    private static readonly string[] BodyTypes =
        ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"];

    /// <summary>Reads the body of a POST or PUT.</summary>
    public static JsonObject Read(RequestContext context)
    {
        var body = context.Request.Body;
        if (body.Length > BodyLimit)
        {
            throw ApiFailure.TooLarge("Request entity too large: limit is 3145728");
        }

        var kind = context.Kind;
        var complaints = new List<string>();
        var parsed = Parse(context, kind.Kind, complaints);
        if (parsed is not JsonObject value)
        {
            throw Unrecognized(kind.Kind, parsed.IsNull ? "Object 'Kind' is missing in 'null'" : "couldn't get version/kind; json parse error: json: cannot unmarshal " + GoName(parsed) + " into Go value", body);
        }

        value = CheckType(value, context, body);
        return Complete(value, context, complaints);
    }

    /// <summary>Reads the body of a request in whichever media type it comes (H-3).</summary>
    /// <param name="context">The request.</param>
    /// <param name="expected">The type the body should be of, for error texts.</param>
    /// <param name="complaints">Receives what only strict validation minds: members given twice.</param>
    public static JsonValue Parse(RequestContext context, string expected, List<string> complaints)
    {
        var body = context.Request.Body;
        switch (MediaType(context.Request.ContentType).ToLowerInvariant())
        {
            case "application/json" when context.Request.Parsed is not null:
                return context.Request.Parsed;
            case "" or "application/json":
                return ParseJson(body, expected, complaints);
            case "application/yaml":
                return ParseYaml(body, expected, complaints);
            case "application/vnd.kubernetes.protobuf":
                // Bodies of built-in kinds were turned into JSON where they came in; custom kinds have no messages.
                throw ApiFailure.BadRequest($"the body of a {context.Kind.Kind} cannot be a protobuf message");
            default:
                throw ApiFailure.UnsupportedMediaType(BodyTypes);
        }
    }

    /// <summary>Types, prunes and completes an object that a patch made.</summary>
    /// <param name="value">The object.</param>
    /// <param name="context">The request.</param>
    /// <param name="duplicates">What there is to complain of already.</param>
    /// <param name="strategic">The patch when it was a strategic merge patch, for error texts; null for another kind of patch.</param>
    public static JsonObject Patched(JsonObject value, RequestContext context, List<string> duplicates, JsonValue? strategic = null)
    {
        var apiVersion = value.Find("apiVersion")?.AsString ?? "";
        if (context.Kind.IsCustom && apiVersion.Length > 0 && apiVersion != context.Kind.ApiVersion)
        {
            duplicates.AddRange(UnknownTo(apiVersion, value, context.Kind).Select(path => $"unknown field \"{path}\""));
        }

        string Shown() => strategic is null ? value.ToString() : GoPrint.Of(strategic);
        try
        {
            return Complete(value, context, duplicates, Shown, strategic is not null);
        }
        catch (ApiFailure failure) when (failure.Code == 400 && !context.Kind.IsCustom)
        {
            // What does not fit the kind's types is the patch's fault.
            var prefix = CannotHandle(context.Kind);
            var why = failure.Message.StartsWith(prefix, StringComparison.Ordinal) ? failure.Message[prefix.Length..] : failure.Message;
            throw BadPatchValue(Shown(), why);
        }
    }

    /// <summary>Types and completes an object that an apply made; its types were checked, nulls count as given .</summary>
    public static JsonObject Applied(JsonObject value, RequestContext context)
    {
        var kind = context.Kind;
        value = ObjectMetadata.Coerce(value, kind, []);
        return kind.IsCustom
            ? kind.Schema?.CompleteApplied(value) ?? value
            : kind.Strategy.ApplyDefaults(ModelSchema.Decode(value, kind, []));
    }

    public static string MediaType(string? contentType)
    {
        var text = contentType ?? "";
        var at = text.IndexOf(';', StringComparison.Ordinal);
        return (at < 0 ? text : text[..at]).Trim();
    }

    // The text of a patched object is asked for only when there is something wrong with it.
    private static JsonObject Complete(
        JsonObject value, RequestContext context, List<string> complaints, Func<string>? patched = null, bool fromMap = false)
    {
        var kind = context.Kind;
        var unknown = new List<string>();
        value = ObjectMetadata.Coerce(value, kind, unknown);
        if (kind.Schema is { } schema)
        {
            value = schema.Complete(value, kind, unknown);
        }
        else if (!kind.IsCustom)
        {
            value = kind.Strategy.ApplyDefaults(ModelSchema.Decode(value, kind, unknown, fromMap));
        }

        complaints.AddRange(unknown.Select(path => $"unknown field \"{path}\""));
        if (complaints.Count == 0 || context.FieldValidation == "Ignore")
        {
            return value;
        }

        if (context.FieldValidation == "Strict")
        {
            var text = "strict decoding error: " + string.Join(", ", complaints);
            throw patched is null ? ApiFailure.BadRequest(CannotHandle(kind) + text) : BadPatchValue(patched(), text);
        }

        context.Warnings.AddRange(complaints);
        return value;
    }

    private static string CannotHandle(ResourceKind kind) =>
        $"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: ";

    private static ApiFailure BadPatchValue(string shown, string why) => ApiFailure.Invalid(
        "", "", "", [new Cause("FieldValueInvalid", $"Invalid value: {GoText.Quote(shown)}: {why}", "patch")]);

    // What is another kind, or none at all, cannot be read as this one.
    private static void CheckConvertible(RequestContext context, string apiVersion, string kindName)
    {
        var kind = context.Kind;
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "" : apiVersion[..slash];
        var version = apiVersion[(slash + 1)..];
        var isKnown = kindName == "Status" && apiVersion == "v1";
        isKnown |= BuiltInKinds.All.Any(other => other.Kind == kindName && other.ApiVersion == apiVersion);
        if (isKnown && group == kind.Group && kindName == kind.Kind)
        {
            return;
        }

        var package = kind.Group.Length == 0 ? "core" : kind.Group.Split('.')[0];
        throw ApiFailure.BadRequest($"{kindName} in version \"{version}\" cannot be handled as a {kind.Kind}: " + (isKnown
            ? $"converting ({version}.{kindName}) to ({package}.{kind.Kind}): unknown conversion"
            : $"no kind \"{kindName}\" is registered for version \"{apiVersion}\" in scheme \"pkg/runtime/scheme.go:111\""));
    }

    private static JsonObject CheckType(JsonObject value, RequestContext context, ReadOnlyMemory<byte> body)
    {
        var kind = context.Kind;
        var apiVersion = value.Find("apiVersion")?.AsString ?? "";
        var kindName = value.Find("kind")?.AsString ?? "";
        if (!kind.IsCustom)
        {
            // The built-in kinds' decoder knows what it expects and fills in what the body leaves out.
            if (apiVersion.Length == 0 && kindName.Length == 0)
            {
                return value.With("apiVersion", kind.ApiVersion).With("kind", kind.Kind);
            }

            if (kindName.Length == 0)
            {
                value = value.With("kind", kindName = kind.Kind);
            }

            if (apiVersion.Length == 0)
            {
                value = value.With("apiVersion", apiVersion = kind.ApiVersion);
            }
        }

        if (kindName.Length == 0)
        {
            throw Unrecognized(kind.Kind, $"Object 'Kind' is missing in '{Encoding.UTF8.GetString(body.Span)}'", body);
        }

        if (!kind.IsCustom && kindName != kind.Kind && IsOtherType(apiVersion, kindName))
        {
            // Every kind has a type inside the server; only versions of one kind have the same.
            var version = apiVersion[(apiVersion.IndexOf('/', StringComparison.Ordinal) + 1)..];
            var package = kind.Group.Length == 0 ? "core" : kind.Group.Split('.')[0];
            throw ApiFailure.BadRequest(
                $"{kindName} in version \"{version}\" cannot be handled as a {kind.Kind}: converting ({version}.{kindName}) to ({package}.{kind.Kind}): unknown conversion");
        }

        if (!kind.IsCustom && (apiVersion != kind.ApiVersion || kindName != kind.Kind) && kind.Model is not null)
        {
            CheckConvertible(context, apiVersion, kindName);
        }

        if (apiVersion != kind.ApiVersion)
        {
            if (context.FieldValidation == "Warn" && kind.IsCustom && apiVersion.Length > 0)
            {
                context.Warnings.AddRange(UnknownTo(apiVersion, value, context.Kind).Select(path => $"unknown field \"{path}\""));
            }

            throw ApiFailure.BadRequest(
                $"the API version in the data ({apiVersion}) does not match the expected API version ({kind.ApiVersion})");
        }

        if (kindName != kind.Kind && !kind.IsCustom)
        {
            var isKnown = context.Server.FindKindByName(apiVersion, kindName) is not null || kindName.EndsWith("List", StringComparison.Ordinal);
            var why = isKnown
                ? $"converting ({kindName}) to ({kind.Kind}): unknown conversion"
                : $"no kind \"{kindName}\" is registered for version \"{apiVersion}\" in scheme \"pkg/runtime/scheme.go:111\"";
            throw ApiFailure.BadRequest($"{kindName} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: {why}");
        }

        return value;
    }

    private static bool IsOtherType(string apiVersion, string kindName) =>
        (kindName == "Status" && apiVersion == "v1")
        || BuiltInKinds.All.Any(known => known.Kind == kindName && known.ApiVersion == apiVersion);

    // What the version named in a body does not know; of a version there is not, it knows nothing.
    private static List<string> UnknownTo(string apiVersion, JsonObject value, ResourceKind kind)
    {
        var unknown = new List<string>();
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        if (apiVersion[..Math.Max(slash, 0)] == kind.Group && kind.VersionSchemas.GetValueOrDefault(apiVersion[(slash + 1)..]) is { } schema)
        {
            schema.Prune(value, unknown);
        }
        else
        {
            unknown.AddRange(value.Names.ToArray().Where(name => name is not ("apiVersion" or "kind" or "metadata")));
        }

        return unknown;
    }

    private static JsonValue ParseJson(ReadOnlyMemory<byte> body, string expected, List<string> complaints)
    {
        if (body.IsEmpty)
        {
            throw Unrecognized(expected, "couldn't get version/kind; json parse error: unexpected end of JSON input", body);
        }

        try
        {
            return JsonText.Read(body.Span, path => complaints.Add($"duplicate field \"{path}\""));
        }
        catch (JsonException failure)
        {
            throw Unrecognized(expected, "couldn't get version/kind; json parse error: " + failure.Message, body);
        }
    }

    private static JsonValue ParseYaml(ReadOnlyMemory<byte> body, string expected, List<string> complaints)
    {
        try
        {
            return YamlText.ReadOne(
                Encoding.UTF8.GetString(body.Span),
                (line, key) => complaints.Add(string.Create(
                    CultureInfo.InvariantCulture, $"yaml: unmarshal errors:\n  line {line}: key \"{key}\" already set in map"))) ?? JsonValue.Null;
        }
        catch (FormatException failure)
        {
            throw Unrecognized(expected, "couldn't get version/kind; yaml parse error: " + failure.Message, body);
        }
    }

    private static string GoName(JsonValue value) => value switch
    {
        JsonArray => "array",
        JsonString => "string",
        JsonBoolean => "bool",
        _ => "number",
    };

    private static ApiFailure Unrecognized(string expected, string why, ReadOnlyMemory<byte> body)
    {
        var text = body.IsEmpty ? "<empty>" : Encoding.UTF8.GetString(body.Span);
        var shown = text.Length > 30 ? text[..30] + " ..." : text;
        return ApiFailure.BadRequest($"the object provided is unrecognized (must be of type {expected}): {why} ({shown})");
    }
}
