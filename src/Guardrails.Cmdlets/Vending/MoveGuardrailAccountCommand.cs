using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Moves accounts to another organizational unit.</summary>
/// <remarks>
/// <para>The policies of the new place bind the account at once. Moves into one organizational unit are made one after the other, as Control
/// Tower's auto-enrolment asks for. An account that somebody else moves meanwhile stays where they put it, and is reported.</para>
/// <para>It moves the accounts that it is given, also those that this module did not make: whoever names an account means it. New-GuardrailAccount,
/// which finds accounts by their email, and Set-GuardrailAccount leave what this module did not make alone until -Adopt.</para>
/// </remarks>
/// <example>
/// <title>One account</title>
/// <code>Move-GuardrailAccount -Account /Sandbox/sandbox-ayse -OrganizationalUnit /Suspended</code>
/// </example>
/// <example>
/// <title>All of an organizational unit</title>
/// <code>Get-GuardrailAccount -OrganizationalUnit /Workloads/Test | Move-GuardrailAccount -OrganizationalUnit /Workloads/Staging -WhatIf</code>
/// </example>
[Cmdlet(VerbsCommon.Move, "GuardrailAccount", SupportsShouldProcess = true)]
[OutputType(typeof(ChangeResult), typeof(Plan))]
public sealed class MoveGuardrailAccountCommand : ChangingCmdlet
{
    /// <summary>The account: its path, name, id or ARN, or an account object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public AccountIdentity Account { get; set; } = null!;

    /// <summary>The organizational unit to move it to: its path, name, id or ARN.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(OrganizationalUnitCompleter))]
    public OrganizationalUnitIdentity OrganizationalUnit { get; set; } = null!;

    private protected override async Task ProcessAsync(CallScope scope)
    {
        var organization = await Connected.Organization.GetAsync(Connected.Cloud.Organization, OrganizationDetail.None, refresh: false, scope);
        try
        {
            var account = organization.ResolveAccount(Account);
            var unit = organization.ResolveUnit(OrganizationalUnit);
            if (account.ParentId == unit.Id) return;
            var change = AccountChanges.Move(AccountChanges.AddressOf(account), account, organization.Root, unit.Path, unit, []);
            await ProposeAsync(change, $"account {account.Id} '{account.Path}'", $"Move to {unit.Path}");
        }
        catch (Exception e) when (e is IdentityNotFoundException or AmbiguousIdentityException)
        {
            Report(Errors.Describe(e, Account));
        }
    }
}
