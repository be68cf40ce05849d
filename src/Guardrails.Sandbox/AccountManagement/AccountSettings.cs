namespace Guardrails.Sandbox;

/// <summary>What an account keeps of itself, beyond what its organization knows.</summary>
internal sealed class AccountSettings
{
    /// <summary>By type: BILLING, OPERATIONS, SECURITY.</summary>
    public SortedDictionary<string, AlternateContact> Contacts { get; } = new(StringComparer.Ordinal);

    /// <summary>Of the Regions that must be enabled first, those for which that was ever asked, by name.</summary>
    public SortedDictionary<string, RegionOpt> Regions { get; } = new(StringComparer.Ordinal);
}

internal sealed record AlternateContact(string Name, string Title, string EmailAddress, string PhoneNumber);

/// <param name="Enable">What was asked for last.</param>
/// <param name="Done">When AWS gets done with it.</param>
internal sealed record RegionOpt(bool Enable, DateTimeOffset Done)
{
    public bool IsUnderWay(DateTimeOffset now) => now < Done;

    /// <summary>AWS's RegionOptStatus.</summary>
    public string StatusAt(DateTimeOffset now) => (Enable, IsUnderWay(now)) switch
    {
        (true, true) => "ENABLING",
        (true, false) => "ENABLED",
        (false, true) => "DISABLING",
        _ => "DISABLED",
    };
}
