using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>
/// One operation of a service: validated input in, the response's members out, or an <see cref="AwsError"/>.
/// It runs under the sandbox's lock; what it changed in the state is saved before the answer leaves.
/// </summary>
internal delegate JsonObject Operation(CallContext call, JsonObject input);

/// <param name="State">The organization, to read and to change.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="Now">The sandbox's time of this call.</param>
/// <param name="Quotas">The limits in force.</param>
internal sealed record CallContext(OrganizationState State, Caller Caller, DateTimeOffset Now, SandboxQuotas Quotas);

/// <param name="AccountId">The account whose credentials signed the call.</param>
/// <param name="Arn">As STS GetCallerIdentity gives it.</param>
internal sealed record Caller(string AccountId, string Arn, string UserId);
