using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>Policies on roots, organizational units and accounts.</summary>
internal static class AttachmentOperations
{
    public static (string Name, Access Access, Operation Operation)[] All { get; } =
    [
        ("AttachPolicy", Access.Management, Attach),
        ("DetachPolicy", Access.Management, Detach),
        ("ListPoliciesForTarget", Access.DelegatedAdministrator, ListForTarget),
        ("ListTargetsForPolicy", Access.DelegatedAdministrator, ListTargets),
    ];

    private static JsonObject Attach(CallContext call, JsonObject input)
    {
        var policy = PolicyOperations.Find(call, input);
        var target = Target(call, input);
        if (!call.State.EnabledPolicyTypes.Contains(policy.Type)) throw PolicyTypeOperations.NotEnabled();
        if (policy.Targets.Contains(target))
            throw new AwsError("DuplicatePolicyAttachmentException", "The selected policy is already attached to the specified target.");
        var limit = call.Quotas.PolicyType(policy.Type).AttachedPerTarget;
        if (Count(target, policy.Type) >= limit)
            throw Errors.Constraint(
                "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
                $"You have exceeded the number of policies of this type that can be attached to an entity ({limit}).");
        OrganizationState.Attach(policy, target);
        return [];
    }

    private static JsonObject Detach(CallContext call, JsonObject input)
    {
        var policy = PolicyOperations.Find(call, input);
        var target = Target(call, input);
        if (!policy.Targets.Contains(target))
            throw new AwsError("PolicyNotAttachedException", "The policy isn't attached to the specified target in the specified root.");
        if (policy.Id == AwsManagedPolicies.RcpFullAwsAccess)
            throw Errors.Input("NON_DETACHABLE_POLICY", "You can't detach this AWS managed policy.");
        var minimum = call.Quotas.PolicyType(policy.Type).AttachedMinimum;
        if (Count(target, policy.Type) <= minimum)
            throw Errors.Constraint(
                "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
                $"You cannot remove the last policy attached to the specified target: at least {minimum} of this type must stay. Attach another first.");
        OrganizationState.Detach(policy, target);
        return [];
    }

    private static JsonObject ListForTarget(CallContext call, JsonObject input)
    {
        var filter = input.Text("Filter");
        var attached = new OrderedList<PolicyEntity>();
        foreach (var policy in Target(call, input).Policies.Where(policy => policy.Type == filter)) attached.Add(policy);
        return Listing.Page(call, input, "ListPoliciesForTarget", "Policies", attached, PolicyOperations.Summary);
    }

    private static JsonObject ListTargets(CallContext call, JsonObject input) => Listing.Page(
        call, input, "ListTargetsForPolicy", "Targets", PolicyOperations.Find(call, input).Targets, target => new JsonObject
        {
            ["TargetId"] = target.Id,
            ["Arn"] = target.Arn,
            ["Name"] = target.Name,
            ["Type"] = target.TargetType,
        });

    private static int Count(PolicyTarget target, string type) => target.Policies.Count(policy => policy.Type == type);

    private static PolicyTarget Target(CallContext call, JsonObject input) =>
        call.State.TryFind<PolicyTarget>(input.Text("TargetId"), out var target) ? target : throw Errors.TargetNotFound();
}
