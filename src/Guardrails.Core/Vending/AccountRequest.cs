namespace Guardrails;

/// <summary>An account that somebody wants: what it is called, where it belongs, what it is tagged with, and who gets in.</summary>
public sealed record AccountRequest
{
    /// <summary>The account's name: 1 to 50 printable ASCII characters.</summary>
    public required string Name { get; init; }

    /// <summary>The root user's email address: 6 to 64 ASCII characters, unique across all of AWS. It is what an account is recognised by.</summary>
    public required string Email { get; init; }

    /// <summary>The path of the organizational unit it belongs in; <c>/</c> for the root.</summary>
    public string OrganizationalUnit { get; init; } = OrganizationPath.Root;

    /// <summary>Its tags. Tags that the account has beyond these stay.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = Facts.None;

    /// <summary>The role in the new account that the management account may assume; null for AWS's <c>OrganizationAccountAccessRole</c>.</summary>
    public string? RoleName { get; init; }

    internal static IReadOnlyDictionary<AlternateContactType, AlternateContact> NoContacts { get; } = new SortedDictionary<AlternateContactType, AlternateContact>();

    /// <summary>Its alternate contacts. Types that are not named here stay as they are.</summary>
    public IReadOnlyDictionary<AlternateContactType, AlternateContact> Contacts { get; init; } = NoContacts;

    /// <summary>The Regions that it may use beyond those that every account has. Others that are enabled stay so.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Who is let in, by IAM Identity Center. Access that others have stays.</summary>
    public IReadOnlyList<AccountAccess> Access { get; init; } = [];

    /// <summary>Where it was read: file and line, or the position in the pipeline.</summary>
    public string? Source { get; init; }

    /// <summary>Name and email.</summary>
    public override string ToString() => $"{Name} <{Email}>";
}
