# The module as a user would use it: in a real shell, with the usual commands. Valid for Pester 5 and 6.

BeforeAll { . "$PSScriptRoot/Common.ps1" }

AfterAll {
    Disconnect-Guardrail
    Remove-Module Guardrails
}

Describe 'Vending from a CSV file' {
    BeforeAll { $connection = New-Organization }

    It 'shows what would be done and does nothing' {
        $planned = Import-Csv $csv | New-GuardrailAccount -CreateOrganizationalUnit -WhatIf
        $planned | Should -HaveCount 24
        $planned.Outcome | Sort-Object -Unique | Should -Be 'Planned'
        Get-GuardrailAccount -Refresh | Should -HaveCount 1
    }

    It 'makes the accounts of objects that Import-Csv gives' {
        $made = Import-Csv $csv | New-GuardrailAccount -CreateOrganizationalUnit
        $made | Should -HaveCount 24
        $made | Where-Object Outcome -ne 'Created' | Should -BeNullOrEmpty
    }

    It 'changes nothing the second time, also from the file itself' {
        $again = New-GuardrailAccount -Path $csv -CreateOrganizationalUnit
        $again.Outcome | Sort-Object -Unique | Should -Be 'Unchanged'
    }

    It 'has placed and tagged them' {
        $shop = Get-GuardrailAccount web-shop-prod
        $shop.Path | Should -Be '/Workloads/Prod/web-shop-prod'
        (Get-GuardrailAccount -Tag CostCenter=2100).Name | Sort-Object | Should -Be 'former-webshop', 'web-shop-prod', 'web-shop-test'
    }

    It 'makes the good rows when one is bad, and says what is wrong with it' {
        $rows = @(
            [pscustomobject]@{ Name = 'good'; Email = 'aws+good@hafenbaeckerei.example'; OrganizationalUnit = '/Sandbox' }
            [pscustomobject]@{ Name = 'bad'; Email = 'nowhere'; OrganizationalUnit = '/Sandbox' }
        )
        $results = $rows | New-GuardrailAccount -ErrorAction SilentlyContinue -ErrorVariable problems
        ($results | Where-Object Name -eq good).Outcome | Should -Be 'Created'
        ($results | Where-Object Name -eq bad).Outcome | Should -Be 'Failed'
        $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'has left a rollout that is complete' {
        $rollout = Get-GuardrailRollout | Select-Object -First 1
        $rollout.State | Should -Be 'Completed'
        Test-Path $rollout.Path | Should -BeTrue
    }
}

Describe 'Looking at the organization' {
    BeforeAll {
        $file = Join-Path $TestDrive 'generated.json'
        $null = New-GuardrailSandbox -Path $file -AccountCount 60 -OrganizationalUnitCount 12 -PolicyCount 5 -Seed 7
        $connection = Connect-Guardrail -Sandbox $file
    }

    It 'groups, sorts and formats as any other objects' {
        $groups = Get-GuardrailAccount | Group-Object OrganizationalUnit -NoElement | Sort-Object Count -Descending
        ($groups | Measure-Object Count -Sum).Sum | Should -Be (Get-GuardrailAccount).Count
        Get-GuardrailAccount | Select-Object -First 2 | Format-Table | Out-String | Should -Match 'Name'
    }

    It 'shows accounts under whole headers at 80 columns' {
        Get-GuardrailAccount | Select-Object -First 2 | Out-String -Width 80 | Should -Match 'State +OrganizationalUnit +Email'
    }

    It 'gives JSON that ConvertTo-Json can write' {
        $account = Get-GuardrailAccount | Select-Object -First 1
        ($account | ConvertTo-Json | ConvertFrom-Json).Id | Should -Be $account.Id
    }

    It 'finds every account by the path that it shows' {
        foreach ($account in Get-GuardrailAccount | Select-Object -First 10) { (Get-GuardrailAccount $account.Path).Id | Should -Be $account.Id }
    }

    It 'works in parallel runspaces over one connection' {
        $ids = (Get-GuardrailAccount).Id
        $found = $ids | Select-Object -First 8 | ForEach-Object -Parallel {
            Import-Module "$using:root/Guardrails.psd1"
            (Get-GuardrailAccount $_ -Connection $using:connection).Id
        }
        $found | Sort-Object | Should -Be ($ids | Select-Object -First 8 | Sort-Object)
    }

    It 'completes accounts from what was read' {
        $account = Get-GuardrailAccount | Where-Object Name -Match '^[a-z]{3}' | Select-Object -First 1
        $line = "Get-GuardrailAccount $($account.Name.Substring(0, 3))"
        (TabExpansion2 $line $line.Length).CompletionMatches | Should -Not -BeNullOrEmpty
    }

    It 'draws the tree' {
        Get-GuardrailOrganization | Out-String | Should -Match 'Workloads'
    }

    It 'compares two snapshots' {
        Export-GuardrailSnapshot -Path "$TestDrive/before.json"
        New-GuardrailAccount -Name extra -Email aws+extra@example.com | Out-Null
        Export-GuardrailSnapshot -Path "$TestDrive/after.json"
        $difference = Compare-GuardrailSnapshot -ReferencePath "$TestDrive/before.json" -DifferencePath "$TestDrive/after.json"
        $difference | Where-Object Change -eq 'Added' | Should -Not -BeNullOrEmpty
    }
}

Describe 'Errors' {
    It 'says how to connect' {
        Disconnect-Guardrail
        { Get-GuardrailAccount -ErrorAction Stop } | Should -Throw '*not connected*'
        $Error[0].ErrorDetails.RecommendedAction | Should -Match 'Connect-Guardrail'
    }
}
