namespace Guardrails.Sandbox;

/// <summary>Organizations to begin with.</summary>
internal static class NewOrganization
{
    /// <summary>An organization with all features, service control policies on, and the management account only.</summary>
    /// <param name="time">The sandbox's time of its founding.</param>
    /// <param name="accountQuota">As AWS raised it; null: the default of the quotas.</param>
    public static OrganizationState Empty(long seed, DateTimeOffset time, int? accountQuota = null)
    {
        var state = new OrganizationState(seed, new IdSource(seed, 0).Account(), "aws-management@example.com", "management") { AccountQuota = accountQuota };
        state.Found(time, "ALL");
        PolicyTypeOperations.Enable(state, PolicyType.ServiceControl);
        return state;
    }

    /// <summary>An organization of a believable company. The same arguments give the same bytes.</summary>
    /// <param name="accountCount">With the management account; at least 1.</param>
    /// <param name="organizationalUnitCount">Without the root.</param>
    /// <param name="policyCount">Without the policies that AWS owns.</param>
    /// <param name="time">The sandbox's time: accounts joined in the three years before.</param>
    /// <remarks>The account quota is raised to twice what is there, as a company of that size would have asked for.</remarks>
    public static OrganizationState Generate(int accountCount, int organizationalUnitCount, int policyCount, long seed, DateTimeOffset time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(accountCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(organizationalUnitCount);
        ArgumentOutOfRangeException.ThrowIfNegative(policyCount);
        var state = Empty(seed, time, Math.Max(SandboxQuotas.Default.Accounts, 2 * accountCount));
        foreach (var type in GeneratedPolicies.TypesFor(policyCount)) PolicyTypeOperations.Enable(state, type);
        GeneratedTree.AddUnits(state, organizationalUnitCount);
        GeneratedTree.AddAccounts(state, accountCount - 1, time);
        GeneratedPolicies.Add(state, policyCount, time);
        ServiceAccessOperations.Grant(state, AccountManagementOperations.ServicePrincipal, time);
        NewIdentityCenter.Default.AddTo(state, time);
        return state;
    }
}
