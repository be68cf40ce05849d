# From a CSV file to accounts: 24 accounts of a bakery, made, placed and tagged in an organization that answers AWS's wire protocol.
# Runs as it is, in pwsh and in Guardrails.Host. Against a real organization only the two lines that make and open the sandbox go.
param(
    # The requests: Name, Email, OrganizationalUnit, and a column for each tag.
    [string] $Path = [System.IO.Path]::Combine($PSScriptRoot, 'accounts.csv')
)

$folder = [System.IO.Directory]::CreateTempSubdirectory('guardrails-').FullName
try {
    $sandbox = [System.IO.Path]::Combine($folder, 'organization.json')
    $before = [System.IO.Path]::Combine($folder, 'before.json')
    $after = [System.IO.Path]::Combine($folder, 'after.json')

    $null = New-GuardrailSandbox -Path $sandbox -AccountQuota 50
    $null = Connect-Guardrail -Sandbox $sandbox
    $null = Export-GuardrailSnapshot -Path $before

    'Vended:'
    New-GuardrailAccount -Path $Path -CreateOrganizationalUnit

    ''
    'Run again, nothing changes:'
    New-GuardrailAccount -Path $Path -CreateOrganizationalUnit

    ''
    'The organization:'
    Get-GuardrailOrganization

    ''
    'What is different from before:'
    $null = Export-GuardrailSnapshot -Path $after
    Compare-GuardrailSnapshot -ReferencePath $before -DifferencePath $after
}
finally {
    Disconnect-Guardrail
    [System.IO.Directory]::Delete($folder, $true)
}
