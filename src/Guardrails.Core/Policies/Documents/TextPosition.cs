namespace Guardrails;

/// <summary>A place in a text: line and character within the line (UTF-16 code units), both counted from 1.</summary>
internal readonly record struct TextPosition(int Line, int Column);
