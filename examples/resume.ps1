# A vending that is interrupted, and goes on: every step is in a journal, so a rollout outlives its process.
# Runs as it is, in pwsh and in Guardrails.Host.
$folder = [System.IO.Directory]::CreateTempSubdirectory('guardrails-').FullName
try {
    $sandbox = [System.IO.Path]::Combine($folder, 'organization.json')
    $journal = [System.IO.Path]::Combine($folder, 'vending.journal')
    $accounts = [System.IO.Path]::Combine($PSScriptRoot, 'accounts.csv')

    $null = New-GuardrailSandbox -Path $sandbox -AccountQuota 50
    $null = Connect-Guardrail -Sandbox $sandbox

    'Vending is cut off after three accounts:'
    $seen = 0
    foreach ($try in 1) {
        New-GuardrailAccount -Path $accounts -CreateOrganizationalUnit -Journal $journal -NoWait | ForEach-Object {
            $_
            # Ends the pipeline in its middle, as Ctrl+C does: what is under way is brought to a safe point first.
            if (++$seen -eq 3) { break }
        }
    }

    ''
    'What its journal says:'
    Get-GuardrailRollout -Path $journal

    ''
    'The rest:'
    Resume-GuardrailRollout -Path $journal

    ''
    'Nothing is left to do:'
    New-GuardrailAccount -Path $accounts -CreateOrganizationalUnit
}
finally {
    Disconnect-Guardrail
    [System.IO.Directory]::Delete($folder, $true)
}
