using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.Definitions;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>GET of a collection with <c>watch=true</c> (statements W-1 to W-12): a cursor that follows the log.</summary>
internal sealed class WatchVerb : IWatchStream
{
    private const int ShortestDefault = 1800;

    private readonly RevisionLog _log;
    private readonly ResourceKind _kind;
    private readonly string _namespace;
    private readonly Selectors _selectors;
    private readonly Func<JsonObject, JsonValue> _show;
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly ITimer _timer;
    private readonly StoredRevision? _definition;
    private ReadOnlyMemory<byte> _first;
    private long _cursor;
    private volatile bool _ended;

    private WatchVerb(RequestContext context, Selectors selectors, Func<JsonObject, JsonValue> show, ReadOnlyMemory<byte> first, long cursor, TimeSpan timeout, bool failed)
    {
        _log = context.Log;
        _kind = context.Kind;
        _namespace = context.Namespace;
        _selectors = selectors;
        _show = show;
        _first = first;
        _cursor = cursor;
        _ended = failed;
        _definition = CustomKinds.DefinitionOf(context.Kind, _log.State);
        _log.Appended += OnAppended;
        _log.Closed += End;

        // W-9
        _timer = context.Server.Time.CreateTimer(_ => End(), null, timeout, Timeout.InfiniteTimeSpan);
        if (first.Length > 0 || failed)
        {
            _signal.Writer.TryWrite(true);
        }
    }

    /// <summary>Starts a watch.</summary>
    /// <param name="context">The request.</param>
    /// <param name="show">Brings an object into the form the client asked for.</param>
    public static WatchVerb Run(RequestContext context, Func<JsonObject, JsonValue> show)
    {
        var query = context.Request.Query;
        var selectors = Selectors.Parse(query, context.Kind);
        var log = context.Log;
        CheckOptions(context);
        var text = query.Find("resourceVersion") ?? "";
        var version = 0UL;
        if (text.Length > 0 && !ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out version))
        {
            throw ApiFailure.Internal($"strconv.ParseUint: parsing \"{text}\": invalid syntax");
        }

        var timeout = TimeSpan.FromSeconds(
            int.TryParse(query.Find("timeoutSeconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
                ? seconds
                : ShortestDefault + context.Server.Seed % ShortestDefault);
        var first = new MemoryStream();
        var initial = query.Find("sendInitialEvents");
        if (version > 0 && initial is null or "false" && version > 0 && (long)version < log.Compacted)
        {
            // W-6
            WriteEvent(first, "ERROR", ApiFailure.Expired(
                string.Create(CultureInfo.InvariantCulture, $"too old resource version: {version} ({log.Compacted})")).ToStatus());
            return new WatchVerb(context, selectors, show, first.ToArray(), log.Current, timeout, failed: true);
        }

        var current = log.Current;
        var cursor = current;
        if ((version == 0 && initial is not "false") || initial == "true")
        {
            // W-2, W-7, W-8
            var present = ListVerb.Page(context, selectors, current, "", 0);
            foreach (var stored in present.Items)
            {
                WriteEvent(first, "ADDED", show(Reading.Converted(stored, context.Kind)));
            }

            if (query.Flag("allowWatchBookmarks"))
            {
                WriteEvent(first, "BOOKMARK", Bookmark(context.Kind, current)
                    .WithAt(["metadata", "annotations"], JsonObject.Of(("k8s.io/initial-events-end", "true"))));
            }
        }
        else if (version > 0)
        {
            cursor = (long)Math.Min(version, long.MaxValue);
        }

        var watch = new WatchVerb(context, selectors, show, first.ToArray(), cursor, timeout, failed: false);
        if (log.Current > cursor)
        {
            watch._signal.Writer.TryWrite(true);
        }

        return watch;
    }

    public ReadOnlyMemory<byte>? TryRead()
    {
        if (_first.Length > 0)
        {
            var first = _first;
            _first = default;
            return first;
        }

        // What was stored before the end is still sent.
        var ended = _ended;
        MemoryStream? lines = null;
        foreach (var change in _log.After(_cursor))
        {
            _cursor = change.Number;
            if (change.Resource != _kind.Stored || (_namespace.Length > 0 && change.Namespace != _namespace))
            {
                continue;
            }

            if (Translate(change) is { } translated)
            {
                WriteEvent(lines ??= new MemoryStream(), translated.Type, _show(translated.Value));
            }
        }

        if (lines is not null)
        {
            return lines.ToArray();
        }

        // Not a conditional expression: its null would become an empty memory.
        if (ended)
        {
            return null;
        }

        return ReadOnlyMemory<byte>.Empty;
    }

    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (!_ended)
        {
            await _signal.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        End();
        _timer.Dispose();
    }

    private void End()
    {
        _ended = true;
        _log.Appended -= OnAppended;
        _log.Closed -= End;
        _signal.Writer.TryWrite(true);
    }

    // W-4, W-5: what a change looks like to someone who sees only some objects.
    private (string Type, JsonObject Value)? Translate(StoredRevision change)
    {
        var value = Reading.Converted(change, _kind);
        var before = change.Previous is { } previous && _selectors.Matches(Reading.Converted(previous, _kind));
        var after = change.Type != ChangeType.Deleted && _selectors.Matches(value);
        return (before, after) switch
        {
            (false, true) => ("ADDED", value),
            (true, true) => ("MODIFIED", value),
            (true, false) when change.Type == ChangeType.Deleted => ("DELETED", value),
            (true, false) => ("DELETED", ObjectMetadata.WithMeta(
                Reading.Converted(change.Previous!, _kind), "resourceVersion", RequestContext.Text(change.Number))),
            _ => null,
        };
    }

    private void OnAppended(StoredRevision change)
    {
        if (_definition is not null && DefinitionStatus.EndsWatches(_definition, change))
        {
            // W-11
            End();
        }

        _signal.Writer.TryWrite(true);
    }

    private static void CheckOptions(RequestContext context)
    {
        var query = context.Request.Query;
        var match = query.Find("resourceVersionMatch") ?? "";
        if (query.Find("sendInitialEvents") is { } initial)
        {
            if (match != "NotOlderThan")
            {
                throw ListVerb.Invalid(
                    "resourceVersionMatch",
                    "FieldValueForbidden",
                    "Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
            }

            _ = initial;
        }
        else if (match.Length > 0)
        {
            throw ListVerb.Invalid(
                "resourceVersionMatch",
                "FieldValueForbidden",
                "Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
        }
    }

    private static JsonObject Bookmark(ResourceKind kind, long revision) => JsonObject.Of(
        ("kind", kind.Kind),
        ("apiVersion", kind.ApiVersion),
        ("metadata", JsonObject.Of(("resourceVersion", RequestContext.Text(revision)))));

    private static void WriteEvent(MemoryStream lines, string type, JsonValue value)
    {
        lines.Write(Encoding.UTF8.GetBytes($"{{\"type\":\"{type}\",\"object\":"));
        lines.Write(JsonText.WriteUtf8(value));
        lines.Write("}\n"u8);
    }
}
