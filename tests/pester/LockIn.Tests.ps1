# Lock-in as a user would measure it, on the designs of examples/lock-in. Valid for Pester 5 and 6.

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $shop = "$root/examples/lock-in"
    $machines = Get-GuardrailInventory "$shop/machines"
    $container = Get-GuardrailInventory "$shop/container"
    $functions = Get-GuardrailInventory "$shop/functions"
    # As a platform team keeps it: a folder for each account, and in it one for each Region.
    $exports = Join-Path $TestDrive 'exports'
    foreach ($copy in '111122223333/eu-west-1/functions', '444455556666/eu-central-1/container') {
        $folder = New-Item -ItemType Directory (Join-Path $exports (Split-Path $copy))
        Copy-Item "$shop/$(Split-Path -Leaf $copy)/shop.yaml" $folder
    }
}

AfterAll {
    Disconnect-Guardrail
    Remove-Module Guardrails
}

Describe 'An inventory' {
    It 'is objects that group, sort and filter' {
        $resources = $functions | Where-Object { $_ -is [Guardrails.InventoryResource] }
        ($resources | Group-Object Type | Where-Object Name -eq AWS::Lambda::Function).Count | Should -Be 4
        ($resources | Sort-Object { $_.References.Count } -Descending | Select-Object -First 1).References.Count | Should -BeGreaterThan 1
        $resources | Where-Object Type -like 'AWS::Cognito::*' | Select-Object -ExpandProperty LogicalId | Should -Contain Customers
    }

    It 'says after the resources what it does not know' {
        $functions[-1] | Should -BeOfType Guardrails.InventoryGap
        @($functions | Where-Object Kind -eq NoAccount) | Should -HaveCount 1 -Because 'no folder is named by an account'
    }

    It 'takes account and Region from the folders' {
        $resources = Get-GuardrailInventory $exports | Where-Object { $_ -is [Guardrails.InventoryResource] }
        $resources | Group-Object AccountId, Region -NoElement | Sort-Object Name | Select-Object -ExpandProperty Name | Should -Be '111122223333, eu-west-1', '444455556666, eu-central-1'
    }

    It 'takes accounts by id from the pipeline, without a connection' {
        $resources = [pscustomobject]@{ AccountId = '111122223333' } | Get-GuardrailInventory $exports | Where-Object { $_ -is [Guardrails.InventoryResource] }
        $resources.AccountId | Sort-Object -Unique | Should -Be '111122223333'
    }

    It 'reads the rest where one file is broken, and names it' {
        Set-Content (Join-Path $exports '111122223333/broken.yaml') "Resources: [`n"
        $read = Get-GuardrailInventory $exports -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems | Should -HaveCount 1
        $problems[0].Exception.Message | Should -Match 'broken\.yaml'
        @($read | Where-Object Type).Count | Should -BeGreaterThan 20
        Remove-Item (Join-Path $exports '111122223333/broken.yaml')
    }

    It 'says which path is not there: <_>' -ForEach './nowhere', './nowhere/*.yaml' {
        Get-GuardrailInventory $_ -ErrorAction SilentlyContinue -ErrorVariable problems | Where-Object Type | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -Match '^FileNotFound'
    }
}

Describe 'A measurement' {
    BeforeAll { $results = $functions | Measure-GuardrailLockIn -GroupBy Workload -Target OpenSource, Azure -Posture enterprise -Scenario price -DayRate 900 -Benefit @{ shop = 150000 } }

    It 'gives the whole and the groups for each target' {
        $results | Group-Object { $_.Settings.Target } | ForEach-Object Count | Should -Be 2, 2
        $results | Where-Object IsTotal -eq $false | Select-Object -ExpandProperty Name -Unique | Should -Be 'shop'
        $results.Risk.Probability | Sort-Object -Unique | Should -HaveCount 1
        ($results | Where-Object Name -eq shop).Benefit | Should -Be 150000, 150000
        $results.Money.Mean | Sort-Object | Select-Object -First 1 | Should -BeGreaterThan 100000
    }

    It 'is explained by terms that add up' {
        foreach ($one in $results) { ($one.Terms | Measure-Object AmountHundredths -Sum).Sum | Should -Be $one.Effort.MeanHundredths }
        ($results[0].Terms | Sort-Object Amount -Descending | Select-Object -First 1).Subject | Should -Be $results[0].LargestDriver.Subject
    }

    It 'does not depend on the order of the input' {
        $again = $functions | Sort-Object { Get-Random } | Measure-GuardrailLockIn -Date 2026-11-25
        $again | ConvertTo-GuardrailReport -Format Json | Should -BeExactly ($functions | Measure-GuardrailLockIn -Date 2026-11-25 | ConvertTo-GuardrailReport -Format Json)
    }

    It 'tells three designs apart' {
        $days = foreach ($design in $machines, $container, $functions) { ($design | Measure-GuardrailLockIn).Effort.Mean }
        $days | Sort-Object -Unique | Should -HaveCount 3
        $days[2] | Should -BeGreaterThan $days[1]
    }

    It 'groups by the organization of the connection' {
        $null = New-Organization
        $made = 'shop-new', 'shop-old' | ForEach-Object { New-GuardrailAccount -Name $_ -Email "aws+$_@example.com" -OrganizationalUnit "/Workloads/$_" -CreateOrganizationalUnit }
        $tree = Join-Path $TestDrive 'tree'
        foreach ($one in $made) {
            $folder = New-Item -ItemType Directory (Join-Path $tree $one.AccountId)
            Copy-Item "$shop/$(if ($one.Name -eq 'shop-new') { 'functions' } else { 'container' })/shop.yaml" $folder
        }
        $byUnit = Get-GuardrailAccount -OrganizationalUnit /Workloads -Recurse | Get-GuardrailInventory $tree | Measure-GuardrailLockIn -GroupBy OrganizationalUnit
        $byUnit.Name | Should -Be 'Organization', '/Workloads/shop-new', '/Workloads/shop-old'
        ($byUnit | Select-Object -Skip 1 | ForEach-Object { $_.Effort.Own } | Measure-Object -Sum).Sum + $byUnit[0].Effort.Shared | Should -Be $byUnit[0].Effort.Mean
    }

    It 'exports as any other objects' {
        $file = Join-Path $TestDrive 'results.csv'
        $results | Select-Object Name, @{ Name = 'Days'; Expression = { $_.Effort.Mean } }, @{ Name = 'Decision'; Expression = { $_.Decision.Kind } } | Export-Csv $file
        (Import-Csv $file)[0].Days | Should -Be $results[0].Effort.Mean.ToString([cultureinfo]::InvariantCulture)
    }

    It 'says what is wrong with a request: <Name>' -ForEach @(
        @{ Name = 'a scenario that is none'; Arguments = @{ Scenario = 'meteor' } }, @{ Name = 'a posture that is none'; Arguments = @{ Posture = 'cowboy' } }) {
        { $functions | Measure-GuardrailLockIn @Arguments -ErrorAction Stop } | Should -Throw
        $Error[0].FullyQualifiedErrorId | Should -Match '^LockInRequestInvalid'
        $Error[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}

Describe 'A comparison' {
    It 'of two designs names what got better and what got worse' {
        $difference = Compare-GuardrailLockIn -ReferenceObject $functions -DifferenceObject $container
        ($difference | Where-Object { $_.Kind -eq 'Effort' -and $_.Subject -eq 'Mean' }).Verdict | Should -Be 'Better'
        $difference | Where-Object Kind -eq Term | Group-Object Verdict -NoElement | Sort-Object Name | ForEach-Object Name | Should -Be 'Better', 'Worse'
        [Math]::Round(($difference | Where-Object Kind -eq Term | Measure-Object Change -Sum).Sum, 2) | Should -Be ($difference | Where-Object { $_.Kind -eq 'Effort' -and $_.Subject -eq 'Mean' }).Change
    }

    It 'of two saved results is the same' {
        $files = foreach ($design in 'functions', 'container') {
            $file = Join-Path $TestDrive "$design.json"
            $null = Get-GuardrailInventory "$shop/$design" | Measure-GuardrailLockIn | Export-GuardrailLockIn $file
            $file
        }
        $saved = Compare-GuardrailLockIn $files[0] $files[1] | ForEach-Object { "$_" }
        $saved | Should -Be (Compare-GuardrailLockIn -ReferenceObject $functions -DifferenceObject $container | ForEach-Object { "$_" })
    }

    It 'of a result with itself finds nothing' {
        Compare-GuardrailLockIn -ReferenceObject $container -DifferenceObject $container | Where-Object { $_.Change } | Should -BeNullOrEmpty
    }
}

Describe 'A budget in a build' {
    BeforeAll {
        $baseline = Join-Path $TestDrive 'baseline.json'
        $null = $container | Measure-GuardrailLockIn | Export-GuardrailLockIn $baseline
        $change = Get-GuardrailInventory "$shop/change"
        $build = "`$ErrorActionPreference = 'Stop'; Import-Module ./Guardrails.psd1; Get-GuardrailInventory ./examples/lock-in/{0} | Test-GuardrailLockIn -Baseline '$baseline' -Budget {1}"
    }

    It 'passes what stays as it is' {
        ($container | Test-GuardrailLockIn -Baseline $baseline -Budget 0).Passed | Should -BeTrue
    }

    It 'fails what adds more, and names the resources' {
        $result = $change | Test-GuardrailLockIn -Baseline $baseline -Budget 10 -ErrorAction SilentlyContinue -ErrorVariable broken
        $result.Passed | Should -BeFalse
        $result.Resources | Select-Object -First 1 | Should -Match 'AWS::StepFunctions::StateMachine'
        $broken[0].FullyQualifiedErrorId | Should -Match '^LockInBudgetExceeded'
        $change | Test-GuardrailLockIn -Baseline $baseline -Budget 10 -Quiet | Should -BeFalse
        $change | Test-GuardrailLockIn -Baseline $baseline -Budget 1000 -Quiet | Should -BeTrue
    }

    It 'ends the shell with 0 where it holds and with 1 where it does not' {
        $good = Invoke-Shell ($build -f 'change', 1000)
        $bad = Invoke-Shell ($build -f 'change', 10)
        $good.ExitCode | Should -Be 0 -Because $good.Errors
        $good.Output | Should -Match 'True'
        $bad.ExitCode | Should -Be 1
        $bad.Errors | Should -Match 'AWS::StepFunctions::StateMachine Fulfil'
    }

    It 'ends with 1 also where the baseline is not there' {
        (Invoke-Shell ($build.Replace($baseline, './nowhere.json') -f 'change', 10)).ExitCode | Should -Be 1
    }
}

Describe 'What it rests on' {
    It 'is shown for a type, with pages and dates' {
        $profiles = Get-GuardrailLockInProfile AWS::SQS::Queue
        $profiles.Target | Should -Be 'OpenSource', 'Azure', 'GoogleCloud', 'OtherAwsService'
        $profiles | Format-List | Out-String | Should -Match 'https://'
    }

    It 'counts how much is documented and how much is judgement' {
        foreach ($one in Get-GuardrailLockInProfile -Summary) { $one.A + $one.B + $one.C | Should -Be $one.Values }
    }

    It 'goes after a file of your own' {
        $file = Join-Path $TestDrive 'mine.yaml'
        Set-Content $file @'
asOf: 2026-11-25
constants:
  skills.functions: { low: 100, likely: 100, high: 100, unit: person-days/family, grade: C, source: our team has never run functions elsewhere }
'@
        $mine = ($functions | Measure-GuardrailLockIn -ProfilePath $file).Terms | Where-Object { $_.Kind -eq 'Skills' -and $_.Subject -eq 'functions' }
        $mine.Amount | Should -Be 100
        "$($mine.Evidence)" | Should -Match 'our team has never run'
    }

    It 'says where a file of your own is wrong' {
        $file = Join-Path $TestDrive 'wrong.yaml'
        Set-Content $file "asOf: 2026-11-25`nconstants:`n  skills.functions: { low: 100, grade: C }"
        { $functions | Measure-GuardrailLockIn -ProfilePath $file } | Should -Throw '*wrong.yaml(3,*'
    }

    It 'says which constants matter most' {
        $sensitivity = $functions | Get-GuardrailLockInSensitivity
        $sensitivity.Swing | Should -Be ($sensitivity.Swing | Sort-Object -Descending)
        ($sensitivity | Measure-Object Swing -Maximum).Maximum | Should -BeGreaterThan 0
    }
}

Describe 'A report' {
    BeforeAll { $results = $functions | Measure-GuardrailLockIn -GroupBy Workload -Date 2026-11-25 }

    It 'in HTML is one page that needs nothing else' {
        $file = $results | ConvertTo-GuardrailReport -Title 'The shop' -Path (Join-Path $TestDrive 'report.html')
        $html = Get-Content -Raw $file
        $html | Should -Match '<title>The shop'
        $html | Should -Match '<svg'
        $html | Should -Not -Match '<script|<link|src="http'
    }

    It 'in CSV is a table' {
        $rows = $results | ConvertTo-GuardrailReport -Format Csv | ConvertFrom-Csv
        $rows.Name | Should -Be 'Organization', 'shop'
        $rows[1].EffortMean | Should -Be $results[1].Effort.Mean.ToString([cultureinfo]::InvariantCulture)
    }

    It 'in JSON can be compared with later' {
        $file = $results | ConvertTo-GuardrailReport -Format Json -Path (Join-Path $TestDrive 'report.json')
        (Get-Content -Raw $file | ConvertFrom-Json).assessments | Should -HaveCount 2
        Compare-GuardrailLockIn $file $file | Where-Object { $_.Change } | Should -BeNullOrEmpty
    }

    It 'has rows for a register and an exit plan whose effort is the mean' {
        ($results | ConvertTo-GuardrailReport -Format Csv -Content DoraRegister | ConvertFrom-Csv).'B_07.01.0050' | Should -Match 'substitutab'
        $plan = $results | ConvertTo-GuardrailReport -Format Csv -Content ExitPlan | ConvertFrom-Csv
        $sum = $plan | Where-Object Plan -eq Unstressed | Where-Object Group -eq shop | Where-Object EffortDays | Measure-Object { [decimal] $_.EffortDays } -Sum
        $sum.Sum | Should -Be $results[1].Effort.Mean
    }

    It 'never overwrites a file without -Force' {
        $path = Join-Path $TestDrive 'once.html'
        $results | ConvertTo-GuardrailReport -Path $path | Should -BeOfType System.IO.FileInfo
        { $results | ConvertTo-GuardrailReport -Path $path } | Should -Throw '*is there already*'
        $results | ConvertTo-GuardrailReport -Path $path -Force | Should -BeOfType System.IO.FileInfo
    }

    It 'is of nothing else' {
        Get-Date | ConvertTo-GuardrailReport -ErrorAction SilentlyContinue -ErrorVariable problems | Out-Null
        $problems[0].FullyQualifiedErrorId | Should -Match '^NotReportable'
    }
}

Describe 'Completion' {
    It 'offers <Expected> after <Line>' -ForEach @(
        @{ Line = 'Measure-GuardrailLockIn -Scenario '; Expected = 'geopolitics', 'merger', 'price', 'regulation', 'retirement' }
        @{ Line = 'Measure-GuardrailLockIn -Scenario price, re'; Expected = 'regulation', 'retirement' }
        @{ Line = 'Measure-GuardrailLockIn -Posture '; Expected = 'enterprise', 'regulated', 'startup' }
        @{ Line = 'Measure-GuardrailLockIn -Target '; Expected = 'Azure', 'GoogleCloud', 'OpenSource', 'OtherAwsService' }
        @{ Line = 'Measure-GuardrailLockIn -GroupBy O'; Expected = 'Organization', 'OrganizationalUnit' }
        @{ Line = 'Get-GuardrailLockInProfile -Type AWS::SQ'; Expected = 'AWS::SQS::Queue' }
        @{ Line = 'Get-GuardrailLockInProfile sqs'; Expected = 'AWS::SQS::Queue' }
        @{ Line = 'ConvertTo-GuardrailReport -Format '; Expected = 'Csv', 'Html', 'Json' }) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText | Sort-Object | Should -Be $Expected
    }
}
