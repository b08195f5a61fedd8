using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>An address.</summary>
/// <param name="Value">The address.</param>
internal sealed partial record CelAddress(IPAddress Value)
{
    public bool IsVersion4 => Value.AddressFamily == AddressFamily.InterNetwork;

    public bool IsUnspecified => Value.Equals(IPAddress.Any) || Value.Equals(IPAddress.IPv6Any);

    public bool IsLoopback => IPAddress.IsLoopback(Value);

    public bool IsLinkLocalMulticast => IsVersion4
        ? Value.GetAddressBytes() is [224, 0, 0, _]
        : Value.GetAddressBytes() is [0xff, var second, ..] && (second & 0x0f) == 2;

    public bool IsLinkLocalUnicast => IsVersion4 ? Value.GetAddressBytes() is [169, 254, _, _] : Value.IsIPv6LinkLocal;

    public bool IsGlobalUnicast => !IsUnspecified && !IsLoopback && !IsLinkLocalUnicast
        && !(IsVersion4 ? Value.GetAddressBytes()[0] is >= 224 and <= 239 || Value.Equals(IPAddress.Broadcast) : Value.IsIPv6Multicast);

    /// <summary>Reads an address; null when the text is none.</summary>
    public static CelAddress? Parse(string text, out string problem)
    {
        problem = "";
        if (text.Contains('%'))
        {
            problem = $"IP address {GoText.Quote(text)} with zone value is not allowed";
            return null;
        }

        if (text.Contains(':') ? !IPAddress.TryParse(text, out var address) || text.StartsWith('[') : !TryParseVersion4(text, out address))
        {
            problem = $"IP Address {GoText.Quote(text)} parse error during conversion from string: ParseAddr({GoText.Quote(text)}): unable to parse IP";
            return null;
        }

        if (address!.IsIPv4MappedToIPv6)
        {
            problem = $"IPv4-mapped IPv6 address {GoText.Quote(text)} is not allowed";
            return null;
        }

        return new CelAddress(address);
    }

    /// <inheritdoc />
    public override string ToString() => Value.ToString();

    private static bool TryParseVersion4(string text, out IPAddress? address)
    {
        address = null;
        return Version4().IsMatch(text) && IPAddress.TryParse(text, out address);
    }

    [GeneratedRegex(@"^((0|[1-9][0-9]{0,2})\.){3}(0|[1-9][0-9]{0,2})\z", RegexOptions.NonBacktracking)]
    private static partial Regex Version4();
}

/// <summary>A network: an address and how many of its bits count.</summary>
/// <param name="Value">The address.</param>
/// <param name="Bits">The bits.</param>
internal sealed record CelNetwork(IPAddress Value, int Bits)
{
    /// <summary>Reads a network; null when the text is none.</summary>
    public static CelNetwork? Parse(string text, out string problem)
    {
        problem = "";
        var slash = text.LastIndexOf('/');
        var length = slash < 0 ? "" : text[(slash + 1)..];
        var address = slash < 0 ? null : CelAddress.Parse(text[..slash], out problem);
        if (problem.StartsWith("IPv4-mapped", StringComparison.Ordinal))
        {
            problem = $"IPv4-mapped IPv6 address {GoText.Quote(text)} is not allowed";
            return null;
        }

        if (address is null
            || length.Length is 0 or > 3
            || (length.Length > 1 && length[0] == '0')
            || !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            || bits > (address.IsVersion4 ? 32 : 128))
        {
            var why = slash < 0 ? "no '/'" : address is null ? "unable to parse IP" : "prefix length out of range";
            problem = $"network address parse error during conversion from string: netip.ParsePrefix({GoText.Quote(text)}): {why}";
            return null;
        }

        problem = "";
        return new CelNetwork(address.Value, bits);
    }

    public CelNetwork Masked()
    {
        var bytes = Value.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(Bits - i * 8, 0, 8);
            bytes[i] &= (byte)(0xff << (8 - kept));
        }

        return this with { Value = new IPAddress(bytes) };
    }

    public bool Contains(IPAddress address) => address.AddressFamily == Value.AddressFamily
        && (this with { Value = address }).Masked().Value.Equals(Masked().Value);

    public bool Contains(CelNetwork other) => other.Bits >= Bits && Contains(other.Value);

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value}/{Bits}");
}
