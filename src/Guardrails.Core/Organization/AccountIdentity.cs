namespace Guardrails;

/// <summary>
/// Which account is meant: its 12-digit id, its ARN, its path (<c>/Workloads/Prod/shop</c>) or its name. Paths and names may hold
/// wildcards where several accounts are welcome; <see cref="OrganizationPath"/> says how a name with wildcards in it is written.
/// </summary>
public sealed class AccountIdentity
{
    /// <param name="value">Id, ARN, path or name.</param>
    /// <exception cref="ArgumentException">Nothing was given.</exception>
    public AccountIdentity(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <param name="account">The account itself: its id counts.</param>
    public AccountIdentity(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        Value = account.Id;
        Account = account;
    }

    /// <summary>The account where it was given itself.</summary>
    internal Account? Account { get; }

    /// <summary>What was given; the id where an account was given.</summary>
    public string Value { get; }

    /// <summary>What was given.</summary>
    public override string ToString() => Value;
}
