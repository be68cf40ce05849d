using System.Text;

namespace Guardrails;

/// <summary>A policy document as it was read. What can't be understood is in <see cref="Findings"/>; the rest is there all the same.</summary>
/// <remarks><see cref="PolicyReader"/> makes it. It never changes.</remarks>
internal sealed class PolicyDocument
{
    private readonly ReadOnlyMemory<byte> _utf8;
    private readonly int[] _lines;

    internal PolicyDocument(ReadOnlyMemory<byte> utf8, int[] lines)
    {
        _utf8 = utf8;
        _lines = lines;
    }

    /// <summary>The type as AWS names it: the one that was given, or else the one it looks like; null where neither is known.</summary>
    public required string? Type { get; init; }

    /// <summary>The file as it was named, or the policy's name; null for text without a name.</summary>
    public required string? Source { get; init; }

    /// <summary>The JSON; null where the text is not JSON.</summary>
    public required PolicyJson? Root { get; init; }

    /// <summary>Version of an SCP or RCP; null where it is missing.</summary>
    public PolicyWord? Version { get; init; }

    /// <summary>Id of an SCP or RCP; null where it is missing.</summary>
    public PolicyWord? Id { get; init; }

    /// <summary>The statements of an SCP or RCP, in order; one that is not in a list is a list of one. Empty for other types.</summary>
    public IReadOnlyList<PolicyStatement> Statements { get; init; } = [];

    /// <summary>What is wrong with the text as such: not JSON, names written twice, elements of the wrong JSON type. The lint finds the rest.</summary>
    public required IReadOnlyList<PolicyFinding> Findings { get; init; }

    /// <summary>Characters as the API would store the text, white space included, without a byte order mark.</summary>
    public required int Characters { get; init; }

    /// <summary>Bytes in UTF-8 of the same.</summary>
    public int Bytes => _utf8.Length;

    /// <summary>
    /// True for an SCP or RCP of which nothing is in doubt: it has statements, each of them can be evaluated, and reading it found no error.
    /// </summary>
    public bool IsEvaluable => PolicyTypes.IsAuthorization(Type) && Statements.Count > 0
        && Statements.All(one => one.IsEvaluable) && Findings.All(one => one.Severity < FindingSeverity.Error);

    /// <summary>The text as it was read, without a byte order mark; bytes that are no UTF-8 are U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(_utf8.Span);

    /// <summary>Line and column of an offset, which is an <c>Offset</c> of anything in this document.</summary>
    public TextPosition PositionOf(int offset) => PolicyText.PositionOf(_utf8.Span, _lines, offset);
}
