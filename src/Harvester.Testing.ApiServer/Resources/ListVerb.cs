using System.Buffers;
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
    private static readonly byte[] Comma = [(byte)','];
    private static readonly byte[] Open = [(byte)'{'];
    private static readonly byte[] CommaOpen = [(byte)',', (byte)'{'];

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

    /// <summary>Writes the List: the texts its items are kept with, and what stands around them.</summary>
    public static ReadOnlySequence<byte> Write(ListResult result, ResourceKind kind)
    {
        var metadata = new JsonObject.Builder { ["resourceVersion"] = RequestContext.Text(result.Revision) };
        if (kind.IsCustom || result.Continue.Length > 0)
        {
            metadata["continue"] = result.Continue;
        }

        if (result.Remaining is { } remaining)
        {
            metadata["remainingItemCount"] = remaining;
        }

        var list = new TextPieces();
        list.Add(Encoding.UTF8.GetBytes($"{{\"apiVersion\":\"{kind.ApiVersion}\",\"items\":["));
        var typed = kind.IsCustom ? null : new TypedItems(kind);
        for (var i = 0; i < result.Items.Count; i++)
        {
            if (typed is null)
            {
                list.Add(i == 0 ? default : Comma);
                list.Add(Reading.Utf8(result.Items[i], kind));
            }
            else
            {
                typed.Add(list, result.Items[i], isFirst: i == 0);
            }
        }

        list.Add(Encoding.UTF8.GetBytes($"],\"kind\":\"{kind.ListKind}\",\"metadata\":{metadata.Build()}}}"));
        return list.Build();
    }

    // Typed lists of built-in kinds leave the type of their items out; it is what the text of an object begins with.
    private sealed class TypedItems(ResourceKind kind)
    {
        private readonly byte[] _type = Encoding.UTF8.GetBytes($"{{\"kind\":\"{kind.Kind}\",\"apiVersion\":\"{kind.ApiVersion}\",");

        public void Add(TextPieces list, StoredRevision item, bool isFirst)
        {
            var text = Reading.Utf8(item, kind);
            if (text.Span.StartsWith(_type))
            {
                list.Add(isFirst ? Open : CommaOpen);
                list.Add(text[_type.Length..]);
            }
            else
            {
                list.Add(isFirst ? default : Comma);
                list.Add(TypedText.WriteUtf8(Reading.Converted(item, kind).Without("apiVersion").Without("kind")));
            }
        }
    }
}
