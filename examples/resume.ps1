# A vending that is interrupted, and goes on: every step is in a journal, so a rollout outlives its process.
# Runs as it is, in pwsh and in Guardrails.Host; given an endpoint and a journal it goes on with what a process has left there.
param(
    # Where the organization is, if it is not to be made here.
    [string] $EndpointUrl,
    # The journal of the rollout that was interrupted.
    [string] $Journal
)

# The host has the module; pwsh may have to import it.
if (-not (Get-Module Guardrails)) { Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', 'Guardrails.psd1')) }

$folder = [System.IO.Directory]::CreateTempSubdirectory('guardrails-').FullName
$sandbox = [System.IO.Path]::Combine($folder, 'organization.json')
$accounts = [System.IO.Path]::Combine($PSScriptRoot, 'accounts.csv')
$own = -not $EndpointUrl
$keys = $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY
try {
    if ($own) {
        # Served in real time, so that something is left to do when the vending is cut off: as in AWS, an account takes its time.
        $Journal = [System.IO.Path]::Combine($folder, 'vending.journal')
        $null = New-GuardrailSandbox -Path $sandbox -AccountQuota 50
        $server = Start-GuardrailSandbox -Path $sandbox -AccountCreationSeconds 1
        $EndpointUrl = $server.Uri
        $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY = 'AKIAIOSFODNN7EXAMPLE', 'any'
    }
    $null = Connect-Guardrail -EndpointUrl $EndpointUrl -Region us-east-1

    if ($own) {
        'Vending is cut off after three accounts:'
        $seen = 0
        foreach ($try in 1) {
            New-GuardrailAccount -Path $accounts -CreateOrganizationalUnit -Journal $Journal -NoWait | ForEach-Object {
                $_
                # Ends the pipeline in its middle, as Ctrl+C does: what is under way is brought to a safe point first.
                if (++$seen -eq 3) { break }
            }
        }
        ''
    }

    'What its journal says:'
    Get-GuardrailRollout -Path $Journal

    ''
    'The rest:'
    Resume-GuardrailRollout -Path $Journal
    Get-GuardrailRollout -Path $Journal

    if ($own) {
        ''
        'Nothing is left to do:'
        New-GuardrailAccount -Path $accounts -CreateOrganizationalUnit
    }
}
finally {
    Disconnect-Guardrail
    if ($own) {
        Stop-GuardrailSandbox $server
        $env:AWS_ACCESS_KEY_ID, $env:AWS_SECRET_ACCESS_KEY = $keys
    }
    [System.IO.Directory]::Delete($folder, $true)
}
