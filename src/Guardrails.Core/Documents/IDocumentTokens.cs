namespace Guardrails;

internal enum DocumentToken : byte
{
    /// <summary>Before the first token.</summary>
    None,
    Mapping,
    MappingEnd,
    List,
    ListEnd,

    /// <summary>The key of a mapping; its value follows.</summary>
    Key,

    /// <summary>A text, number, truth value or nothing, as a value or an item.</summary>
    Text,

    /// <summary>Another document in the same file.</summary>
    NextDocument,
    End,
}

/// <summary>
/// Steps through a document of mappings, lists and texts, token by token, in one pass. It is a port with a reader for each format: what is made
/// of the tokens is written once, and nothing is kept of what is passed over.
/// </summary>
internal interface IDocumentTokens
{
    DocumentToken Kind { get; }

    /// <summary>The short form of YAML that a value carries, without its exclamation mark: <c>Ref</c> of <c>!Ref Name</c>. Empty elsewhere.</summary>
    ReadOnlySpan<char> Tag { get; }

    void Read();

    /// <summary>How many mappings and lists are open.</summary>
    int Depth { get; }

    /// <summary>
    /// Reads on to the next key that may be a function of a template (<c>Ref</c>, <c>Fn::…</c>), or value with a tag, and passes over the rest;
    /// at the latest to the end at which fewer mappings and lists are open than that.
    /// </summary>
    /// <returns>False at that end.</returns>
    bool ReadToFunction(int depth);

    /// <summary>From a key to the end of its value; from the beginning of a mapping or list to its end; elsewhere nothing.</summary>
    void Skip();

    /// <summary>
    /// What an exception that any of these has thrown says of the document: that it is not of the format from there on, or not Unicode. Null
    /// where it says nothing of it.
    /// </summary>
    DamagedDocumentException? DamageOf(Exception e);

    /// <summary>Whether the key or text is this one, which must be ASCII.</summary>
    bool TextIs(ReadOnlySpan<byte> ascii);

    /// <summary>Whether the key or text begins so, which must be ASCII.</summary>
    bool TextStartsWith(ReadOnlySpan<byte> ascii);

    /// <summary>The key or text; empty for nothing. It stands until the next step.</summary>
    ReadOnlySpan<char> Text();
}
