using System.Globalization;
using Harvester.Testing.ApiServer.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>Reads YAML as Kubernetes does: as another way to write JSON.</summary>
internal sealed class YamlText
{
    // What kube-apiserver's library allows: aliases may repeat a small document as often as they like, not blow up a big one.
    private const long FreeAliases = 100;
    private const long FreeNodes = 1000;
    private const double LowRange = 400_000;
    private const double HighRange = 4_000_000;

    private readonly IParser _parser;
    private readonly Action<long, string>? _duplicate;
    private readonly Dictionary<AnchorName, (JsonValue Value, long Size)> _anchors = [];
    private long _nodes;
    private long _aliased;

    private YamlText(IParser parser, Action<long, string>? duplicate)
    {
        _parser = parser;
        _duplicate = duplicate;
    }

    /// <summary>All documents of a text that are not empty.</summary>
    /// <exception cref="FormatException">The text is no YAML.</exception>
    public static IReadOnlyList<JsonValue> Read(string text) => [.. Documents(text, null).Where(value => !value.IsNull)];

    /// <summary>The first document of a text, or null when there is none.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="duplicate">Called with the line and the name of each key that occurs twice in a mapping; the last one counts.</param>
    /// <exception cref="FormatException">The text is no YAML.</exception>
    public static JsonValue? ReadOne(string text, Action<long, string>? duplicate = null)
    {
        foreach (var value in Documents(text, duplicate))
        {
            return value.IsNull ? null : value;
        }

        return null;
    }

    private static IEnumerable<JsonValue> Documents(string text, Action<long, string>? duplicate)
    {
        var parser = new Parser(new Scanner(new StringReader(text)));
        Guard(() => parser.Consume<StreamStart>());
        while (Guard(() => parser.TryConsume<DocumentStart>(out _)))
        {
            yield return Guard(() => new YamlText(parser, duplicate).Document());
        }
    }

    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (YamlException failure)
        {
            throw new FormatException(GoMessage(failure), failure);
        }
    }

    // Go's reader tells the problem without what it was doing, and counts lines from zero except while it scans.
    private static string GoMessage(YamlException failure)
    {
        var message = failure.Message.ReplaceLineEndings(" ").TrimEnd('.');
        var comma = message.StartsWith("While ", StringComparison.Ordinal) ? message.IndexOf(", ", StringComparison.Ordinal) : -1;
        var line = failure.Start.Line - (message.StartsWith("While scanning", StringComparison.Ordinal) ? 0 : 1);
        var problem = comma < 0 ? message : message[(comma + 2)..];
        return line > 0 ? string.Create(CultureInfo.InvariantCulture, $"line {line}: {problem}") : problem;
    }

    // An explicit stack instead of recursion: documents may be 10,000 levels deep.
    private JsonValue Document()
    {
        var open = new Stack<Frame>();
        while (true)
        {
            var next = _parser.Consume<ParsingEvent>();
            JsonValue done;
            long size = 1;
            var anchor = AnchorName.Empty;
            switch (next)
            {
                case MappingStart mapping:
                    Push(open, new Frame(new JsonObject.Builder(), null, mapping.Anchor));
                    continue;
                case SequenceStart sequence:
                    Push(open, new Frame(null, [], sequence.Anchor));
                    continue;
                case MappingEnd or SequenceEnd:
                    var ended = open.Pop();
                    done = ended.Build();
                    size = ended.Size;
                    anchor = ended.Anchor;
                    break;
                case AnchorAlias alias:
                    if (!_anchors.TryGetValue(alias.Value, out var named))
                    {
                        throw new YamlException(alias.Start, alias.End, $"unknown anchor '{alias.Value}' referenced");
                    }

                    (done, size) = named;
                    CountAliased(size);
                    break;
                case Scalar scalar:
                    done = Value(scalar, isKey: open.TryPeek(out var frame) && frame.WantsKey);
                    anchor = scalar.Anchor;
                    _nodes++;
                    break;
                case DocumentEnd:
                    return JsonValue.Null;
                default:
                    continue;
            }

            if (!anchor.IsEmpty)
            {
                _anchors[anchor] = (done, size);
            }

            if (!open.TryPeek(out var parent))
            {
                _parser.TryConsume<DocumentEnd>(out _);
                return done;
            }

            parent.Add(done, size, next.Start.Line, _duplicate);
        }
    }

    private void Push(Stack<Frame> open, Frame frame)
    {
        _nodes++;
        open.Push(frame);
        if (open.Count > JsonText.MaxDepth)
        {
            throw new YamlException("exceeded max depth of 10000");
        }
    }

    private void CountAliased(long size)
    {
        _nodes += size;
        _aliased += size;
        var allowed = _nodes switch
        {
            <= (long)LowRange => 0.99,
            >= (long)HighRange => 0.10,
            _ => 0.99 - (0.89 * ((_nodes - LowRange) / (HighRange - LowRange))),
        };
        if (_aliased > FreeAliases && _nodes > FreeNodes && (double)_aliased / _nodes > allowed)
        {
            throw new YamlException("document contains excessive aliasing");
        }
    }

    private static JsonValue Value(Scalar scalar, bool isKey)
    {
        if (scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty)
        {
            return isKey && scalar.Value == "<<" ? scalar.Value : YamlScalars.Resolve(scalar.Value);
        }

        if (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific)
        {
            return scalar.Value;
        }

        return scalar.Tag.Value switch
        {
            "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float" or "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:null" =>
                YamlScalars.Resolve(scalar.Value),
            _ => scalar.Value,
        };
    }

    /// <summary>A mapping or sequence that has not ended yet.</summary>
    private sealed class Frame(JsonObject.Builder? members, List<JsonValue>? items, AnchorName anchor)
    {
        private readonly List<JsonObject> _merged = [];
        private string? _key;

        public AnchorName Anchor { get; } = anchor;

        public long Size { get; private set; } = 1;

        public bool WantsKey => members is not null && _key is null;

        public void Add(JsonValue value, long size, long line, Action<long, string>? duplicate)
        {
            Size += size;
            if (items is not null)
            {
                items.Add(value);
            }
            else if (_key is null)
            {
                // JSON has text keys only: 1 becomes "1", true "true".
                _key = value switch
                {
                    JsonString text => text.Value,
                    JsonInteger or JsonFloat or JsonBoolean => value.ToString(),
                    _ => throw new YamlException($"unsupported map key of type: {value}"),
                };
            }
            else
            {
                if (_key == "<<" && value is JsonObject or JsonArray)
                {
                    Merge(value);
                }
                else
                {
                    if (!members!.TryAdd(_key, value))
                    {
                        duplicate?.Invoke(line, _key);
                        members[_key] = value;
                    }
                }

                _key = null;
            }
        }

        public JsonValue Build()
        {
            if (items is not null)
            {
                return JsonArray.Wrap([.. items]);
            }

            // What is merged in gives way to what stands in the mapping itself, and to what was merged before.
            foreach (var merged in _merged)
            {
                foreach (var (name, value) in merged)
                {
                    members!.TryAdd(name, value);
                }
            }

            return members!.Build();
        }

        private void Merge(JsonValue value)
        {
            foreach (var part in value as JsonArray ?? JsonArray.Of(value))
            {
                _merged.Add(part as JsonObject ?? throw new YamlException("map merge requires map or sequence of maps as the value"));
            }
        }
    }
}
