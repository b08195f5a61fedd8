using System.Globalization;
using System.Text;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>The objects of a LIST, and what its metadata says.</summary>
internal sealed record ListResult(long Revision, IReadOnlyList<StoredRevision> Items, string Continue, long? Remaining);

/// <summary>GET of a collection (statements G-1 to G-9).</summary>
internal static class ListVerb
{
    private const string TooOld =
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without "
        + "the continue parameter, or use the continue token in this response to retrieve the remainder of the results. "
        + "Continuing with the provided token results in an inconsistent list - objects that were created, modified, or "
        + "deleted between the time the first chunk was returned and now may show up in the list.";

    public static ListResult Run(RequestContext context)
    {
        var options = ListOptions.ForList(context.Request.Query);
        var selectors = Selectors.Parse(context.Request.Query, context.Kind);
        var (revision, start, limited) = Position(context, options);
        return Page(context, selectors, revision, start, limited ? options.Limit : 0);
    }

    /// <summary>The objects of the request's collection at a revision.</summary>
    /// <param name="context">The request.</param>
    /// <param name="selectors">What objects must match.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="start">The first key, relative to the namespace where there is one; empty for all.</param>
    /// <param name="limit">The size of the page; 0 for no limit.</param>
    public static ListResult Page(RequestContext context, Selectors selectors, long revision, string start, long limit)
    {
        var kind = context.Kind;
        var items = new List<StoredRevision>();
        var next = "";
        long? remaining = null;
        var state = context.Log.StateAt(revision);
        foreach (var stored in state.Range(kind.Stored, context.Namespace, start))
        {
            if (limit > 0 && items.Count == limit)
            {
                // There is more, whether or not it matches.
                var last = items[^1];
                var token = ContinueToken.After(revision, context.Namespace.Length > 0 ? last.Name : last.Key);
                next = token.ToString();
                remaining = selectors.IsEmpty ? state.Count(kind.Stored, context.Namespace, token.Start) : null;
                break;
            }

            if (selectors.IsEmpty || selectors.Matches(Reading.Converted(stored, kind)))
            {
                items.Add(stored);
            }
        }

        return new ListResult(revision, items, next, remaining);
    }

    // Which revision to read, from which key, and whether the limit counts (G-3 to G-7).
    private static (long Revision, string Start, bool Limited) Position(RequestContext context, ListOptions options)
    {
        var log = context.Log;
        if (options.Continue.Length > 0)
        {
            if (options.Version is not ("" or "0"))
            {
                throw ApiFailure.BadRequest("specifying resource version is not allowed when using continue");
            }

            var token = ContinueToken.Read(options.Continue);
            if (token.Revision < 0)
            {
                return (log.Current, token.Start, options.Version != "0");
            }

            if (token.Revision > log.Current)
            {
                throw ApiFailure.VersionTooLarge(token.Revision, log.Current);
            }

            return token.Revision < log.Compacted
                ? throw ApiFailure.Expired(TooOld, new ContinueToken(-1, token.Start).ToString())
                : (token.Revision, token.Start, options.Version != "0");
        }

        if (options.Version.Length == 0)
        {
            return (log.Current, "", true);
        }

        if (!ulong.TryParse(options.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw ApiFailure.BadRequest($"invalid resource version: strconv.ParseUint: parsing \"{options.Version}\": invalid syntax");
        }

        if (number == 0)
        {
            return (log.Current, "", false);
        }

        var asked = (long)Math.Min(number, long.MaxValue);
        if (asked > log.Current)
        {
            throw ApiFailure.VersionTooLarge(asked, log.Current);
        }

        if (options.Match == "Exact" || (options.Match.Length == 0 && options.Limit > 0))
        {
            return asked < log.Compacted
                ? throw ApiFailure.Expired("The resourceVersion for the provided list is too old.")
                : (asked, "", true);
        }

        return (log.Current, "", true);
    }

    /// <summary>Writes the List, from the texts of its items.</summary>
    public static byte[] Write(ListResult result, ResourceKind kind)
    {
        // Typed lists of built-in kinds leave the type of their items out.
        var texts = new ReadOnlyMemory<byte>[result.Items.Count];
        var length = 0;
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = kind.IsCustom
                ? Reading.Utf8(result.Items[i], kind)
                : TypedText.WriteUtf8(Reading.Converted(result.Items[i], kind).Without("apiVersion").Without("kind"));
            length += texts[i].Length + 1;
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

        var head = Encoding.UTF8.GetBytes($"{{\"apiVersion\":\"{kind.ApiVersion}\",\"items\":[");
        var tail = Encoding.UTF8.GetBytes($"],\"kind\":\"{kind.ListKind}\",\"metadata\":{metadata.Build()}}}");

        // One buffer of the right size: a large list is copied once. Between two items stands a comma, behind the last none.
        var list = GC.AllocateUninitializedArray<byte>(head.Length + Math.Max(0, length - 1) + tail.Length);
        head.CopyTo(list, 0);
        var at = head.Length;
        for (var i = 0; i < texts.Length; i++)
        {
            if (i > 0)
            {
                list[at++] = (byte)',';
            }

            texts[i].Span.CopyTo(list.AsSpan(at));
            at += texts[i].Length;
        }

        tail.CopyTo(list, at);
        return list;
    }
}
