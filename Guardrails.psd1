@{
    RootModule           = 'module/Guardrails.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = 'c9250fc8-c979-45d5-b924-505baa0b7b0a'
    Author               = 'The Guardrails authors'
    CompanyName          = 'The Guardrails authors'
    Copyright            = '(c) The Guardrails authors. Apache License 2.0.'
    Description          = 'Runs the guardrails of an AWS organization: vends accounts, and shows, snapshots and compares the organization. Everything can be tried on an embedded organization (a sandbox) that answers the real AWS wire protocol, before it touches a real one.'

    # The long-term support line, on .NET 10.
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')

    FormatsToProcess     = @('module/Guardrails.Format.ps1xml')
    CmdletsToExport      = @(
        'Close-GuardrailAccount'
        'Compare-GuardrailLockIn'
        'Compare-GuardrailPolicy'
        'Compare-GuardrailSnapshot'
        'Connect-Guardrail'
        'ConvertTo-GuardrailReport'
        'Disconnect-Guardrail'
        'Export-GuardrailLockIn'
        'Export-GuardrailPlan'
        'Export-GuardrailSnapshot'
        'Get-GuardrailAccount'
        'Get-GuardrailConnection'
        'Get-GuardrailEffectivePolicy'
        'Get-GuardrailInventory'
        'Get-GuardrailLockInProfile'
        'Get-GuardrailLockInSensitivity'
        'Get-GuardrailOrganization'
        'Get-GuardrailOrganizationalUnit'
        'Get-GuardrailPolicy'
        'Get-GuardrailRollout'
        'Import-GuardrailAccountRequest'
        'Import-GuardrailPlan'
        'Invoke-GuardrailPlan'
        'Measure-GuardrailLockIn'
        'Move-GuardrailAccount'
        'Move-GuardrailOrganizationalUnit'
        'New-GuardrailAccount'
        'New-GuardrailSandbox'
        'Rename-GuardrailOrganizationalUnit'
        'Resume-GuardrailRollout'
        'Set-GuardrailAccount'
        'Start-GuardrailSandbox'
        'Stop-GuardrailSandbox'
        'Test-GuardrailAccess'
        'Test-GuardrailAccountRequest'
        'Test-GuardrailLockIn'
        'Test-GuardrailPolicy'
        'Undo-GuardrailRollout'
        'Wait-GuardrailRollout'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()

    PrivateData          = @{
        PSData = @{
            Tags         = @('AWS', 'Organizations', 'Guardrails', 'Governance', 'Accounts', 'AccountVending', 'SCP', 'Sandbox', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://www.apache.org/licenses/LICENSE-2.0'
            ProjectUri   = 'https://github.com/guardrails-powershell/Guardrails'
            ReleaseNotes = 'First version: connection, organization, snapshots, sandbox and account vending. CHANGELOG.md of the project holds all changes.'
        }
    }
}
