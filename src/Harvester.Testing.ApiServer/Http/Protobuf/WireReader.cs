using System.Buffers.Binary;
using System.Text;

namespace Harvester.Testing.ApiServer.Http.Protobuf;

/// <summary>Reads the wire format of protocol buffers.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The number of the field read last.</summary>
    public int Field { get; private set; }

    /// <summary>The value of a field that is a number.</summary>
    public ulong Number { get; private set; }

    /// <summary>The value of any other field.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>True when the field read last is a number.</summary>
    public bool IsNumber { get; private set; }

    /// <summary>Text as a field holds it.</summary>
    public readonly string Text
    {
        get
        {
            try
            {
                return Utf8.GetString(Bytes);
            }
            catch (DecoderFallbackException)
            {
                throw new FormatException("a string is no UTF-8");
            }
        }
    }

    /// <summary>Goes on to the next field; false at the end.</summary>
    /// <exception cref="FormatException">The bytes are no message.</exception>
    public bool Read()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = Varint();
        Field = (int)(tag >> 3);
        if (tag >> 3 is 0 or > int.MaxValue)
        {
            throw new FormatException("illegal tag");
        }

        IsNumber = false;
        switch (tag & 7)
        {
            case 0:
                IsNumber = true;
                Number = Varint();
                break;
            case 1:
                Bytes = Take(8);
                IsNumber = true;
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Bytes);
                break;
            case 2:
                var length = Varint();
                Bytes = Take(length);
                break;
            case 5:
                Bytes = Take(4);
                IsNumber = true;
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Bytes);
                break;
            default:
                throw new FormatException("illegal wireType");
        }

        return true;
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length)
        {
            throw new FormatException("unexpected EOF");
        }

        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }

    private ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_rest.IsEmpty)
            {
                throw new FormatException("unexpected EOF");
            }

            var next = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("integer overflow");
    }
}
