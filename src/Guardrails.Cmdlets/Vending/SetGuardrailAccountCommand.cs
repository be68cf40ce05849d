using System.Collections;
using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Changes accounts: their name, tags, alternate contacts and Regions.</summary>
/// <remarks>
/// <para>Only what differs is written, and what is not named stays as it is. All accounts from the pipeline are one rollout with one journal, which
/// Resume-GuardrailRollout goes on with and Undo-GuardrailRollout takes back.</para>
/// <para>An account that this module did not make (it has no tag guardrails:managed-by, and no journal on this machine tells of its creation) is left alone and reported, unless -Adopt takes it over:
/// then it is marked as ours first. -RemoveTag guardrails:managed-by lets it go again.</para>
/// <para>Names, contacts and Regions of member accounts are changed through AWS Account Management, for which the organization must have enabled
/// trusted access (account.amazonaws.com). A name takes up to some hours until the organization's own listing shows it. A Region is asked
/// for and not waited for: AWS takes minutes to hours to enable it.</para>
/// </remarks>
/// <example>
/// <title>Tag accounts</title>
/// <code>Get-GuardrailAccount -OrganizationalUnit /Workloads -Recurse | Set-GuardrailAccount -Tags @{ Owner = 'shop-team@example.com' } -RemoveTag Contact</code>
/// </example>
/// <example>
/// <title>Rename an account and take it over</title>
/// <code>Set-GuardrailAccount -Account 111122223333 -Name web-shop-prod -Adopt</code>
/// </example>
/// <example>
/// <title>Alternate contacts, and look first</title>
/// <code>$soc = @{ Name = 'SOC'; Title = 'Security'; Email = 'soc@example.com'; Phone = '+49 30 1234' }
/// Get-GuardrailAccount -State Active | Set-GuardrailAccount -Contacts @{ Security = $soc } -RemoveContact Billing -WhatIf</code>
/// </example>
[Cmdlet(VerbsCommon.Set, "GuardrailAccount", SupportsShouldProcess = true)]
[OutputType(typeof(ChangeResult), typeof(Plan))]
public sealed class SetGuardrailAccountCommand : ChangingCmdlet
{
    private AccountEdit _edit = new();
    private string? _renamed;
    private AccountEditor? _editor;

    /// <summary>The account: its path, name, id or ARN, or an account object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public AccountIdentity Account { get; set; } = null!;

    /// <summary>The account's new name: 1 to 50 printable ASCII characters. For one account only.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Tags to set.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary Tags { get; set; } = new Hashtable();

    /// <summary>Keys of tags to take away.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TagCompleter))]
    public string[] RemoveTag { get; set; } = [];

    /// <summary>Alternate contacts to set: a hashtable with the keys Billing, Operations and Security, each a hashtable with Name, Title, Email and Phone.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary Contacts { get; set; } = new Hashtable();

    /// <summary>Alternate contacts to take away.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public AlternateContactType[] RemoveContact { get; set; } = [];

    /// <summary>Regions to enable: eu-central-2. None is disabled.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Regions { get; set; } = [];

    /// <summary>Takes over accounts that this module did not make: marks them as ours before it changes them.</summary>
    [Parameter]
    public SwitchParameter Adopt { get; set; }

    private protected override Task BeginAsync(CallScope scope)
    {
        try
        {
            _edit = new AccountEdit
            {
                Name = Name,
                Tags = RequestValues.Members(Tags)!.ToDictionary(tag => tag.Key, tag => RequestValues.Text(tag.Value), StringComparer.Ordinal),
                RemoveTags = RemoveTag,
                Contacts = AccountSettingCells.Contacts(RequestValues.ContactCells(Contacts)),
                RemoveContacts = RemoveContact,
                Regions = Regions,
            };
        }
        catch (FormatException e)
        {
            throw new ErrorRecordException(Errors.InvalidAccountChange.Record(e.Message, null, e));
        }
        var faults = string.Join(" ", _edit.Faults().Select(fault => fault.Message));
        return faults.Length == 0 ? Task.CompletedTask : throw new ErrorRecordException(Errors.InvalidAccountChange.Record(faults, null));
    }

    private protected override async Task ProcessAsync(CallScope scope)
    {
        var organization = await Connected.Organization.GetAsync(Connected.Cloud.Organization, OrganizationDetail.None, refresh: false, scope);
        try
        {
            var account = organization.ResolveAccount(Account);
            if (_edit.Name is not null && (_renamed ??= account.Id) != account.Id)
                throw new ErrorRecordException(Errors.InvalidAccountChange.Record($"-Name is for one account; after {_renamed} also {account.Id} '{account.Path}' was given.", account));
            // One for all: it reads this machine's journals when it first needs them.
            _editor ??= new AccountEditor(Connected.Cloud, Rollouts.Made(Connected));
            var plan = await _editor.PlanAsync(account, _edit, Adopt, scope);
            if (plan.Changes.Count == 0) return;
            if (plan.IsOurs || Adopt) await ProposeAsync(plan.Changes, $"account {account.Id} '{account.Path}'", AccountVending.ActionsOf(plan.Changes));
            else Report(Errors.AccountNotOurs.Record($"Account {account.Id} '{account.Path}' was not made by this module; it was not touched.", account));
        }
        catch (Exception e) when (e is IdentityNotFoundException or AmbiguousIdentityException or CloudException)
        {
            Report(Errors.Describe(e, Account));
        }
    }
}
