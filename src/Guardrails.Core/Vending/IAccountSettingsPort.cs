namespace Guardrails;

/// <summary>What vending asks of a cloud about one account's own settings. Every member throws <see cref="CloudException"/> when the cloud refuses.</summary>
internal interface IAccountSettingsPort
{
    /// <summary>The name as the account itself has it: the organization's listing can lag behind for hours.</summary>
    Task<string> GetNameAsync(string accountId, CallScope scope);

    Task SetNameAsync(string accountId, string name, CallScope scope);

    /// <summary>Null where there is none of that type.</summary>
    Task<AlternateContact?> FindContactAsync(string accountId, AlternateContactType type, CallScope scope);

    Task SetContactAsync(string accountId, AlternateContactType type, AlternateContact contact, CallScope scope);

    /// <summary>Takes the contact away; no error where there is none.</summary>
    Task RemoveContactAsync(string accountId, AlternateContactType type, CallScope scope);

    Task<RegionState> GetRegionAsync(string accountId, string region, CallScope scope);

    /// <summary>Begins to enable the Region, which takes minutes to hours.</summary>
    Task EnableRegionAsync(string accountId, string region, CallScope scope);

    /// <summary>Why the caller cannot assume the role in the account, in AWS's words; null where it can, and for the caller's own account.</summary>
    Task<string?> WhyNotAssumableAsync(string accountId, string roleName, CallScope scope);
}

/// <summary>How a Region stands in an account: AWS's RegionOptStatus.</summary>
internal enum RegionState
{
    Disabled,
    Disabling,
    Enabling,
    Enabled,
    EnabledByDefault,
}
