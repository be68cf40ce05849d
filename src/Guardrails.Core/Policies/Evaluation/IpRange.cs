namespace Guardrails;

/// <summary>
/// An IPv4 or IPv6 address or a CIDR range of them. Both sides of a comparison are normalised: how an IPv6 address is written does not
/// matter, and an IPv4 address in IPv6 form (<c>::ffff:192.0.2.1</c>) is that IPv4 address. A range of one family never holds an address
/// of the other.
/// </summary>
/// <remarks>Source: IAM user guide, "IP address condition operators" (August 2026); RFC 4291 section 2.5.5.2.</remarks>
internal readonly record struct IpRange
{
    private const int MappedBits = 96;
    private static readonly UInt128 Mapped = (UInt128)0xFFFF << 32;

    private readonly UInt128 _address;
    private readonly UInt128 _mask;

    private IpRange(UInt128 address, int prefix, bool isIPv4)
    {
        _mask = prefix == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - prefix);
        _address = address & _mask;
        IsIPv4 = isIPv4;
    }

    /// <summary>True for IPv4, also where it was written as IPv6.</summary>
    public bool IsIPv4 { get; }

    public bool Contains(IpRange address) => IsIPv4 == address.IsIPv4 && (address._address & _mask) == _address;

    /// <summary>One address, without a prefix length.</summary>
    public static bool TryParseAddress(ReadOnlySpan<char> text, out IpRange address)
    {
        address = default;
        if (!TryParseBits(text, out var bits)) return false;
        address = new IpRange(bits, 128, IsMapped(bits));
        return true;
    }

    /// <summary>An address, or an address with a prefix length. Bits below the prefix are ignored.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpRange range)
    {
        range = default;
        var slash = text.IndexOf('/');
        if (slash < 0) return TryParseAddress(text, out range);
        if (!TryParseBits(text[..slash], out var bits) || !TryParsePrefix(text[(slash + 1)..], out var prefix)) return false;
        if (!text[..slash].Contains(':'))
        {
            if (prefix > 32) return false;
            prefix += MappedBits;
        }
        range = new IpRange(bits, prefix, IsMapped(bits) && prefix >= MappedBits);
        return true;
    }

    /// <summary>Addresses on both sides of its two ends.</summary>
    public IEnumerable<string> Borders()
    {
        var (first, last, isIPv4) = (_address, _address | ~_mask, IsIPv4);
        UInt128[] borders = [first, last, first == UInt128.Zero ? first : first - 1, last == UInt128.MaxValue ? last : last + 1];
        return borders.Where(one => IsMapped(one) == isIPv4).Distinct().Select(Text);
    }

    private static string Text(UInt128 address)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        var parsed = new System.Net.IPAddress(bytes);
        return (parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed).ToString();
    }

    private static bool IsMapped(UInt128 bits) => bits >> 32 == 0xFFFF;

    private static bool TryParsePrefix(ReadOnlySpan<char> text, out int prefix)
    {
        prefix = 0;
        if (text.Length is 0 or > 3) return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            prefix = prefix * 10 + (c - '0');
        }
        return prefix <= 128;
    }

    private static bool TryParseBits(ReadOnlySpan<char> text, out UInt128 bits)
    {
        if (text.Contains(':')) return TryParseIPv6(text, out bits);
        bits = default;
        if (!TryParseIPv4(text, out var address)) return false;
        bits = Mapped | address;
        return true;
    }

    /// <summary>Four decimal numbers; one with a leading zero is refused, because others read it as octal.</summary>
    private static bool TryParseIPv4(ReadOnlySpan<char> text, out uint address)
    {
        address = 0;
        for (var part = 0; part < 4; part++)
        {
            var length = 0;
            var value = 0;
            while (length < text.Length && length < 3 && char.IsAsciiDigit(text[length])) value = value * 10 + (text[length++] - '0');
            if (length == 0 || value > 255 || (length > 1 && text[0] == '0')) return false;
            address = address << 8 | (uint)value;
            text = text[length..];
            if (part == 3) return text.Length == 0;
            if (text.Length == 0 || text[0] != '.') return false;
            text = text[1..];
        }
        return false;
    }

    private static bool TryParseIPv6(ReadOnlySpan<char> text, out UInt128 bits)
    {
        bits = default;
        var gap = text.IndexOf("::");
        if (gap < 0) return TryParseGroups(text, out bits, out var all) && all == 8;
        if (!TryParseGroups(text[..gap], out var high, out var above) || !TryParseGroups(text[(gap + 2)..], out var low, out var below)) return false;
        if (above + below > 7 || (above > 0 && text[..gap].Contains('.'))) return false;
        bits = above == 0 ? low : high << (16 * (8 - above)) | low;
        return true;
    }

    /// <summary>Groups of up to four hexadecimal digits; the last may be an IPv4 address, which counts as two.</summary>
    private static bool TryParseGroups(ReadOnlySpan<char> text, out UInt128 bits, out int groups)
    {
        bits = default;
        groups = 0;
        while (text.Length > 0)
        {
            var colon = text.IndexOf(':');
            var group = colon < 0 ? text : text[..colon];
            if (colon < 0 && group.Contains('.'))
            {
                if (!TryParseIPv4(group, out var address)) return false;
                bits = bits << 32 | address;
                groups += 2;
                return groups <= 8;
            }
            if (group.Length is 0 or > 4 || ++groups > 8) return false;
            var value = 0u;
            foreach (var c in group)
            {
                if (!char.IsAsciiHexDigit(c)) return false;
                value = value << 4 | (uint)(char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
            }
            bits = bits << 16 | value;
            if (colon < 0) return true;
            text = text[(colon + 1)..];
            if (text.Length == 0) return false;
        }
        return true;
    }
}
