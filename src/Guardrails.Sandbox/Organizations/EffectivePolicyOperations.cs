using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>What the management policies come to on an account.</summary>
internal static class EffectivePolicyOperations
{
    public static (string Name, Access Access, Operation Operation)[] All { get; } =
    [
        ("DescribeEffectivePolicy", Access.Member, Describe),
        ("ListEffectivePolicyValidationErrors", Access.DelegatedAdministrator, ListErrors),
        ("ListAccountsWithInvalidEffectivePolicy", Access.DelegatedAdministrator, ListInvalid),
    ];

    /// <summary>The merged policy of a type on an account; null when none is in effect.</summary>
    public static JsonObject? Effective(OrganizationState state, AccountEntity account, string type)
    {
        if (!state.EnabledPolicyTypes.Contains(type)) return null;
        return ManagementPolicy.Merge(account.Lineage().Select(Documents));
        List<JsonObject> Documents(PolicyTarget level) => [.. Attached(level, type).Select(policy => JsonNode.Parse(policy.Content)).OfType<JsonObject>()];
    }

    private static JsonObject Describe(CallContext call, JsonObject input)
    {
        var (state, type, targetId) = (call.State, input.Text("PolicyType"), input.TextOrNull("TargetId") ?? call.Caller.AccountId);
        if (!state.TryFind<PolicyTarget>(targetId, out var target)) throw Errors.TargetNotFound();
        if (target is not AccountEntity account)
            throw Errors.Input("TARGET_NOT_SUPPORTED", "You can't perform the specified operation on that target entity: an effective policy is an account's.");
        if (account.Id != call.Caller.AccountId && call.Caller.AccountId != state.ManagementAccountId && state.FindDelegation(call.Caller.AccountId) is null)
            throw Errors.AccessDenied();
        var effective = Effective(state, account, type) ?? throw NotFound();
        return new()
        {
            ["EffectivePolicy"] = new JsonObject
            {
                ["PolicyContent"] = effective.ToJsonString(),
                ["LastUpdatedTimestamp"] = Inputs.Timestamp(account.Lineage().SelectMany(level => Attached(level, type)).Max(policy => policy.Updated)),
                ["TargetId"] = account.Id,
                ["PolicyType"] = type,
            },
        };
    }

    /// <summary>Each document was checked when it was stored, and the merge keeps that: here no effective policy is invalid.</summary>
    private static JsonObject ListErrors(CallContext call, JsonObject input)
    {
        var account = AccountOperations.Find(call, input);
        var type = input.Text("PolicyType");
        if (Effective(call.State, account, type) is null) throw NotFound();
        return new()
        {
            ["AccountId"] = account.Id,
            ["PolicyType"] = type,
            ["Path"] = call.State.PathOf(account),
            ["EvaluationTimestamp"] = Inputs.Timestamp(call.Now),
            ["EffectivePolicyValidationErrors"] = new JsonArray(),
        };
    }

    private static JsonObject ListInvalid(CallContext call, JsonObject input)
    {
        var type = input.Text("PolicyType");
        if (!call.State.EnabledPolicyTypes.Contains(type)) throw NotFound();
        return new() { ["Accounts"] = new JsonArray(), ["PolicyType"] = type };
    }

    private static IEnumerable<PolicyEntity> Attached(PolicyTarget target, string type) => target.Policies.Where(policy => policy.Type == type);

    private static AwsError NotFound() => new(
        "EffectivePolicyNotFoundException",
        "This policy type is not enabled, or the account doesn't have an effective policy of this type.");
}
