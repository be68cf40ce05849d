using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>Policies and their documents.</summary>
internal static class PolicyOperations
{
    public static (string Name, Access Access, Operation Operation)[] All { get; } =
    [
        ("CreatePolicy", Access.Management, Create),
        ("UpdatePolicy", Access.Management, Update),
        ("DeletePolicy", Access.Management, Delete),
        ("DescribePolicy", Access.DelegatedAdministrator, (call, input) => Answer(Find(call, input))),
        ("ListPolicies", Access.DelegatedAdministrator, (call, input) =>
            Listing.Page(call, input, "ListPolicies", "Policies", call.State.PoliciesOf(input.Text("Filter")), Summary)),
    ];

    public static PolicyEntity Find(CallContext call, JsonObject input) =>
        call.State.TryFind<PolicyEntity>(input.Text("PolicyId"), out var policy) ? policy : throw Errors.PolicyNotFound();

    public static JsonObject Summary(PolicyEntity policy) => new()
    {
        ["Id"] = policy.Id,
        ["Arn"] = policy.Arn,
        ["Name"] = policy.Name,
        ["Description"] = policy.Description,
        ["Type"] = policy.Type,
        ["AwsManaged"] = policy.AwsManaged,
    };

    private static JsonObject Create(CallContext call, JsonObject input)
    {
        var (state, type, name, content) = (call.State, input.Text("Type"), input.Text("Name"), input.Text("Content"));
        if (state.Organization!.FeatureSet != "ALL")
            throw new AwsError(
                "PolicyTypeNotAvailableForOrganizationException",
                "You can't use the specified policy type with the feature set currently enabled for this organization.");
        var tags = TagRules.Read(input, call.Quotas);
        TagPolicy.Enforce(state, "policy", tags);
        var quota = call.Quotas.PolicyType(type);
        CheckContent(type, content, quota);
        if (state.FindPolicy(type, name) is not null) throw Duplicate();
        if (state.PoliciesOf(type).Count(policy => !policy.AwsManaged) >= quota.Policies)
            throw Errors.Constraint(
                "POLICY_NUMBER_LIMIT_EXCEEDED",
                $"You have exceeded the number of policies of this type that you can have in an organization ({quota.Policies}).");
        var id = state.Unused(state.Ids.Policy);
        var policy = new PolicyEntity
        {
            Sequence = state.Ids.NextSequence(),
            Id = id,
            Arn = state.PolicyArn(type, id),
            Name = name,
            Type = type,
            Description = input.Text("Description"),
            Content = content,
            Updated = call.Now,
        };
        policy.Set(tags);
        state.Add(policy);
        return Answer(policy);
    }

    private static JsonObject Update(CallContext call, JsonObject input)
    {
        var policy = Find(call, input);
        RefuseAwsManaged(policy);
        var (name, content) = (input.TextOrNull("Name") ?? policy.Name, input.TextOrNull("Content"));
        if (content is not null) CheckContent(policy.Type, content, call.Quotas.PolicyType(policy.Type));
        if (name != policy.Name && call.State.FindPolicy(policy.Type, name) is not null) throw Duplicate();
        if (name != policy.Name) call.State.Rename(policy, name);
        policy.Description = input.TextOrNull("Description") ?? policy.Description;
        if (content is not null)
        {
            policy.Content = content;
            policy.Updated = call.Now;
        }
        return Answer(policy);
    }

    private static JsonObject Delete(CallContext call, JsonObject input)
    {
        var policy = Find(call, input);
        RefuseAwsManaged(policy);
        if (policy.Targets.Count > 0)
            throw new AwsError(
                "PolicyInUseException",
                "The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation.");
        call.State.Remove(policy);
        return [];
    }

    private static void CheckContent(string type, string content, PolicyTypeQuota quota)
    {
        if (content.Length > quota.Characters)
            throw Errors.Constraint(
                "POLICY_CONTENT_LIMIT_EXCEEDED",
                $"You have exceeded the maximum size of a policy of this type: {content.Length} of {quota.Characters} characters, white space counted.");
        if (PolicyDocument.Problem(type, content) is { } problem)
            throw new AwsError(
                "MalformedPolicyDocumentException",
                "The provided policy document does not meet the requirements of the specified policy type: " + problem);
    }

    private static void RefuseAwsManaged(PolicyEntity policy)
    {
        if (policy.AwsManaged) throw Errors.Input("IMMUTABLE_POLICY", "You specified a policy that is managed by AWS and can't be modified.");
    }

    private static AwsError Duplicate() => new("DuplicatePolicyException", "A policy with the specified name already exists.");

    private static JsonObject Answer(PolicyEntity policy) =>
        new() { ["Policy"] = new JsonObject { ["PolicySummary"] = Summary(policy), ["Content"] = policy.Content } };
}
