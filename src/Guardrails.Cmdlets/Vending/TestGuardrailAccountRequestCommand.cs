using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Tells before anything is made what would become of requests for accounts, and writes nothing.</summary>
/// <remarks>
/// <para>Offline it checks lengths, characters and tags, and emails and names that are in the batch twice. With a connection it also looks in the
/// organization: whether an account with that email or name is there (closed ones included) and whose it is, whether the organizational unit is
/// there or would be made, whether permission sets and groups exist, whether a creation of that name is under way, and how many accounts there
/// would be. Whether an email belongs to an AWS account elsewhere cannot be known, and is said so.</para>
/// <para>Give the switches that New-GuardrailAccount will be given: -CreateOrganizationalUnit and -Adopt. What is found is what that cmdlet
/// would find, because both make the same plan.</para>
/// </remarks>
/// <example>
/// <title>A file</title>
/// <code>Test-GuardrailAccountRequest -Path ./accounts.csv -CreateOrganizationalUnit</code>
/// </example>
/// <example>
/// <title>In a pipeline that must not go on</title>
/// <code>Import-GuardrailAccountRequest -Path ./accounts.yaml | Test-GuardrailAccountRequest -Offline -FailOn Error -ErrorAction Stop</code>
/// </example>
/// <example>
/// <title>Yes or no</title>
/// <code>if (Test-GuardrailAccountRequest -Path ./accounts.csv -Quiet) { New-GuardrailAccount -Path ./accounts.csv }</code>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "GuardrailAccountRequest", DefaultParameterSetName = FromObject)]
[OutputType(typeof(AccountRequestFinding), typeof(bool))]
public sealed class TestGuardrailAccountRequestCommand : AccountRequestCmdlet
{
    /// <summary>Ask no cloud: only what the requests themselves show.</summary>
    [Parameter]
    public SwitchParameter Offline { get; set; }

    /// <summary>Organizational units that are missing would be made.</summary>
    [Parameter]
    public SwitchParameter CreateOrganizationalUnit { get; set; }

    /// <summary>Accounts that this module did not make would be taken over, where their email is requested.</summary>
    [Parameter]
    public SwitchParameter Adopt { get; set; }

    /// <summary>Findings of this severity and worse are errors too. Without it none is.</summary>
    [Parameter]
    public FindingSeverity? FailOn { get; set; }

    /// <summary>Writes only whether nothing of severity Error was found, or of that in -FailOn.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override bool NeedsConnection => !Offline;

    private protected override async Task EndAsync(CallScope scope)
    {
        WarnOfUnknownColumns();
        var findings = new List<AccountRequestFinding>();
        findings.AddRange(Unreadable.Select(row => AccountPreflight.Unreadable(row)));
        findings.AddRange(AccountPreflight.Offline(Requests));
        if (!Offline && Requests.Count > 0)
        {
            var organization = await Connected.Organization.GetAsync(Connected.Cloud.Organization, OrganizationDetail.None, refresh: true, scope);
            var rows = await new AccountVending(Connected.Cloud, Connected.Quotas.Lanes, Rollouts.Made(Connected))
                .PlanAsync(Requests, organization, new AccountPlanOptions(CreateOrganizationalUnit, Adopt), scope);
            findings.AddRange(AccountPreflight.Online(rows, organization, Connected.Quotas.Accounts));
        }
        var worst = FailOn ?? FindingSeverity.Error;
        if (Quiet) Emit(!findings.Exists(finding => finding.Severity >= worst));
        else findings.ForEach(Emit);
        if (FailOn is null) return;
        foreach (var finding in findings.Where(finding => finding.Severity >= worst)) Report(Errors.Describe(finding));
    }
}
