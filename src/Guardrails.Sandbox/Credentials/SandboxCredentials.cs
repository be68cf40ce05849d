namespace Guardrails.Sandbox;

/// <param name="SessionToken">Null for a user's own key.</param>
internal sealed record SandboxCredentials(string AccessKeyId, string SecretAccessKey, string? SessionToken, DateTimeOffset? Expiration);
