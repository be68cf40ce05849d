namespace Guardrails;

/// <summary>What reading a document finds, whatever its type.</summary>
internal static class ReadingRules
{
    public static readonly PolicyRule Malformed = new(
        "GR-POL-001", FindingSeverity.Error, "Not JSON", "Correct the JSON at this place; AWS refuses the document as malformed.",
        "parliament:MALFORMED", "access-analyzer:JSON_SYNTAX_ERROR");

    public static readonly PolicyRule NotUtf8 = new(
        "GR-POL-002", FindingSeverity.Error, "Not UTF-8", "Save the file as UTF-8.", "access-analyzer:JSON_SYNTAX_ERROR");

    public static readonly PolicyRule ByteOrderMark = new(
        "GR-POL-003", FindingSeverity.Warning, "Byte order mark", "Save the file as UTF-8 without a byte order mark; other tools send it to AWS as part of the text.");

    public static readonly PolicyRule Comment = new(
        "GR-POL-004", FindingSeverity.Error, "Comment", "Remove the comment; JSON has none. The Sid and the policy's description can say why.",
        "access-analyzer:JSON_SYNTAX_ERROR");

    public static readonly PolicyRule TrailingComma = new(
        "GR-POL-005", FindingSeverity.Error, "Comma before a closing bracket", "Remove the comma.", "access-analyzer:JSON_SYNTAX_ERROR");

    public static readonly PolicyRule DuplicateName = new(
        "GR-POL-006", FindingSeverity.Error, "Name written twice in an object",
        "Keep one; put several values of one condition key into one list.", "parliament:MALFORMED", "access-analyzer:UNIQUE_SIDS_REQUIRED");

    public static readonly PolicyRule TooDeep = new(
        "GR-POL-007", FindingSeverity.Error, "Nested too deep", "No policy type nests this deep; check what made the file.");

    public static readonly PolicyRule TooLarge = new(
        "GR-POL-008", FindingSeverity.Error, "Too large to be read", "This is many times the size of any policy; check that it is the right file.");

    public static readonly PolicyRule WrongKind = new(
        "GR-POL-009", FindingSeverity.Error, "Element of the wrong JSON type", "Write the element in the form that the message names.",
        "access-analyzer:DATA_TYPE_MISMATCH", "parliament:MALFORMED");

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<PolicyRule> All { get; } =
        [Malformed, NotUtf8, ByteOrderMark, Comment, TrailingComma, DuplicateName, TooDeep, TooLarge, WrongKind];
}
