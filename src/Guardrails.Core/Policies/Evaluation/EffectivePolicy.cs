namespace Guardrails;

/// <summary>A policy that binds an account, on the level where it is attached.</summary>
public sealed record EffectivePolicy
{
    /// <summary>The account's 12-digit id.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's path.</summary>
    public required string Account { get; init; }

    /// <summary>The type as AWS names it.</summary>
    public required string PolicyType { get; init; }

    /// <summary>How far below the root its level is: 0 for the root itself; null for a policy that AWS works out from all levels.</summary>
    public int? Depth { get; init; }

    /// <summary>Where it is attached: the root, an organizational unit or the account; null for a policy that AWS works out from all levels.</summary>
    public PolicyLevel? Level { get; init; }

    /// <summary>The policy's id; null for a level without any policy of the type, and for what AWS works out.</summary>
    public string? PolicyId { get; init; }

    /// <summary>The policy's name; null for a level without any policy of the type, and for what AWS works out.</summary>
    public string? Policy { get; init; }

    /// <summary>False where AWS exempts the account: the management account, for service and resource control policies.</summary>
    public bool Binds { get; init; } = true;

    /// <summary>The document.</summary>
    public string? Content { get; init; }

    /// <summary>Policy and level.</summary>
    public override string ToString() => $"{Policy ?? "nothing"} on {Level?.Path ?? Account}";

    /// <summary>The policies of one type on each level from the root to the account; a level without one is there as well.</summary>
    /// <param name="organization">Read with <see cref="OrganizationCompiler.Needed"/>.</param>
    internal static IEnumerable<EffectivePolicy> Chain(Organization organization, Account account, string policyType)
    {
        if (!organization.PolicyTypes.Contains(policyType)) yield break;
        var above = organization.Ancestors(account.Id);
        PolicyLevel[] levels = [.. above.Select(unit => new PolicyLevel(unit.Id, unit.Path)), new PolicyLevel(account.Id, account.Path)];
        for (var depth = 0; depth < levels.Length; depth++)
        {
            var level = new EffectivePolicy
            {
                AccountId = account.Id,
                Account = account.Path,
                PolicyType = policyType,
                Depth = depth,
                Level = levels[depth],
                Binds = account.Id != organization.ManagementAccountId,
            };
            var attached = organization.PoliciesOn(levels[depth].Id).Where(policy => policy.Type == policyType).ToList();
            if (attached.Count == 0) yield return level;
            foreach (var policy in attached) yield return level with { PolicyId = policy.Id, Policy = policy.Name, Content = policy.Content };
        }
    }
}
