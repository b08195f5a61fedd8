using System.Buffers;

namespace Harvester.Testing.ApiServer.Json;

/// <summary>Puts texts one after the other without copying them.</summary>
internal sealed class TextPieces
{
    private Piece? _first;
    private Piece? _last;

    /// <summary>Adds a text; nobody may change it.</summary>
    public void Add(ReadOnlyMemory<byte> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        _last = new Piece(text, _last);
        _first ??= _last;
    }

    /// <summary>All texts.</summary>
    public ReadOnlySequence<byte> Build() =>
        _first is null ? default : new ReadOnlySequence<byte>(_first, 0, _last!, _last!.Memory.Length);

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> text, Piece? before)
        {
            Memory = text;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
