using Amazon.Organizations;
using Model = Amazon.Organizations.Model;

namespace Guardrails.Aws;

/// <summary>Reads the policies type by type, and of each what it is attached to: fewer calls than asking every target for its policies.</summary>
internal sealed class PolicyReader(IAmazonOrganizations client, ReadRun run)
{
    /// <summary>The types of August 2026, to find policies of a type that is off; types that a newer AWS has on are read from the root.</summary>
    private static readonly string[] KnownPolicyTypes =
    [
        "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY", "BACKUP_POLICY", "AISERVICES_OPT_OUT_POLICY", "CHATBOT_POLICY",
        "DECLARATIVE_POLICY_EC2", "SECURITYHUB_POLICY", "INSPECTOR_POLICY", "UPGRADE_ROLLOUT_POLICY", "BEDROCK_POLICY", "S3_POLICY",
        "NETWORK_SECURITY_DIRECTOR_POLICY",
    ];

    /// <param name="onRoot">The types that the root names.</param>
    public async Task<IReadOnlyList<OrganizationPolicy>> ReadAsync(IReadOnlyCollection<string> onRoot)
    {
        var types = KnownPolicyTypes.Union(onRoot, StringComparer.Ordinal);
        var byType = await Task.WhenAll(types.Select(type => run.First(PoliciesOfTypeAsync(type, onRoot.Contains(type)))));
        return [.. byType.SelectMany(p => p).OrderBy(p => p.Id, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<OrganizationPolicy>> PoliciesOfTypeAsync(string type, bool onRoot)
    {
        var reading = new List<Task<OrganizationPolicy?>>();
        try
        {
            await run.AllowedAsync(
                "organizations:ListPolicies", "policies",
                async () =>
                {
                    await Listing.ReadAsync(
                        run.Caller, "organizations:ListPolicies",
                        (token, cancel) => client.ListPoliciesAsync(new() { Filter = type, NextToken = token }, cancel),
                        a => a.NextToken,
                        a =>
                        {
                            reading.AddRange((a.Policies ?? []).Select(p => run.First(PolicyAsync(p))));
                            return (a.Policies?.Count ?? 0, true);
                        },
                        run.Scope);
                    return true;
                });
        }
        catch (CloudException e) when (!onRoot
            && e.Code is "PolicyTypeNotAvailableForOrganizationException" or "InvalidInputException" or "UnsupportedAPIEndpointException")
        {
            // This partition or organization does not know the type.
        }
        return [.. (await Task.WhenAll(reading)).OfType<OrganizationPolicy>()];
    }

    private async Task<OrganizationPolicy?> PolicyAsync(Model.PolicySummary policy)
    {
        var targets = policy.AwsManaged == true && !run.Detail.HasFlag(OrganizationDetail.AwsManagedAttachments)
            ? Task.FromResult<List<Model.PolicyTargetSummary>?>(null)
            : run.AllowedAsync(
                "organizations:ListTargetsForPolicy", "what policies are attached to",
                () => Listing.AllAsync(
                    run.Caller, "organizations:ListTargetsForPolicy",
                    (token, cancel) => client.ListTargetsForPolicyAsync(new() { PolicyId = policy.Id, NextToken = token }, cancel),
                    a => a.NextToken, a => a.Targets, t => t.TargetId, run.Scope));
        var content = run.Detail.HasFlag(OrganizationDetail.PolicyContent) ? ContentAsync(policy.Id) : Task.FromResult<string?>(null);
        try
        {
            await Task.WhenAll(targets, content);
        }
        catch (CloudException e) when (ReadRun.IsGone(e))
        {
            return null;
        }
        run.SawPolicy();
        return new OrganizationPolicy
        {
            Id = policy.Id,
            Arn = policy.Arn,
            Name = policy.Name,
            Description = policy.Description ?? "",
            Type = policy.Type?.Value ?? "",
            AwsManaged = policy.AwsManaged ?? false,
            Targets = [.. (await targets ?? []).Select(t => t.TargetId).Order(StringComparer.Ordinal)],
            Content = await content,
        };
    }

    private Task<string?> ContentAsync(string policyId) => run.AllowedAsync(
        "organizations:DescribePolicy", "the contents of policies",
        async () =>
        {
            var read = AwsOperation.Read("organizations:DescribePolicy");
            var answer = await run.Caller.CallAsync(read, cancel => client.DescribePolicyAsync(new() { PolicyId = policyId }, cancel), run.Scope);
            return answer.Policy?.Content;
        });
}
