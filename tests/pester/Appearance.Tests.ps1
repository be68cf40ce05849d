# What a user sees: tables in narrow and wide windows, help, and the help's examples as they are. Valid for Pester 5 and 6.

BeforeDiscovery {
    Import-Module "$PSScriptRoot/../../Guardrails.psd1"
    $cmdlets = (Import-PowerShellDataFile "$PSScriptRoot/../../Guardrails.psd1").CmdletsToExport
    $runnable = foreach ($name in $cmdlets -match 'LockIn|Plan$|Inventory|Report|GuardrailRollout$' -notmatch '^(Undo|Wait)-') {
        foreach ($example in (Get-Help $name).examples.example) { @{ Name = $name; Title = $example.title.Trim('- '); Code = $example.code } }
    }
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $shop = "$root/examples/lock-in"
    $functions = Get-GuardrailInventory "$shop/functions"
    $containers = Get-GuardrailInventory "$shop/container"
}

AfterAll {
    Disconnect-Guardrail
    Remove-Module Guardrails
}

Describe 'Tables' {
    BeforeAll {
        $null = New-Organization
        $baseline = Join-Path $TestDrive 'baseline.json'
        $null = $containers | Measure-GuardrailLockIn | Export-GuardrailLockIn $baseline
        $shown = @{
            findings    = Test-GuardrailAccountRequest -Path $csv -CreateOrganizationalUnit
            requests    = Import-GuardrailAccountRequest $csv
            vended      = New-GuardrailAccount -Path $csv -CreateOrganizationalUnit
            changes     = Move-GuardrailAccount production-planning-test -OrganizationalUnit /Sandbox
            undone      = Get-GuardrailRollout | Where-Object Command -eq New-GuardrailAccount | Select-Object -First 1 | Undo-GuardrailRollout -WhatIf
            rollouts    = Get-GuardrailRollout
            inventory   = $functions | Where-Object { $_ -is [Guardrails.InventoryResource] }
            assessments = $functions | Measure-GuardrailLockIn -GroupBy Workload -Posture enterprise -Scenario price -DayRate 900 -Benefit @{ shop = 150000 }
            terms       = ($functions | Measure-GuardrailLockIn).Terms
            differences = Compare-GuardrailLockIn -ReferenceObject $functions -DifferenceObject $containers
            budget      = Get-GuardrailInventory "$shop/change" | Test-GuardrailLockIn -Baseline $baseline -Budget 10 -ErrorAction SilentlyContinue
            sensitivity = $containers | Get-GuardrailLockInSensitivity
            profiles    = Get-GuardrailLockInProfile AWS::S*
            summary     = Get-GuardrailLockInProfile -Summary
        }
    }

    It 'of <What> are legible at <Width> columns' -ForEach @(
        @{ What = 'findings'; Width = 80; Columns = 'Severity', 'Row', 'Name', 'Message' }
        @{ What = 'findings'; Width = 120; Columns = 'Severity', 'Row', 'Name', 'Message' }
        @{ What = 'requests'; Width = 80; Columns = 'Name', 'OrganizationalUnit', 'Email' }
        @{ What = 'requests'; Width = 120; Columns = 'Name', 'OrganizationalUnit', 'Email', 'Tags' }
        @{ What = 'vended'; Width = 80; Columns = 'Outcome', 'AccountId', 'Name', 'OrganizationalUnit', 'Message' }
        @{ What = 'vended'; Width = 120; Columns = 'Outcome', 'AccountId', 'Name', 'OrganizationalUnit', 'Message' }
        @{ What = 'changes'; Width = 80; Columns = 'Status', 'ResourceId', 'Change' }
        @{ What = 'changes'; Width = 120; Columns = 'Status', 'ResourceId', 'Change' }
        @{ What = 'undone'; Width = 80; Columns = 'Outcome', 'ResourceId', 'Change' }
        @{ What = 'rollouts'; Width = 80; Columns = 'Id', 'State', 'Done', 'Command' }
        @{ What = 'rollouts'; Width = 120; Columns = 'Id', 'State', 'Done', 'Command', 'StartedAt', 'Failed', 'Rehearsal' }
        @{ What = 'inventory'; Width = 80; Columns = 'Type', 'Name', 'Account' }
        @{ What = 'inventory'; Width = 120; Columns = 'Type', 'Name', 'Account', 'Region', 'Refs', 'Cost a month' }
        @{ What = 'assessments'; Width = 80; Columns = 'Group', 'Days', 'P10-P90', 'Takes', 'Cost', 'Decision' }
        @{ What = 'assessments'; Width = 120; Columns = 'Group', 'Days', 'P10-P90', 'Takes', 'Cost', 'Decision', 'Known', 'Pays from', 'Shared' }
        @{ What = 'terms'; Width = 80; Columns = 'Days', 'For', 'Subject', 'How' }
        @{ What = 'terms'; Width = 120; Columns = 'Days', 'For', 'Subject', 'How', 'Grades', 'Constants' }
        @{ What = 'differences'; Width = 80; Columns = 'Verdict', 'Kind', 'Subject', 'Change', 'Why' }
        @{ What = 'differences'; Width = 120; Columns = 'Verdict', 'Kind', 'Subject', 'Change', 'Why' }
        @{ What = 'budget'; Width = 80; Columns = 'Passed', 'Target', 'Added', 'Budget', 'Message' }
        @{ What = 'budget'; Width = 120; Columns = 'Passed', 'Target', 'Added', 'Budget', 'Message' }
        @{ What = 'sensitivity'; Width = 80; Columns = 'Constant', 'Grade', 'AtLow', 'AtHigh', 'Swing' }
        @{ What = 'sensitivity'; Width = 120; Columns = 'Constant', 'Grade', 'AtLow', 'AtHigh', 'Swing', 'Tau -50 %', 'Tau \+50 %', 'Flipped' }
        @{ What = 'profiles'; Width = 80; Columns = 'Type', 'Target', 'Api' }
        @{ What = 'profiles'; Width = 120; Columns = 'Type', 'Target', 'Api', 'Export', 'Artefact' }
        @{ What = 'summary'; Width = 80; Columns = 'Target', 'Types', 'Values', 'Measured \(A\)', 'Documented \(B\)', 'Judged \(C\)' }) {
        $lines = $shown[$What] | Show-Text -Width $Width | ForEach-Object Split "`n"
        $lines | Where-Object { $_.TrimEnd().Length -gt $Width } | Should -BeNullOrEmpty
        @($lines -match "^ *$($Columns -join ' +') *\r?$").Count | Should -BeGreaterThan 0 -Because 'the columns that matter have whole headers, and no others are squeezed in'
        # A column that wraps has at least room for a word.
        $rule = $lines -match '^ *-+( +-+)* *\r?$' | Select-Object -First 1
        $last = $rule.TrimEnd().LastIndexOf(' ') + 1
        if ($Columns[-1] -in 'Message', 'Change', 'Why') { $Width - $last | Should -BeGreaterOrEqual 13 }
    }

    It 'cut nothing off that matters: <What>' -ForEach @(
        @{ What = 'vended'; Must = 'production-planning-test'; Width = 120 }
        @{ What = 'inventory'; Must = 'AWS::StepFunctions::StateMachine'; Width = 80 }
        @{ What = 'assessments'; Must = '>= \d+ USD'; Width = 80 }
        @{ What = 'terms'; Must = 'AWS::StepFunctions::StateMachine'; Width = 80 }
        @{ What = 'sensitivity'; Must = 'fixed\.compatible-implementation\.none'; Width = 80 }
        @{ What = 'rollouts'; Must = 'New-GuardrailAccount'; Width = 80 }) {
        $text = $shown[$What] | Show-Text -Width $Width
        $text | Should -Match $Must
        $text | Should -Not -Match '…'
    }

    It 'show an assessment whole as a list' {
        $text = $shown.assessments | Select-Object -Last 1 | Format-List | Show-Text -Width 80
        foreach ($label in 'Group', 'Target', 'Effort', 'Time', 'Money', 'Decision', 'Confidence', 'Gaps') { $text | Should -Match "(?m)^$label +: " }
        $text | Should -Not -Match 'ReadOnlyList|AmountHundredths'
    }

    It 'of terms give the pages as a list' {
        $shown.terms | Where-Object { "$($_.Evidence)" -match 'https:' } | Select-Object -First 1 | Format-List | Show-Text -Width 80 | Should -Match 'https:'
    }
}

Describe 'Help' {
    It 'of <_> has a synopsis, examples that use it, and a text for each parameter' -ForEach $cmdlets {
        $help = Get-Help $_ -Full
        $help.Synopsis | Should -Not -Match "^\s*$_" -Because 'without help the engine shows the syntax there'
        @($help.examples.example.code -match $_).Count | Should -BeGreaterThan 0
        foreach ($parameter in $help.parameters.parameter) { "$($parameter.description.Text)" | Should -Not -BeNullOrEmpty -Because "-$($parameter.name) is to be explained" }
    }

    It 'shows the examples of <_> as they would be typed' -ForEach $cmdlets {
        $text = Get-Help $_ -Examples | Show-Text -Width 120
        $text | Should -Match '(?m)^ +-+ Example 1: \S'
        foreach ($code in (Get-Help $_).examples.example.code) { $code -split "`n" | Where-Object { $_ -match '^ {8}' } | Should -BeNullOrEmpty }
    }

    It 'has a page about the module' {
        Get-Help about_Guardrails | Should -Match 'LONG DESCRIPTION'
    }
}

Describe 'The examples of the help run as they are' {
    BeforeAll {
        $null = New-Organization
        $there = New-Item -ItemType Directory (Join-Path $TestDrive 'there')
        Push-Location $there
        $null = New-Item -ItemType Directory templates, bills, exports/111122223333/eu-west-1
        Copy-Item "$shop/functions/shop.yaml" exports/111122223333/eu-west-1/shop.yaml
        Copy-Item "$shop/container/shop.yaml" templates/shop.yaml
        Copy-Item $csv accounts.csv
        Set-Content lock-in.yaml "asOf: 2026-11-25`nconstants:`n  skills.functions: { low: 1, likely: 2, high: 3, unit: person-days/family, grade: C, source: ours }"
        $null = New-GuardrailAccount -Path ./accounts.csv -CreateOrganizationalUnit -Journal ./vending.journal
        $null = $functions | Measure-GuardrailLockIn | Export-GuardrailLockIn ./january.json
        $null = $containers | Measure-GuardrailLockIn | Export-GuardrailLockIn ./june.json
        function terraform { '{"format_version":"1.2","planned_values":{"root_module":{"resources":[{"address":"aws_sqs_queue.q","mode":"managed","type":"aws_sqs_queue","name":"q","values":{"name":"q"}}]}}}' }
        $inventory = $containers
    }

    AfterAll { Pop-Location }

    BeforeEach {
        # What an example finds: a baseline and a plan, and results in a variable; nothing that it writes itself.
        Remove-Item ./baseline.json, ./accounts.plan.json, ./lock-in.html, ./b_07_01.csv -ErrorAction Ignore
        if ($Code -match '-Baseline') { $null = $inventory | Measure-GuardrailLockIn | Export-GuardrailLockIn ./baseline.json }
        if ($Code -notmatch 'Export-GuardrailPlan') { $null = New-GuardrailAccount -Path ./accounts.csv -CreateOrganizationalUnit -AsPlan | Export-GuardrailPlan ./accounts.plan.json }
        $results = Get-GuardrailInventory ./exports | Measure-GuardrailLockIn -GroupBy Workload
    }

    It '<Name>: <Title>' -ForEach $runnable {
        # Nobody is there to agree.
        $ConfirmPreference = 'None'
        $errors = . { $ErrorActionPreference = 'Continue'; . ([scriptblock]::Create($Code)) } 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }
        $errors | Should -BeNullOrEmpty
    }
}

Describe 'The runbooks of examples' {
    It 'run in a shell as they are: <_>' -ForEach 'vend-accounts', 'resume', 'lock-in' {
        $run = Invoke-Shell "`$env:XDG_STATE_HOME = '$env:XDG_STATE_HOME'; `$ErrorActionPreference = 'Stop'; & ./examples/$_.ps1"
        $run.Errors | Should -BeNullOrEmpty
        $run.ExitCode | Should -Be 0
    }
}
