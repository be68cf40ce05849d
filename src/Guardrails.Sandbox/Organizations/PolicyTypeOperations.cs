using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>Types of policy, turned on and off at the root. AWS does this in the background; here it is done at once.</summary>
internal static class PolicyTypeOperations
{
    public static (string Name, Access Access, Operation Operation)[] All { get; } =
    [
        ("EnablePolicyType", Access.Management, Enable),
        ("DisablePolicyType", Access.Management, Disable),
    ];

    /// <summary>Turns a type on; where AWS has a policy that lets everything through, it is attached to everything.</summary>
    public static void Enable(OrganizationState state, string type)
    {
        if (!state.EnabledPolicyTypes.Add(type)) return;
        foreach (var managed in AwsManagedPolicies.All.Where(policy => policy.Type == type))
        {
            if (!state.TryFind<PolicyEntity>(managed.Id, out var policy)) continue;
            foreach (var target in state.Targets())
                if (!policy.Targets.Contains(target)) OrganizationState.Attach(policy, target);
        }
    }

    private static JsonObject Enable(CallContext call, JsonObject input)
    {
        var root = Root(call, input);
        var type = input.Text("PolicyType");
        if (call.State.Organization!.FeatureSet != "ALL")
            throw new AwsError(
                "PolicyTypeNotAvailableForOrganizationException",
                "You can't use the specified policy type with the feature set currently enabled for this organization.");
        if (call.State.EnabledPolicyTypes.Contains(type))
            throw new AwsError("PolicyTypeAlreadyEnabledException", "The specified policy type is already enabled in the specified root.");
        Enable(call.State, type);
        return new() { ["Root"] = OrganizationOperations.Show(call.State, root) };
    }

    /// <summary>Detaches every policy of the type from everything. The policies stay.</summary>
    private static JsonObject Disable(CallContext call, JsonObject input)
    {
        var root = Root(call, input);
        var type = input.Text("PolicyType");
        if (!call.State.EnabledPolicyTypes.Remove(type)) throw NotEnabled();
        foreach (var policy in call.State.PoliciesOf(type))
            foreach (var target in policy.Targets.ToList()) OrganizationState.Detach(policy, target);
        return new() { ["Root"] = OrganizationOperations.Show(call.State, root) };
    }

    public static AwsError NotEnabled() => new(
        "PolicyTypeNotEnabledException", "The specified policy type isn't currently enabled in this root. Enable it in the root first.");

    private static RootEntity Root(CallContext call, JsonObject input) =>
        call.State.TryFind<RootEntity>(input.Text("RootId"), out var root) ? root : throw Errors.NotFound("Root", "You specified a root that doesn't exist.");
}
