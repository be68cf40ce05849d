namespace Guardrails;

/// <summary>
/// A point in time as date conditions compare it: ISO 8601 (<c>2026</c>-<c>08</c>, <c>2026-08-31</c>, <c>2026-08-31T12:00Z</c>,
/// <c>2026-08-31T12:00:00.123+02:00</c>), or seconds since 1970. Digits alone are always seconds, never a year and never milliseconds.
/// </summary>
/// <remarks>Source: IAM user guide, "Date condition operators" (August 2026). A time without an offset is UTC.</remarks>
internal readonly record struct PolicyDate(long Seconds, int Nanoseconds) : IComparable<PolicyDate>
{
    private const int EpochDigits = 18;

    public int CompareTo(PolicyDate other) =>
        Seconds == other.Seconds ? Nanoseconds.CompareTo(other.Nanoseconds) : Seconds.CompareTo(other.Seconds);

    public static bool TryParse(ReadOnlySpan<char> text, out PolicyDate date) => TryParseEpoch(text, out date) || TryParseIso(text, out date);

    private static bool TryParseEpoch(ReadOnlySpan<char> text, out PolicyDate date)
    {
        date = default;
        var negative = text is ['-', ..];
        var digits = negative ? text[1..] : text;
        if (digits.Length is 0 or > EpochDigits) return false;
        var value = 0L;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c)) return false;
            value = value * 10 + (c - '0');
        }
        date = new PolicyDate(negative ? -value : value, 0);
        return true;
    }

    private static bool TryParseIso(ReadOnlySpan<char> text, out PolicyDate date)
    {
        date = default;
        if (!TakeNumber(ref text, 4, out var year) || !Take(ref text, '-') || !TakeNumber(ref text, 2, out var month)) return false;
        if (year < 1 || month is < 1 or > 12) return false;
        var day = 1;
        if (Take(ref text, '-') && !TakeNumber(ref text, 2, out day)) return false;
        if (day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        var seconds = new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        var nanoseconds = 0;
        if (text.Length > 0)
        {
            if (!Take(ref text, 'T') && !Take(ref text, 't')) return false;
            if (!TakeTime(ref text, out var time, out nanoseconds) || !TakeOffset(text, out var offset)) return false;
            seconds += time - offset;
        }
        date = new PolicyDate(seconds, nanoseconds);
        return true;
    }

    private static bool TakeTime(ref ReadOnlySpan<char> text, out int seconds, out int nanoseconds)
    {
        (seconds, nanoseconds) = (0, 0);
        if (!TakeNumber(ref text, 2, out var hour) || !Take(ref text, ':') || !TakeNumber(ref text, 2, out var minute)) return false;
        var second = 0;
        if (Take(ref text, ':'))
        {
            if (!TakeNumber(ref text, 2, out second)) return false;
            if (Take(ref text, '.') && !TakeFraction(ref text, out nanoseconds)) return false;
        }
        if (hour > 23 || minute > 59 || second > 59) return false;
        seconds = hour * 3600 + minute * 60 + second;
        return true;
    }

    /// <summary>One to nine digits of a second.</summary>
    private static bool TakeFraction(ref ReadOnlySpan<char> text, out int nanoseconds)
    {
        nanoseconds = 0;
        var digits = 0;
        for (; text.Length > 0 && char.IsAsciiDigit(text[0]) && digits < 9; digits++, text = text[1..]) nanoseconds = nanoseconds * 10 + (text[0] - '0');
        if (digits == 0) return false;
        for (; digits < 9; digits++) nanoseconds *= 10;
        return true;
    }

    private static bool TakeOffset(ReadOnlySpan<char> text, out int seconds)
    {
        seconds = 0;
        if (text.Length == 0) return true;
        if (text is "Z" or "z") return true;
        var sign = text[0] == '+' ? 1 : text[0] == '-' ? -1 : 0;
        text = text[1..];
        if (sign == 0 || !TakeNumber(ref text, 2, out var hours)) return false;
        Take(ref text, ':');
        if (!TakeNumber(ref text, 2, out var minutes) || text.Length > 0 || hours > 14 || minutes > 59) return false;
        seconds = sign * (hours * 3600 + minutes * 60);
        return true;
    }

    private static bool Take(ref ReadOnlySpan<char> text, char expected)
    {
        if (text.Length == 0 || text[0] != expected) return false;
        text = text[1..];
        return true;
    }

    private static bool TakeNumber(ref ReadOnlySpan<char> text, int digits, out int value)
    {
        value = 0;
        if (text.Length < digits) return false;
        for (var i = 0; i < digits; i++)
        {
            if (!char.IsAsciiDigit(text[i])) return false;
            value = value * 10 + (text[i] - '0');
        }
        text = text[digits..];
        return true;
    }
}
