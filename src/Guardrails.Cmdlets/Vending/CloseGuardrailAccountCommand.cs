using System.Globalization;
using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Closes accounts. That cannot be taken back by this module: AWS Support can reopen an account within 90 days.</summary>
/// <remarks>
/// <para>Each account must be confirmed by its name with -ConfirmName, so that no wildcard and no slip closes one; without it the account is
/// refused. PowerShell asks besides, unless -Confirm:$false is given. Who made the account does not matter: its name is what confirms it.</para>
/// <para>AWS closes only so many accounts in 30 days, and does not tell when one was closed. How many are left is estimated from the accounts that
/// are closed now and from this machine's journals, and said in the verbose stream. Where AWS itself says that the budget is used up, the
/// change is deferred: NextTry and the message say from when AWS takes the next one, and whether that is known or an estimate. Resume the
/// rollout then with Resume-GuardrailRollout.</para>
/// </remarks>
/// <example>
/// <title>Close an account</title>
/// <code>Close-GuardrailAccount -Account /Suspended/former-webshop -ConfirmName former-webshop</code>
/// </example>
[Cmdlet(VerbsCommon.Close, "GuardrailAccount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ChangeResult), typeof(Plan))]
public sealed class CloseGuardrailAccountCommand : ChangingCmdlet
{
    private bool _budgetSaid;

    /// <summary>The account: its path, name, id or ARN, or an account object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public AccountIdentity Account { get; set; } = null!;

    /// <summary>The names of the accounts that may be closed, exactly as they are.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ConfirmName { get; set; } = [];

    private protected override async Task ProcessAsync(CallScope scope)
    {
        var organization = await Connected.Organization.GetAsync(Connected.Cloud.Organization, OrganizationDetail.None, refresh: false, scope);
        SayBudget(organization);
        try
        {
            var account = organization.ResolveAccount(Account);
            if (account.State is AccountState.Closed or AccountState.PendingClosure) return;
            if (!ConfirmName.Contains(account.Name, StringComparer.Ordinal))
            {
                Report(Errors.ClosureNotConfirmed.Record($"Account {account.Id} '{account.Path}' is not closed: its name is not in -ConfirmName.", account));
                return;
            }
            await ProposeAsync(AccountChanges.Close(account), $"account {account.Id} '{account.Path}' <{account.Email}>", "Close, which cannot be taken back,");
        }
        catch (Exception e) when (e is IdentityNotFoundException or AmbiguousIdentityException)
        {
            Report(Errors.Describe(e, Account));
        }
    }

    private void SayBudget(Organization organization)
    {
        if (_budgetSaid) return;
        _budgetSaid = true;
        var known = Rollouts.Closures(Connected).Known();
        var budget = Connected.Quotas.Closures.Estimate(organization, known, Connected.Cloud.Clock.GetUtcNow());
        Say(string.Create(CultureInfo.InvariantCulture, $"AWS closes at most {budget.Limit} accounts of this organization in {budget.WindowDays} days. {budget.ClosedNow} accounts are closed now; AWS does not tell since when, and journals on this machine tell it of {known.Count}. So at least {budget.AtLeastLeft} closures are left (an estimate)."));
    }
}
