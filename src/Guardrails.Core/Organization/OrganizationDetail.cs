namespace Guardrails;

/// <summary>What is read of an organization beyond tree, accounts, policies and attachments. Each costs more calls, mostly one per object.</summary>
[Flags]
public enum OrganizationDetail
{
    /// <summary>The tree, the accounts, the policies and what they are attached to.</summary>
    None = 0,

    /// <summary>Tags of accounts, organizational units and customer policies.</summary>
    Tags = 1,

    /// <summary>The documents of the policies.</summary>
    PolicyContent = 2,

    /// <summary>Delegated administrators and services with access.</summary>
    Services = 4,

    /// <summary>
    /// What AWS's own policies, such as FullAWSAccess, are attached to: by default everything, which is a listing of 20 a page through all
    /// accounts that cannot be read in parallel. Without it <see cref="OrganizationPolicy.Targets"/> of those policies is empty.
    /// </summary>
    AwsManagedAttachments = 8,
}
