# From a CSV file to accounts: 24 accounts of a bakery, checked, made, placed and tagged in an organization that answers AWS's wire protocol.
# Runs as it is, in pwsh and in Guardrails.Host. Against a real organization only the two lines that make and open the sandbox go.
param(
    # The requests: Name, Email, OrganizationalUnit, and a column for each tag.
    [string] $Path = [System.IO.Path]::Combine($PSScriptRoot, 'accounts.csv')
)

# The host has the module; pwsh may have to import it.
if (-not (Get-Module Guardrails)) { Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', 'Guardrails.psd1')) }

$folder = [System.IO.Directory]::CreateTempSubdirectory('guardrails-').FullName
try {
    $sandbox = [System.IO.Path]::Combine($folder, 'organization.json')

    $null = New-GuardrailSandbox -Path $sandbox -AccountQuota 50
    $null = Connect-Guardrail -Sandbox $sandbox

    # Nothing is written: what would become of the requests, as far as it can be known.
    'Looked at before anything is made:'
    foreach ($finding in Test-GuardrailAccountRequest -Path $Path -CreateOrganizationalUnit) {
        # That an organizational unit is made is said for each account that goes there.
        if ($finding.Field -ne 'OrganizationalUnit') { "  $($finding.Severity): $($finding.Message) $($finding.NextStep)" }
    }

    ''
    'Vended:'
    New-GuardrailAccount -Path $Path -CreateOrganizationalUnit

    ''
    'Run again, nothing changes:'
    $outcomes = @{}
    foreach ($result in New-GuardrailAccount -Path $Path -CreateOrganizationalUnit) { $outcomes["$($result.Outcome)"]++ }
    foreach ($outcome in $outcomes.Keys) { "  $outcome  $($outcomes[$outcome])" }

    # One of three rows is wrong: it says why and what to do, and the other two are made.
    ''
    'A bad row stops no other:'
    $new = [System.IO.Path]::Combine($folder, 'new.csv')
    [System.IO.File]::WriteAllText($new, @'
Name,Email,OrganizationalUnit,Tag:CostCenter
bread-lab,aws+{name}@hafenbaeckerei.example,/Workloads/Test,2500
cake-lab,no address,/Workloads/Test,2500
roll-lab,aws+{name}@hafenbaeckerei.example,/Workloads/Test,2500
'@)
    New-GuardrailAccount -Path $new -ErrorVariable bad -ErrorAction SilentlyContinue
    foreach ($one in $bad) { "  $($one.FullyQualifiedErrorId.Split(',')[0]): $($one.ErrorDetails.RecommendedAction)" }

    ''
    'The organization:'
    Get-GuardrailOrganization
}
finally {
    Disconnect-Guardrail
    [System.IO.Directory]::Delete($folder, $true)
}
