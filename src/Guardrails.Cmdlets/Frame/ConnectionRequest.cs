namespace Guardrails.Cmdlets;

/// <summary>What Connect-Guardrail was asked for.</summary>
/// <param name="QuotaPath">The full path of the user's own quotas; null for none.</param>
/// <param name="Sandbox">The full path of a sandbox file; null for AWS.</param>
internal sealed record ConnectionRequest(
    string? Profile, string? Region, string? RoleArn, string? ExternalId, string? RoleSessionName, Uri? EndpointUrl, bool ReadOnly, string? Sandbox, string? QuotaPath);
