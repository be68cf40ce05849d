using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Makes accounts: creates them, places them in their organizational units, and tags them.</summary>
/// <remarks>
/// <para>It converges. An account is recognised by its email. One that this module made is moved, renamed and retagged until it is as requested, or
/// is left as it is: it carries the tag guardrails:managed-by, or a journal on this machine tells of its creation. Any other account with that
/// email is reported as a conflict and not touched. So the same requests can be given again at any time, with or without a journal, on this
/// machine or another: what stands is unchanged.</para>
/// <para>All requests are planned together, after the last one has come from the pipeline, and run through one executor that keeps to AWS's
/// concurrency limits. Each has its result as soon as it is done. A request that cannot be met stops no other; what went wrong is
/// reported as errors at the end, with AWS's reason and what to do.</para>
/// <para>Every step is in a journal, on the disk before the call that it announces. After Ctrl+C or a crash go on with Resume-GuardrailRollout,
/// or run the same command again: it finds what is there.</para>
/// <para>An account is ready when its role can be assumed and its tags, alternate contacts, Regions and access stand as asked for, which AWS can
/// take minutes for after it has made the account. Each is waited for up to -ReadyTimeout; one that is not ready then is told with Ready
/// false and why, and running the same command again looks again.</para>
/// <para>Contacts, Regions and names of member accounts are changed through AWS Account Management, for which the organization must have enabled
/// trusted access (account.amazonaws.com). Access is given through IAM Identity Center, in the Region of the connection.</para>
/// <para>-WhatIf shows the plan and sends no writing call; -AsPlan gives it as an object, to be reviewed by others and run later.</para>
/// </remarks>
/// <example>
/// <title>Accounts from a file</title>
/// <code>New-GuardrailAccount -Path ./accounts.csv -CreateOrganizationalUnit</code>
/// <para>A CSV, JSON or YAML file with the columns Name, Email, OrganizationalUnit, RoleName, Tags (Key=Value;Key2=Value2), and Tag:Key for each tag; Regions
/// (eu-central-2;ap-east-1); Access (group:Admins=AdministratorAccess;user:jane@example.com=ReadOnlyAccess); and Contact:TYPE:FIELD, where TYPE is Billing,
/// Operations or Security and FIELD is Name, Title, Email or Phone.</para>
/// </example>
/// <example>
/// <title>One account</title>
/// <code>New-GuardrailAccount -Name shop -Email aws+shop@example.com -OrganizationalUnit /Workloads/Prod -Tags @{ CostCenter = '2100' }</code>
/// </example>
/// <example>
/// <title>From objects, and look first</title>
/// <code>Import-Csv ./accounts.csv | Where-Object OrganizationalUnit -like '/Workloads/*' | New-GuardrailAccount -WhatIf</code>
/// </example>
[Cmdlet(VerbsCommon.New, "GuardrailAccount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = FromObject)]
[OutputType(typeof(AccountVendingResult), typeof(Plan))]
public sealed class NewGuardrailAccountCommand : AccountRequestCmdlet
{
    /// <summary>Makes organizational units that are missing on the way to an account's place.</summary>
    [Parameter]
    public SwitchParameter CreateOrganizationalUnit { get; set; }

    /// <summary>Takes over accounts that this module did not make, where their email is requested: marks them as ours, moves and retags them.</summary>
    [Parameter]
    public SwitchParameter Adopt { get; set; }

    /// <summary>
    /// How long to wait for each account after its changes until it is ready. The role of an account that has been there for longer than this is
    /// looked at once.
    /// </summary>
    [Parameter]
    public TimeSpan ReadyTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Does not wait until accounts are ready, and says nothing of it.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>
    /// Changes nothing and gives the plan, to look at, to save with Export-GuardrailPlan, and to run with Invoke-GuardrailPlan. Requests that cannot be
    /// planned are reported as errors.
    /// </summary>
    [Parameter]
    public SwitchParameter AsPlan { get; set; }

    /// <summary>How many changes may run at once, within AWS's own limits.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>The file of the rollout's journal, which must not be there yet. In the module's state folder where nothing is given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Journal { get; set; } = "";

    private protected override async Task EndAsync(CallScope scope)
    {
        WarnOfUnknownColumns();
        var trouble = new List<AccountVendingResult>();
        var unready = new List<AccountVendingResult>();
        var progress = new RunProgress(Unreadable.Count + Requests.Count, TimeProvider.System);
        void Done(AccountVendingResult result)
        {
            progress.Step();
            if (result.IsTrouble) trouble.Add(result);
            if (result.Ready == false) unready.Add(result);
            Emit(result);
            ReportProgress(progress, trouble.Count);
        }

        foreach (var row in AsPlan ? [] : Unreadable) Done(AccountVending.Unreadable(row.Name, row.Email, row.Message, row.Source));
        if (Requests.Count > 0)
        {
            // Always read anew: a plan from an old picture would make what is there already.
            var organization = await Connected.Organization.GetAsync(Connected.Cloud.Organization, OrganizationDetail.None, refresh: true, scope);
            var vending = new AccountVending(Connected.Cloud, Connected.Quotas.Lanes, Rollouts.Made(Connected));
            var rows = await vending.PlanAsync(Requests, organization, new AccountPlanOptions(CreateOrganizationalUnit, Adopt), scope);
            if (AsPlan)
            {
                EmitPlan(rows);
                return;
            }
            var (agreed, declined) = await AgreeAsync(rows);
            var journal = Journal.Length == 0 ? null : await AskAsync(() => NewJournal(Journal));
            foreach (var row in declined) Done(AccountVending.Planned(row));
            // With -WhatIf, and where everything was declined, there is nothing to wait for.
            var nothingAgreed = declined.Count > 0 && agreed.All(row => row.Settled is not null);
            TimeSpan? ready = NoWait || nothingAgreed ? null : ReadyTimeout;
            try
            {
                await foreach (var result in vending.RunAsync(agreed, () => OpenJournal(journal), organization.Id, ThrottleLimit, scope, ready)) Done(result);
            }
            finally
            {
                Connected.Organization.Forget();
            }
        }
        foreach (var result in unready) Warn(result.Message!);
        foreach (var result in trouble) Report(Errors.Describe(result));
    }

    private void EmitPlan(IReadOnlyList<AccountPlanRow> rows)
    {
        var trouble = Unreadable.Select(row => AccountVending.Unreadable(row.Name, row.Email, row.Message, row.Source))
            .Concat(rows.Select(row => row.Settled).OfType<AccountVendingResult>().Where(settled => settled.IsTrouble));
        foreach (var result in trouble) Report(Errors.Describe(result));
        Emit(Rollouts.PlanOf(AccountVending.PlanOf([.. rows.Where(row => row.Settled is null)]), MyInvocation.MyCommand.Name, Connected));
    }

    /// <summary>Asks for each missing organizational unit and each account; a row goes on only when everything that it needs was agreed to.</summary>
    private async Task<(List<AccountPlanRow> Agreed, List<AccountPlanRow> Declined)> AgreeAsync(IReadOnlyList<AccountPlanRow> rows)
    {
        var units = new Dictionary<string, bool>(StringComparer.Ordinal);
        var agreed = new List<AccountPlanRow>();
        var declined = new List<AccountPlanRow>();
        foreach (var row in rows)
        {
            foreach (var unit in row.Units)
                if (!units.ContainsKey(unit.Id)) units[unit.Id] = await ShouldProcessAsync($"organizational unit {OrganizationalUnitChanges.PathOf(unit)}", "Create");
            var go = row.Settled is not null
                || (await ShouldProcessAsync(AccountVending.TargetOf(row), AccountVending.ActionsOf(row.Changes)) && row.Units.All(unit => units[unit.Id]));
            (go ? agreed : declined).Add(row);
        }
        return (agreed, declined);
    }
}
