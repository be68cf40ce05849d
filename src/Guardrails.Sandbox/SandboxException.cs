namespace Guardrails.Sandbox;

internal enum SandboxProblem
{
    NotFound,
    AlreadyExists,
    Damaged,
    NewerVersion,
    Locked,

    /// <summary>The path, the port or the options cannot be used.</summary>
    Unusable,
}

/// <summary>The sandbox cannot be made, opened or started. The message says what to do; nothing was changed.</summary>
internal sealed class SandboxException(SandboxProblem problem, string message, Exception? inner = null) : Exception(message, inner)
{
    public SandboxProblem Problem { get; } = problem;
}
