namespace Guardrails.Formats;

internal enum NodeKind
{
    Text,
    List,
    ListEnd,
    Mapping,
    MappingEnd,

    /// <summary>YAML's reference to another place.</summary>
    Alias,

    /// <summary>Another document in the same file.</summary>
    NextDocument,
    End,
}

/// <summary>One step through a document of lists, mappings and text. In a mapping, keys and values come in turn.</summary>
/// <param name="Text">The text, or the alias' name; empty for anything else, and for null.</param>
/// <param name="Line">Where it begins; the first line is 1.</param>
/// <param name="Column">The character within the line, counted from 1.</param>
internal readonly record struct DocumentNode(NodeKind Kind, string Text, int Line, int Column);

/// <summary>Steps through a document.</summary>
internal interface IDocumentNodes
{
    /// <exception cref="DamagedDocumentException">The text is not of the format.</exception>
    DocumentNode Next();
}
