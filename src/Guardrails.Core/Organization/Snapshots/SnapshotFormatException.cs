namespace Guardrails;

/// <summary>A file that is not a snapshot that this version of the module reads: damaged, of a newer version, or something else.</summary>
public sealed class SnapshotFormatException : Exception
{
    internal SnapshotFormatException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
