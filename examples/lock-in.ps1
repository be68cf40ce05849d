# Lock-in as a risk with a size: one shop on machines, in containers and with functions, measured and compared; what leaving would take and what
# follows from it; a report; and a change that adds more than the team allows itself. Runs as it is, in pwsh and in Guardrails.Host, and needs no connection.
param(
    # Templates, state files, bills or exports of your own: files or folders. They are measured first.
    [string] $Path = [System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'shared', 'data', 'templates'),

    # What a change may add, in person-days.
    [double] $Budget = 10,

    # Where to keep the report, an HTML file.
    [string] $Report
)

# The host has the module; pwsh may have to import it.
if (-not (Get-Module Guardrails)) { Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', 'Guardrails.psd1')) }

$shop = [System.IO.Path]::Combine($PSScriptRoot, 'lock-in')
$folder = [System.IO.Directory]::CreateTempSubdirectory('guardrails-').FullName
try {
    if ([System.IO.Path]::Exists($Path)) {
        'To leave with all that these templates describe:'
        Get-GuardrailInventory -Path $Path -ErrorAction SilentlyContinue | Measure-GuardrailLockIn -Target OpenSource, Azure, GoogleCloud | Out-Host
    }

    'One shop in three designs. To leave for open source, in person-days:'
    $machines, $containers, $functions = foreach ($design in 'machines', 'container', 'functions') {
        # The comma keeps the three inventories apart.
        , (Get-GuardrailInventory -Path ([System.IO.Path]::Combine($shop, $design)))
    }
    foreach ($design in @{ Name = 'machines'; Inventory = $machines }, @{ Name = 'containers'; Inventory = $containers }, @{ Name = 'functions'; Inventory = $functions }) {
        $effort = ($design.Inventory | Measure-GuardrailLockIn).Effort
        '  {0,-12}{1,6:0} (P10 {2:0}, P90 {3:0})' -f $design.Name, $effort.Mean, $effort.P10, $effort.P90
    }

    ''
    'From functions to containers, what weighs most:'
    $terms = foreach ($one in Compare-GuardrailLockIn -ReferenceObject $functions -DifferenceObject $containers) { if ($one.Kind -eq 'Term') { $one } }
    $largestFirst = [System.Linq.Enumerable]::OrderByDescending([object[]] $terms, [Func[object, decimal]] { [Math]::Abs($args[0].Change) })
    foreach ($one in @($largestFirst)[0..7]) { '  {0,-7}{1,7:+0.0;-0.0}  {2}' -f $one.Verdict, $one.Change, $one.Subject }

    ''
    'The functions, with a scenario, a day rate and what staying is worth:'
    $assessments = $functions | Measure-GuardrailLockIn -GroupBy Workload -Posture enterprise -Scenario price -DayRate 900 -Benefit @{ shop = 150000 }
    $assessments | Out-Host
    foreach ($one in $assessments) { if (-not $one.IsTotal) { foreach ($reason in $one.Decision.Reasons) { "  $($one.Name): $reason" } } }
    $file = if ($Report) { $Report } else { [System.IO.Path]::Combine($folder, 'lock-in.html') }
    $null = $assessments | ConvertTo-GuardrailReport -Format Html -Path $file
    "  A report of $([System.IO.FileInfo]::new($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($file)).Length / 1KB -as [int]) KB was written$(if (-not $Report) { '; -Report ./lock-in.html keeps it' })."

    ''
    "A change to the containers, a state machine and a user pool, with a budget of $Budget person-days:"
    $baseline = [System.IO.Path]::Combine($folder, 'baseline.json')
    $null = $containers | Measure-GuardrailLockIn | Export-GuardrailLockIn -Path $baseline
    $null = Get-GuardrailInventory -Path ([System.IO.Path]::Combine($shop, 'change')) |
        Test-GuardrailLockIn -Baseline $baseline -Budget $Budget -ErrorVariable broken -ErrorAction SilentlyContinue
    if ($broken) { "  The build stops here: $($broken[0])" } else { '  The build goes on.' }
}
finally {
    [System.IO.Directory]::Delete($folder, $true)
}
