namespace Guardrails;

/// <summary>An AWS organization as it was read: the tree, the accounts, the policies and what they are attached to. Never changes.</summary>
public sealed class Organization
{
    private Organization(OrganizationFacts facts) => Facts = facts;

    internal OrganizationFacts Facts { get; }

    /// <summary>What was read of it.</summary>
    public OrganizationDetail Detail => Facts.Detail;

    internal static Organization From(OrganizationFacts facts) => new(facts);
}
