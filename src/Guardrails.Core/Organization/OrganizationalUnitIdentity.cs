namespace Guardrails;

/// <summary>
/// Which organizational unit is meant: its id (<c>ou-…</c>, <c>r-…</c>), its ARN, its path (<c>/Workloads/Prod</c>, <c>/</c> for the
/// root) or its name. Paths and names may hold wildcards where several are welcome; <see cref="OrganizationPath"/> says how a name
/// with wildcards in it is written.
/// </summary>
public sealed class OrganizationalUnitIdentity
{
    /// <param name="value">Id, ARN, path or name.</param>
    /// <exception cref="ArgumentException">Nothing was given.</exception>
    public OrganizationalUnitIdentity(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <param name="organizationalUnit">The organizational unit itself: its id counts.</param>
    public OrganizationalUnitIdentity(OrganizationalUnit organizationalUnit)
    {
        ArgumentNullException.ThrowIfNull(organizationalUnit);
        Value = organizationalUnit.Id;
    }

    /// <summary>What was given; the id where an organizational unit was given.</summary>
    public string Value { get; }

    /// <summary>What was given.</summary>
    public override string ToString() => Value;
}
