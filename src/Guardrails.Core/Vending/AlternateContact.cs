namespace Guardrails;

/// <summary>What AWS asks an account's alternate contact about.</summary>
public enum AlternateContactType
{
    /// <summary>Invoices and payments.</summary>
    Billing,

    /// <summary>Operation of the account's services.</summary>
    Operations,

    /// <summary>Security findings and abuse reports.</summary>
    Security,
}

/// <summary>Whom AWS tells about an account beside its root user.</summary>
/// <remarks>Source: AWS Account Management API reference, PutAlternateContact (August 2026).</remarks>
public sealed record AlternateContact
{
    /// <summary>Name: 1 to 64 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Title or function: 1 to 50 characters.</summary>
    public required string Title { get; init; }

    /// <summary>Email address: 1 to 254 characters.</summary>
    public required string Email { get; init; }

    /// <summary>Telephone number: 1 to 25 digits, blanks and <c>()+-</c>.</summary>
    public required string Phone { get; init; }

    /// <summary>Name and email.</summary>
    public override string ToString() => $"{Name} <{Email}>";
}
