namespace Guardrails;

/// <summary>The text is not of the format, from there on.</summary>
internal sealed class DamagedDocumentException(int line, int column, string message, Exception? cause = null) : Exception(message, cause)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
