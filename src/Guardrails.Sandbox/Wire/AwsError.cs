using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>An error as AWS answers it. The wire layer turns it into the protocol's own form.</summary>
internal sealed class AwsError(string code, string message, string? reason = null, int status = 400) : Exception(message)
{
    /// <summary>The shape's name, such as <c>ConstraintViolationException</c>.</summary>
    public string Code { get; } = code;

    /// <summary>The member <c>Reason</c>; null where the shape has none.</summary>
    public string? Reason { get; } = reason;

    public int Status { get; } = status;

    /// <summary>Further members of the shape.</summary>
    public JsonObject? Members { get; init; }
}
