using System.Buffers;
using System.Text.Json;

namespace Harvester.Testing.ApiServer.Json;

/// <summary>A writer and its buffer, which each thread uses for one text after the other.</summary>
internal sealed class ScratchText
{
    private const int FirstSize = 4 * 1024;
    private const int LargestKept = 256 * 1024;

    [ThreadStatic]
    private static ScratchText? _kept;

    private readonly ArrayBufferWriter<byte> _buffer = new(FirstSize);

    private ScratchText() => Writer = new Utf8JsonWriter(_buffer, JsonText.WriterOptions);

    /// <summary>Where to write.</summary>
    public Utf8JsonWriter Writer { get; }

    /// <summary>One that nobody else uses until it is finished.</summary>
    public static ScratchText Take()
    {
        var taken = _kept ?? new ScratchText();
        _kept = null;
        return taken;
    }

    /// <summary>The text; the writer belongs to the next one from here on.</summary>
    public byte[] Finish()
    {
        Writer.Flush();
        var text = _buffer.WrittenSpan.ToArray();
        if (_buffer.Capacity <= LargestKept)
        {
            _buffer.ResetWrittenCount();
            Writer.Reset();
            _kept = this;
        }

        return text;
    }
}
