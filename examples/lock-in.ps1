# Lock-in as a risk with a size: one shop on machines, in containers and in functions, measured and compared; a report; and a change that
# adds more than the team allows itself. Runs as it is, in pwsh and in Guardrails.Host, and needs no connection.
param(
    # Templates, state files, bills or exports of your own: files or folders. They are measured first.
    [string] $Path = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'shared', 'data', 'templates'),

    # What a change may add, in person-days.
    [double] $Budget = 10
)

$shop = [System.IO.Path]::Combine($PSScriptRoot, 'lock-in')
$folder = [System.IO.Directory]::CreateTempSubdirectory('guardrails-').FullName
try {
    if ([System.IO.Path]::Exists($Path)) {
        'What holds these templates, all together:'
        $inventory = Get-GuardrailInventory -Path $Path -ErrorAction SilentlyContinue
        $inventory | Measure-GuardrailLockIn -Target OpenSource, Azure, GoogleCloud
        ''
    }

    'One shop, built in three ways, taken to open source:'
    $machines = Get-GuardrailInventory -Path ([System.IO.Path]::Combine($shop, 'machines'))
    $containers = Get-GuardrailInventory -Path ([System.IO.Path]::Combine($shop, 'container'))
    $functions = Get-GuardrailInventory -Path ([System.IO.Path]::Combine($shop, 'functions'))
    $measured = foreach ($design in @{ Name = 'machines'; Inventory = $machines }, @{ Name = 'containers'; Inventory = $containers }, @{ Name = 'functions'; Inventory = $functions }) {
        $effort = ($design.Inventory | Measure-GuardrailLockIn).Effort
        '{0,-12}{1,8:0.00} person-days (P10 {2:0}, P90 {3:0})' -f $design.Name, $effort.Mean, $effort.P10, $effort.P90
    }
    $measured

    ''
    'From functions to containers, what gets better and why:'
    Compare-GuardrailLockIn -ReferenceObject $functions -DifferenceObject $containers

    ''
    'What it would take to leave, with a scenario, a day rate and what staying is worth:'
    $assessments = $functions | Measure-GuardrailLockIn -GroupBy Workload -Scenario price -Posture enterprise -DayRate 900 -Benefit 150000
    $assessments

    $report = [System.IO.Path]::Combine($folder, 'lock-in.html')
    $null = $assessments | ConvertTo-GuardrailReport -Format Html -Path $report
    "A report of $([System.IO.FileInfo]::new($report).Length / 1KB -as [int]) KB was written."

    ''
    "A change to the containers: a state machine and a user pool. The budget is $Budget person-days:"
    $baseline = [System.IO.Path]::Combine($folder, 'baseline.json')
    $null = $containers | Measure-GuardrailLockIn | Export-GuardrailLockIn -Path $baseline
    Get-GuardrailInventory -Path ([System.IO.Path]::Combine($shop, 'change')) |
        Test-GuardrailLockIn -Baseline $baseline -Budget $Budget -ErrorVariable broken -ErrorAction SilentlyContinue
    if ($broken) { "The build would stop here: $($broken[0])" }
}
finally {
    [System.IO.Directory]::Delete($folder, $true)
}
