# What the acceptance tests share. Each file reads it in its BeforeAll.
$root = [System.IO.Path]::GetFullPath("$PSScriptRoot/../..")
$csv = "$root/examples/accounts.csv"
# One state folder for all files of the run. Invoke-Tests.ps1 removes it.
$env:XDG_STATE_HOME = Join-Path ([System.IO.Path]::GetTempPath()) "guardrails-pester-$PID"
Import-Module "$root/Guardrails.psd1" -Force

# An organization of its own, connected.
function New-Organization {
    param([hashtable] $Options = @{ AccountQuota = 50 })
    $file = Join-Path $TestDrive "$([guid]::NewGuid()).json"
    $null = New-GuardrailSandbox -Path $file @Options
    Connect-Guardrail -Sandbox $file
}

# What a person sees in a window of that width, without colours.
function Show-Text {
    param([int] $Width, [Parameter(ValueFromPipeline)] $InputObject)
    begin { $all = [System.Collections.Generic.List[object]]::new() }
    process { $all.Add($InputObject) }
    end {
        $rendering = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
        try { $all | Out-String -Width $Width } finally { $PSStyle.OutputRendering = $rendering }
    }
}

# Runs a command in a new shell, as a build does, and gives what it printed and how it ended.
function Invoke-Shell {
    param([string] $Command, [string] $Answer)
    $start = [System.Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path)
    $start.WorkingDirectory = $root
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $arguments = @('-NoProfile') + $(if (-not $Answer) { '-NonInteractive' }) + '-Command', $Command
    foreach ($argument in $arguments) { $start.ArgumentList.Add($argument) }
    $process = [System.Diagnostics.Process]::Start($start)
    if ($Answer) { $process.StandardInput.WriteLine($Answer) }
    $process.StandardInput.Close()
    $errors = $process.StandardError.ReadToEndAsync()
    $output = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    [pscustomobject]@{ Output = $output; Errors = $errors.Result; ExitCode = $process.ExitCode }
}
