using System.Text;
using System.Text.Unicode;

namespace Guardrails;

/// <summary>Reads policy documents. Never throws on content: what is wrong becomes findings of the document.</summary>
internal static class PolicyReader
{
    /// <summary>Bytes; more is not read. The largest policy that AWS stores has 10,240 characters.</summary>
    public const int LargestDocument = 4 * 1024 * 1024;

    /// <summary>Reads a document that is text.</summary>
    /// <param name="type">The type as AWS names it; null to go by what the document looks like.</param>
    /// <param name="source">The file as it was named, or the policy's name.</param>
    public static PolicyDocument Read(string text, string? type = null, string? source = null) => Read(Encoding.UTF8.GetBytes(text), type, source);

    /// <summary>Reads a document from a file's bytes: UTF-8, with or without a byte order mark.</summary>
    /// <param name="type">The type as AWS names it; null to go by what the document looks like.</param>
    /// <param name="source">The file as it was named, or the policy's name.</param>
    public static PolicyDocument Read(ReadOnlyMemory<byte> bytes, string? type = null, string? source = null)
    {
        if (bytes.Length > LargestDocument) return Refused(bytes.Length, type, source);
        var (utf8, faults) = Decode(bytes);
        var lines = PolicyText.LineStarts(utf8.Span);
        var findings = new FindingList(source, offset => PolicyText.PositionOf(utf8.Span, lines, offset));
        foreach (var (rule, offset, message) in faults) findings.Add(rule, offset, message);
        var root = PolicyJsonReader.Read(utf8, findings);
        var known = type ?? PolicyTypes.Guess(root);
        var elements = PolicyTypes.IsAuthorization(known) && root is not null ? PolicyElements.Read(root, findings) : PolicyElements.None;
        if (root is { Kind: not PolicyJsonKind.Object }) findings.Add(ReadingRules.WrongKind, root.Offset, "A policy is a JSON object, and this is none.");
        return new PolicyDocument(utf8, lines)
        {
            Type = known,
            Source = source,
            Root = root,
            Version = elements.Version,
            Id = elements.Id,
            Statements = elements.Statements,
            Findings = findings.Findings,
            Characters = Encoding.UTF8.GetCharCount(utf8.Span),
        };
    }

    private static PolicyDocument Refused(int length, string? type, string? source)
    {
        var findings = new FindingList(source, _ => new TextPosition(1, 1));
        findings.Add(ReadingRules.TooLarge, 0, $"The document has {length} bytes; documents above {LargestDocument} bytes are not read.");
        return new PolicyDocument(default, [0]) { Type = type, Source = source, Root = null, Findings = findings.Findings, Characters = 0 };
    }

    private static (ReadOnlyMemory<byte> Utf8, List<(PolicyRule Rule, int Offset, string Message)> Faults) Decode(ReadOnlyMemory<byte> bytes)
    {
        var faults = new List<(PolicyRule, int, string)>();
        var utf16 = bytes.Span.StartsWith<byte>([0xFF, 0xFE]) ? Encoding.Unicode : bytes.Span.StartsWith<byte>([0xFE, 0xFF]) ? Encoding.BigEndianUnicode : null;
        if (utf16 is not null)
        {
            faults.Add((ReadingRules.NotUtf8, 0, "The file is UTF-16."));
            return (Encoding.UTF8.GetBytes(utf16.GetString(bytes.Span[2..])), faults);
        }
        if (bytes.Span.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
        {
            faults.Add((ReadingRules.ByteOrderMark, 0, "The file begins with a byte order mark."));
            bytes = bytes[3..];
        }
        if (Utf8.IsValid(bytes.Span)) return (bytes, faults);
        faults.Add((ReadingRules.NotUtf8, FirstInvalid(bytes.Span), "The bytes from here on are not UTF-8."));
        return (Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes.Span)), faults);
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == System.Buffers.OperationStatus.Done) at += length;
        return at;
    }
}
