# Runs the acceptance tests with Pester 5 or 6 and ends with the line `N passed, N failed`.
$pester = Get-Module -ListAvailable Pester | Where-Object { $_.Version.Major -in 5, 6 } | Sort-Object Version -Descending | Select-Object -First 1
if (-not $pester) { 'Not run: tests/pester, because Pester 5 or 6 is not installed here.'; exit 0 }
Import-Module $pester
$configuration = New-PesterConfiguration
$configuration.Run.Path = $PSScriptRoot
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
try { $run = Invoke-Pester -Configuration $configuration }
finally { if ($env:XDG_STATE_HOME -like '*guardrails-pester-*') { Remove-Item -Recurse -Force $env:XDG_STATE_HOME -ErrorAction Ignore } }
$failed = $run.FailedCount + $run.FailedContainersCount + $run.FailedBlocksCount
"$($run.PassedCount) passed, $failed failed"
exit [int]($failed -gt 0 -or $run.PassedCount -eq 0)
