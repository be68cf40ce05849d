using Amazon.Organizations;
using Model = Amazon.Organizations.Model;

namespace Guardrails.Aws;

/// <summary>One read of an organization: the tree, the accounts, the policies with their targets, and the services, all at once.</summary>
internal sealed class OrganizationReader(IAmazonOrganizations client, OrganizationsPort port, ReadRun run)
{
    public static async Task<OrganizationFacts> ReadAsync(
        IAmazonOrganizations client, AwsCaller caller, OrganizationsPort port, TimeProvider clock, OrganizationDetail detail, CallScope scope)
    {
        using var run = new ReadRun(caller, detail, scope);
        var reader = new OrganizationReader(client, port, run);
        return await run.RunAsync(() => reader.ReadAsync(clock));
    }

    private async Task<OrganizationFacts> ReadAsync(TimeProvider clock)
    {
        var organization = await OrganizationsPort.DescribeAsync(run.Caller, client, run.Scope);
        var tree = new TreeReader(client, port, run);
        var rooted = run.First(RootedAsync(tree));
        var accounts = run.First(tree.AccountsAsync(rooted));
        var services = run.First(ServicesAsync());
        // Waits for all, also when one fails, so that no call outlives the read.
        await Task.WhenAll(rooted, accounts, services);
        var (root, policies) = await rooted;
        if (root is not null) await tree.FindNewUnitsAsync(root.Id);

        var facts = new OrganizationFacts
        {
            Id = organization.Id,
            Arn = organization.Arn,
            ManagementAccountId = organization.MasterAccountId,
            ManagementAccountEmail = organization.MasterAccountEmail,
            FeatureSet = organization.FeatureSet?.Value ?? "",
            Root = root is null ? UnseenRoot() : new(root.Id, root.Arn, root.Name, null),
            PolicyTypes = [.. (root?.PolicyTypes ?? []).Where(t => t.Status?.Value == "ENABLED").Select(t => t.Type.Value).Order(StringComparer.Ordinal)],
            OrganizationalUnits = tree.Units,
            Accounts = tree.Accounts,
            Policies = policies,
            DelegatedAdministrators = (await services).Administrators,
            ServiceAccess = (await services).Access,
            ReadAt = clock.GetUtcNow(),
            Detail = run.Detail,
        };
        if (run.Detail.HasFlag(OrganizationDetail.Tags)) facts = await WithTagsAsync(facts);
        return facts with { Gaps = run.Gaps };
    }

    private async Task<(Model.Root? Root, IReadOnlyList<OrganizationPolicy> Policies)> RootedAsync(TreeReader tree)
    {
        var root = await tree.RootAsync();
        var types = (root?.PolicyTypes ?? []).Select(t => t.Type?.Value).OfType<string>().ToList();
        var policies = run.First(new PolicyReader(client, run).ReadAsync(types));
        await Task.WhenAll(policies, root is null ? Task.CompletedTask : run.First(tree.WalkAsync(root.Id)));
        return (root, await policies);
    }

    private async Task<(IReadOnlyList<DelegatedAdministrator> Administrators, IReadOnlyList<string> Access)> ServicesAsync()
    {
        if (!run.Detail.HasFlag(OrganizationDetail.Services)) return ([], []);
        var access = run.First(run.AllowedAsync(
            "organizations:ListAWSServiceAccessForOrganization", "services with access",
            () => Listing.AllAsync(
                run.Caller, "organizations:ListAWSServiceAccessForOrganization",
                (token, cancel) => client.ListAWSServiceAccessForOrganizationAsync(new() { NextToken = token }, cancel),
                a => a.NextToken, a => a.EnabledServicePrincipals, s => s.ServicePrincipal, run.Scope)));
        var administrators = await run.AllowedAsync(
            "organizations:ListDelegatedAdministrators", "delegated administrators",
            () => Listing.AllAsync(
                run.Caller, "organizations:ListDelegatedAdministrators",
                (token, cancel) => client.ListDelegatedAdministratorsAsync(new() { NextToken = token }, cancel),
                a => a.NextToken, a => a.DelegatedAdministrators, d => d.Id, run.Scope));
        var withServices = await Task.WhenAll((administrators ?? []).Select(d => run.First(DelegatedAsync(d.Id))));
        return ([.. withServices.OfType<DelegatedAdministrator>().OrderBy(d => d.AccountId, StringComparer.Ordinal)],
            [.. (await access ?? []).Select(s => s.ServicePrincipal).Order(StringComparer.Ordinal)]);
    }

    private async Task<DelegatedAdministrator?> DelegatedAsync(string accountId)
    {
        try
        {
            return await DelegationAsync(accountId);
        }
        catch (CloudException e) when (ReadRun.IsGone(e))
        {
            return null;
        }
    }

    private async Task<DelegatedAdministrator> DelegationAsync(string accountId)
    {
        var services = await run.AllowedAsync(
            "organizations:ListDelegatedServicesForAccount", "the services of delegated administrators",
            () => Listing.AllAsync(
                run.Caller, "organizations:ListDelegatedServicesForAccount",
                (token, cancel) => client.ListDelegatedServicesForAccountAsync(new() { AccountId = accountId, NextToken = token }, cancel),
                a => a.NextToken, a => a.DelegatedServices, s => s.ServicePrincipal, run.Scope));
        return new(accountId, [.. (services ?? []).Select(s => s.ServicePrincipal).Order(StringComparer.Ordinal)]);
    }

    private async Task<OrganizationFacts> WithTagsAsync(OrganizationFacts facts)
    {
        var root = facts.Root.Arn.Length == 0 ? Task.FromResult(facts.Root) : TaggedAsync(facts.Root, facts.Root.Id, (x, t) => x with { Tags = t });
        var units = Task.WhenAll(facts.OrganizationalUnits.Select(u => TaggedAsync(u, u.Id, (x, t) => x with { Tags = t })));
        var accounts = Task.WhenAll(facts.Accounts.Select(a => TaggedAsync(a, a.Id, (x, t) => x with { Tags = t })));
        var policies = Task.WhenAll(facts.Policies.Select(p => p.AwsManaged ? Task.FromResult(p) : TaggedAsync(p, p.Id, (x, t) => x with { Tags = t })));
        await Task.WhenAll(root, units, accounts, policies);
        return facts with { Root = await root, OrganizationalUnits = await units, Accounts = await accounts, Policies = await policies };
    }

    private async Task<T> TaggedAsync<T>(T item, string id, Func<T, IReadOnlyDictionary<string, string>?, T> with) =>
        with(item, await run.First(run.AllowedAsync("organizations:ListTagsForResource", "tags", () => TagsAsync(id))));

    private async Task<IReadOnlyDictionary<string, string>?> TagsAsync(string id)
    {
        try
        {
            return await port.ReadTagsAsync(id, run.Scope);
        }
        catch (CloudException e) when (ReadRun.IsGone(e))
        {
            return null;
        }
    }

    /// <summary>Stands for the root that the caller may not see.</summary>
    private static OrganizationalUnitFacts UnseenRoot() => new("r-unseen", "", "Root", null);
}
