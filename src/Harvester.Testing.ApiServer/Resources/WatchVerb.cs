using System.Buffers;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.Definitions;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>
/// GET of a collection with <c>watch=true</c> (statements W-1 to W-12): a cursor that follows the log. A slow reader holds
/// nothing but its place; once a bounded log has forgotten that place, the watch ends.
/// </summary>
internal sealed class WatchVerb : IWatchStream
{
    private const int ShortestDefault = 1800;

    // W-7
    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LastBookmark = TimeSpan.FromSeconds(2);

    private readonly RevisionLog _log;
    private readonly ResourceKind _kind;
    private readonly string _namespace;
    private readonly Selectors _selectors;
    private readonly Func<JsonObject, JsonValue>? _show;
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly ITimer _timer;
    private readonly StoredRevision? _definition;
    private readonly ITimer? _bookmarks;
    private ReadOnlyMemory<byte> _first;
    private long _cursor;
    private long _told;
    private volatile bool _bookmarkDue;
    private volatile bool _ended;

    private WatchVerb(RequestContext context, Selectors selectors, Func<JsonObject, JsonValue>? show, long cursor, TimeSpan timeout)
    {
        _log = context.Log;
        _kind = context.Kind;
        _namespace = context.Namespace;
        _selectors = selectors;
        _show = show;
        _definition = CustomKinds.DefinitionOf(context.Kind, _log.State);
        _cursor = _told = cursor;
        _log.Appended += OnAppended;
        _log.Closed += End;

        // W-9
        var time = context.Server.Time;
        _timer = time.CreateTimer(_ => End(), null, timeout, Timeout.InfiniteTimeSpan);
        if (context.Request.Query.Flag("allowWatchBookmarks"))
        {
            var last = timeout - LastBookmark;
            _bookmarks = time.CreateTimer(
                _ => RemindOfBookmark(),
                null,
                last > BookmarkInterval ? BookmarkInterval : last > TimeSpan.Zero ? last : Timeout.InfiniteTimeSpan,
                last > BookmarkInterval ? BookmarkInterval : Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Starts a watch.</summary>
    /// <param name="context">The request.</param>
    /// <param name="show">Brings an object into the form the client asked for; null when it wants objects as they are.</param>
    public static WatchVerb Run(RequestContext context, Func<JsonObject, JsonValue>? show)
    {
        var options = ListOptions.ForWatch(context.Request.Query);
        var selectors = Selectors.Parse(context.Request.Query, context.Kind);
        var log = context.Log;
        var version = 0UL;
        if (options.Version.Length > 0 && !ulong.TryParse(options.Version, NumberStyles.None, CultureInfo.InvariantCulture, out version))
        {
            // U-17
            throw ApiFailure.Internal(
                $"resourceVersion: Invalid value: \"{options.Version}\": strconv.ParseUint: parsing \"{options.Version}\": invalid syntax");
        }

        var timeout = TimeSpan.FromSeconds(options.TimeoutSeconds is { } seconds and > 0
            ? Math.Min(seconds, int.MaxValue / 1000)
            : ShortestDefault + ((uint)context.Server.Seed % ShortestDefault));
        if (version > 0 && options.SendInitialEvents != true && version < (ulong)log.Compacted)
        {
            // W-6
            var failed = new WatchVerb(context, selectors, null, log.Current, timeout);
            failed.BeginWith(failed.Expired(version));
            failed.End();
            return failed;
        }

        var starts = version == 0 && options.SendInitialEvents != false;
        if (!starts && options.SendInitialEvents != true)
        {
            var cursor = version == 0 ? log.Current : (long)Math.Min(version, long.MaxValue);
            var follower = new WatchVerb(context, selectors, show, cursor, timeout);
            if (log.Current > cursor)
            {
                follower._signal.Writer.TryWrite(true);
            }

            return follower;
        }

        var watch = new WatchVerb(context, selectors, show, log.Current, timeout);
        watch.BeginWith(watch.Initial(context, options));
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
        ArrayBufferWriter<byte>? lines = null;
        foreach (var change in _log.After(_cursor))
        {
            if (change.Number > _cursor + 1)
            {
                // W-11: the log has forgotten what this reader has not seen yet.
                End();
                return null;
            }

            _cursor = change.Number;
            if (change.Resource == _kind.Stored && (_namespace.Length == 0 || change.Namespace == _namespace))
            {
                Translate(change, ref lines);
            }
            else if (_definition is not null && DefinitionStatus.EndsWatches(_definition, change))
            {
                // W-11
                End();
                ended = true;
                break;
            }
        }

        if (lines is not null)
        {
            _told = _cursor;
        }

        if (_bookmarkDue)
        {
            _bookmarkDue = false;
            if (_cursor > _told)
            {
                _told = _cursor;
                Write(lines ??= new ArrayBufferWriter<byte>(), "BOOKMARK", Bookmark(_cursor));
            }
        }

        if (lines is not null)
        {
            return lines.WrittenMemory;
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
        _bookmarks?.Dispose();
    }

    private void BeginWith(ReadOnlyMemory<byte> first)
    {
        _first = first;
        _signal.Writer.TryWrite(true);
    }

    // W-2, W-7, W-8
    private ReadOnlyMemory<byte> Initial(RequestContext context, ListOptions options)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var stored in ListVerb.Page(context, _selectors, _cursor, "", 0).Items)
        {
            Write(lines, "ADDED", stored);
        }

        if (options.AllowBookmarks)
        {
            Write(lines, "BOOKMARK", Bookmark(_cursor)
                .WithAt(["metadata", "annotations"], JsonObject.Of(("k8s.io/initial-events-end", "true"))));
        }

        return lines.WrittenMemory;
    }

    private ReadOnlyMemory<byte> Expired(ulong version)
    {
        var lines = new ArrayBufferWriter<byte>();
        var status = ApiFailure.Expired(
            string.Create(CultureInfo.InvariantCulture, $"too old resource version: {version} ({_log.Compacted})")).ToStatus();
        WriteLine(lines, "ERROR", TypedText.WriteUtf8(status));
        return lines.WrittenMemory;
    }

    private void RemindOfBookmark()
    {
        _bookmarkDue = true;
        _signal.Writer.TryWrite(true);
    }

    private void End()
    {
        _ended = true;
        _log.Appended -= OnAppended;
        _log.Closed -= End;
        _signal.Writer.TryWrite(true);
    }

    // W-4, W-5: what a change looks like to someone who sees only some objects.
    private void Translate(StoredRevision change, ref ArrayBufferWriter<byte>? lines)
    {
        var before = change.Previous is { } previous && Sees(previous);
        var after = change.Type != ChangeType.Deleted && Sees(change);
        switch (before, after)
        {
            case (false, true):
                Write(lines ??= new ArrayBufferWriter<byte>(), "ADDED", change);
                break;
            case (true, true):
                Write(lines ??= new ArrayBufferWriter<byte>(), "MODIFIED", change);
                break;
            case (true, false) when change.Type == ChangeType.Deleted:
                Write(lines ??= new ArrayBufferWriter<byte>(), "DELETED", change);
                break;
            case (true, false):
                Write(lines ??= new ArrayBufferWriter<byte>(), "DELETED", ObjectMetadata.WithMeta(
                    Reading.Converted(change.Previous!, _kind), "resourceVersion", RequestContext.Text(change.Number)));
                break;
            default:
                break;
        }
    }

    private bool Sees(StoredRevision revision) => _selectors.IsEmpty || _selectors.Matches(Reading.Converted(revision, _kind));

    private void OnAppended(StoredRevision change) => _signal.Writer.TryWrite(true);

    private JsonObject Bookmark(long revision) => JsonObject.Of(
        ("kind", _kind.Kind),
        ("apiVersion", _kind.ApiVersion),
        ("metadata", JsonObject.Of(("resourceVersion", RequestContext.Text(revision)))));

    private void Write(ArrayBufferWriter<byte> lines, string type, StoredRevision revision)
    {
        if (_show is null)
        {
            WriteLine(lines, type, Reading.Utf8(revision, _kind).Span);
        }
        else
        {
            WriteLine(lines, type, TypedText.WriteUtf8(_show(Reading.Converted(revision, _kind))));
        }
    }

    private void Write(ArrayBufferWriter<byte> lines, string type, JsonObject value)
    {
        var shown = _show is null ? value : _show(value);
        WriteLine(lines, type, _show is null && _kind.IsCustom ? JsonText.WriteUtf8(shown) : TypedText.WriteUtf8(shown));
    }

    private static void WriteLine(ArrayBufferWriter<byte> lines, string type, ReadOnlySpan<byte> value)
    {
        lines.Write("{\"type\":\""u8);
        Encoding.ASCII.GetBytes(type, lines);
        lines.Write("\",\"object\":"u8);
        lines.Write(value);
        lines.Write("}\n"u8);
    }
}
