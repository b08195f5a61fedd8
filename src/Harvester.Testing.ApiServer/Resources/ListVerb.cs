using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>The objects of a LIST, and what its metadata says.</summary>
internal sealed record ListResult(long Revision, IReadOnlyList<StoredRevision> Items, string Continue, long? Remaining);

/// <summary>GET of a collection (statements G-1 to G-9).</summary>
internal static class ListVerb
{
    public static ListResult Run(RequestContext context)
    {
        var query = context.Request.Query;
        var selectors = Selectors.Parse(query, context.Kind);
        CheckOptions(context);
        if (query.Find("sendInitialEvents") is not null)
        {
            throw Invalid("sendInitialEvents", "FieldValueForbidden", "Forbidden: sendInitialEvents is forbidden for list");
        }

        var limit = 0L;
        if (query.Find("limit") is { Length: > 0 } text
            && !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out limit))
        {
            throw ApiFailure.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax");
        }

        var (revision, start, limited) = Position(context, limit);
        return Page(context, selectors, revision, start, limited ? limit : 0);
    }

    /// <summary>The objects of the request's collection at a revision, from a key on.</summary>
    public static ListResult Page(RequestContext context, Selectors selectors, long revision, string start, long limit)
    {
        var all = context.Log.StateAt(revision).Of(context.Kind.Stored);
        var prefix = context.Namespace.Length == 0 ? "" : context.Namespace + "/";
        var items = new List<StoredRevision>();
        var next = "";
        long remaining = 0;
        foreach (var (key, stored) in all)
        {
            if (!key.StartsWith(prefix, StringComparison.Ordinal)
                || string.CompareOrdinal(key, start) < 0
                || !selectors.Matches(Reading.Converted(stored, context.Kind)))
            {
                continue;
            }

            if (limit > 0 && items.Count == limit)
            {
                if (next.Length == 0)
                {
                    next = Token(revision, key);
                }

                remaining++;
                if (!selectors.IsEmpty)
                {
                    break;
                }

                continue;
            }

            items.Add(stored);
        }

        return new ListResult(revision, items, next, next.Length > 0 && selectors.IsEmpty ? remaining : null);
    }

    /// <summary>G-5, for lists and watches.</summary>
    public static void CheckOptions(RequestContext context)
    {
        var query = context.Request.Query;
        if (query.Find("resourceVersionMatch") is not { Length: > 0 } match || query.Find("sendInitialEvents") is not null)
        {
            return;
        }

        var version = query.Find("resourceVersion") ?? "";
        if (version.Length == 0)
        {
            throw Invalid(
                "resourceVersionMatch",
                "FieldValueForbidden",
                "Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided");
        }

        if (query.Find("continue") is { Length: > 0 })
        {
            throw Invalid("resourceVersionMatch", "FieldValueForbidden", "Forbidden: resourceVersionMatch is forbidden when continue is provided");
        }

        if (match is not ("Exact" or "NotOlderThan"))
        {
            throw Invalid(
                "resourceVersionMatch",
                "FieldValueNotSupported",
                $"Unsupported value: \"{match}\": supported values: \"Exact\", \"NotOlderThan\", \"\"");
        }

        if (match == "Exact" && version == "0")
        {
            throw Invalid(
                "resourceVersionMatch",
                "FieldValueForbidden",
                "Forbidden: resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
        }
    }

    public static ApiFailure Invalid(string field, string reason, string message) =>
        ApiFailure.Invalid("meta.k8s.io", "ListOptions", "", [new Cause(reason, message, field)]);

    // Which revision to read, from which key, and whether the limit counts (G-3 to G-7).
    private static (long Revision, string Start, bool Limited) Position(RequestContext context, long limit)
    {
        var query = context.Request.Query;
        var log = context.Log;
        var version = query.Find("resourceVersion") ?? "";
        if (query.Find("continue") is { Length: > 0 } token)
        {
            if (version is not ("" or "0"))
            {
                throw ApiFailure.BadRequest("specifying resource version is not allowed when using continue");
            }

            var (revision, start) = ReadToken(token);
            if (revision == -1)
            {
                return (log.Current, start, version != "0");
            }

            return revision < log.Compacted
                ? throw ApiFailure.Expired("The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.")
                : (revision, start, version != "0");
        }

        if (version.Length == 0)
        {
            return (log.Current, "", true);
        }

        if (!ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue)
        {
            throw ApiFailure.BadRequest($"invalid resource version: strconv.ParseUint: parsing \"{version}\": invalid syntax");
        }

        if (number == 0)
        {
            return (log.Current, "", false);
        }

        var asked = (long)number;
        if (asked > log.Current)
        {
            throw ApiFailure.VersionTooLarge(asked, log.Current);
        }

        var match = query.Find("resourceVersionMatch") ?? "";
        if (match == "Exact" || (match.Length == 0 && limit > 0))
        {
            return asked < log.Compacted
                ? throw ApiFailure.Expired(string.Create(CultureInfo.InvariantCulture, $"The resourceVersion for the provided list is too old."))
                : (asked, "", true);
        }

        return (log.Current, "", true);
    }

    private static string Token(long revision, string key)
    {
        var json = JsonObject.Of(("v", "meta.k8s.io/v1"), ("rv", revision), ("start", key));
        return Base64Url.EncodeToString(JsonText.WriteUtf8(json));
    }

    private static (long Revision, string Start) ReadToken(string token)
    {
        try
        {
            var json = JsonText.Read(Base64Url.DecodeFromChars(token.TrimEnd('=')));
            if (json["v"]?.AsString == "meta.k8s.io/v1" && json["rv"]?.AsInteger is { } revision && revision != 0
                && json["start"]?.AsString is { Length: > 0 } start)
            {
                return (revision, start);
            }
        }
        catch (Exception failure) when (failure is JsonException or FormatException)
        {
            // Answered below, as every other token nobody handed out.
        }

        throw ApiFailure.BadRequest("continue key is not valid: invalid continue token");
    }

    /// <summary>Writes the List, from the texts of its items.</summary>
    public static byte[] Write(ListResult result, ResourceKind kind)
    {
        var buffer = new MemoryStream(256 + result.Items.Count * 512);
        buffer.Write(Encoding.UTF8.GetBytes($"{{\"apiVersion\":\"{kind.ApiVersion}\",\"items\":["));
        for (var i = 0; i < result.Items.Count; i++)
        {
            if (i > 0)
            {
                buffer.WriteByte((byte)',');
            }

            // Typed lists of built-in kinds leave the type of their items out.
            buffer.Write(kind.IsCustom
                ? Reading.Utf8(result.Items[i], kind).Span
                : JsonText.WriteUtf8(result.Items[i].Object.Without("apiVersion").Without("kind")));
        }

        var metadata = new JsonObject.Builder { ["resourceVersion"] = RequestContext.Text(result.Revision) };
        if (kind.IsCustom || result.Continue.Length > 0)
        {
            metadata["continue"] = result.Continue;
        }

        if (result.Remaining is { } remaining)
        {
            metadata["remainingItemCount"] = remaining;
        }

        buffer.Write(Encoding.UTF8.GetBytes($"],\"kind\":\"{kind.ListKind}\",\"metadata\":{metadata.Build()}}}"));
        return buffer.ToArray();
    }
}
