using System.Text;

namespace Guardrails;

/// <summary>Lines and columns of a document's bytes.</summary>
internal static class PolicyText
{
    /// <summary>Where each line begins. Lines end with a line feed, a carriage return, or both.</summary>
    public static int[] LineStarts(ReadOnlySpan<byte> utf8)
    {
        var starts = new List<int> { 0 };
        for (var at = 0; ;)
        {
            var next = utf8[at..].IndexOfAny((byte)'\n', (byte)'\r');
            if (next < 0) return [.. starts];
            at += next + 1;
            if (utf8[at - 1] == '\r' && at < utf8.Length && utf8[at] == '\n') at++;
            starts.Add(at);
        }
    }

    /// <summary>Line and column of an offset; what is past the end is the end.</summary>
    public static TextPosition PositionOf(ReadOnlySpan<byte> utf8, int[] lineStarts, int offset)
    {
        var at = Math.Clamp(offset, 0, utf8.Length);
        var found = Array.BinarySearch(lineStarts, at);
        var line = found >= 0 ? found : ~found - 1;
        return new(line + 1, Encoding.UTF8.GetCharCount(utf8[lineStarts[line]..at]) + 1);
    }
}
