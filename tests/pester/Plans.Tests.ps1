# Plans, rollouts and what changes single accounts, as a user would use them. Valid for Pester 5 and 6.

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $request = @{ Name = 'bread-lab'; Email = 'aws+bread-lab@hafenbaeckerei.example'; OrganizationalUnit = '/Labs/Bread'; CreateOrganizationalUnit = $true }

    # The one written last. Each sandbox has a clock of its own, so the newest of one may be older than those of another.
    function Get-LastRollout { Get-GuardrailRollout | Sort-Object { (Get-Item $_.Path).LastWriteTimeUtc } | Select-Object -Last 1 }
}

AfterAll {
    Disconnect-Guardrail
    Remove-Module Guardrails
}

Describe 'A plan' {
    BeforeAll {
        $null = New-Organization
        $file = Join-Path $TestDrive 'lab.plan.json'
    }

    It 'is made without a change to the organization, and shows like a diff' {
        $plan = New-GuardrailAccount @request -AsPlan
        $plan.Changes | Should -HaveCount 4
        $plan.Changes.Action | Group-Object -NoElement | Sort-Object Count, Name | ForEach-Object { "$($_.Count) $($_.Name)" } | Should -Be '1 Move', '3 Create'
        Get-GuardrailAccount -Refresh | Should -HaveCount 1
        $text = $plan | Show-Text -Width 80
        $text | Should -Match '(?m)^\+ create account:/Labs/Bread/bread-lab'
        $text | Should -Match '(?m)^    \+ email: aws\+bread-lab@hafenbaeckerei\.example'
    }

    It 'goes into a file, is shown from it, and is not overwritten by accident' {
        $written = New-GuardrailAccount @request -AsPlan | Export-GuardrailPlan -Path $file
        $written.FullName | Should -Be $file
        $written | Show-Text -Width 80 | Should -Match "$($written.Length) lab\.plan\.json"
        { New-GuardrailAccount @request -AsPlan | Export-GuardrailPlan -Path $file } | Should -Throw '*is there already*'
        (Import-GuardrailPlan $file).Changes | Should -HaveCount 4
        (Get-ChildItem $TestDrive -Filter *.plan.json | Import-GuardrailPlan).Changes | Should -HaveCount 4
    }

    It 'is not run by -WhatIf' {
        Import-GuardrailPlan $file | Invoke-GuardrailPlan -WhatIf | Should -BeNullOrEmpty
        Get-GuardrailAccount -Refresh | Should -HaveCount 1
    }

    It 'is run once it is agreed to' {
        $results = Import-GuardrailPlan $file | Invoke-GuardrailPlan -Confirm:$false
        $results.Status | Sort-Object -Unique | Should -Be 'Done'
        (Get-GuardrailAccount bread-lab).Path | Should -Be '/Labs/Bread/bread-lab'
    }

    It 'changes nothing when it is run again' {
        (Import-GuardrailPlan $file | Invoke-GuardrailPlan -Confirm:$false).Status | Sort-Object -Unique | Should -Be 'Unchanged'
    }

    It 'is refused where its object has moved on, and the rest of it goes on' {
        New-GuardrailAccount -Name roll-lab -Email aws+roll-lab@hafenbaeckerei.example -OrganizationalUnit /Labs | Out-Null
        $plan = 'bread-lab', 'roll-lab' | Get-GuardrailAccount | Move-GuardrailAccount -OrganizationalUnit /Labs/Bread -AsPlan
        $plan.Changes | Should -HaveCount 1 -Because 'one of them is there already'
        $plan = 'bread-lab', 'roll-lab' | Get-GuardrailAccount | Move-GuardrailAccount -OrganizationalUnit / -AsPlan
        Move-GuardrailAccount roll-lab /Labs/Bread | Out-Null
        $results = $plan | Invoke-GuardrailPlan -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable problems
        ($results | Where-Object { $_.Change.Address -match 'bread-lab' }).Status | Should -Be 'Done'
        ($results | Where-Object { $_.Change.Address -match 'roll-lab' }).Status | Should -Be 'Conflict'
        $problems | Should -HaveCount 1
        $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        (Get-GuardrailAccount roll-lab -Refresh).Path | Should -Be '/Labs/Bread/roll-lab'
    }

    It 'is refused by another organization' {
        $null = New-Organization @{ Seed = 99 }
        { Import-GuardrailPlan $file | Invoke-GuardrailPlan -Confirm:$false -ErrorAction Stop } | Should -Throw '*this connection is to*'
    }
}

Describe 'Rollouts' {
    BeforeAll { $null = New-Organization }

    It 'are left when the pipeline ends early, and go on to the end' {
        $first = New-GuardrailAccount -Path $csv -CreateOrganizationalUnit -NoWait | Select-Object -First 3
        $first | Should -HaveCount 3
        $stopped = Get-LastRollout
        $stopped.State | Should -Be 'Stopped'
        $stopped.Done | Should -BeLessThan $stopped.Changes
        Get-GuardrailRollout | Where-Object State -in Interrupted, Stopped | Where-Object Id -eq $stopped.Id | Resume-GuardrailRollout | Out-Null
        (Get-GuardrailRollout $stopped.Id).State | Should -Be 'Completed'
        (Get-GuardrailAccount -Refresh).Name | Group-Object | Where-Object Count -gt 1 | Should -BeNullOrEmpty
        Get-GuardrailAccount | Should -HaveCount 25
    }

    It 'are taken back: what is reversible is undone' {
        $before = (Get-GuardrailAccount web-shop-test).Path
        Move-GuardrailAccount web-shop-test /Sandbox | Out-Null
        $rollout = Get-LastRollout
        ($rollout | Undo-GuardrailRollout -WhatIf).Outcome | Should -Be 'Planned'
        (Get-GuardrailAccount web-shop-test -Refresh).OrganizationalUnit | Should -Be '/Sandbox'
        ($rollout | Undo-GuardrailRollout -Confirm:$false).Outcome | Should -Be 'Undone'
        (Get-GuardrailAccount web-shop-test -Refresh).Path | Should -Be $before
    }

    It 'say when nothing of them is left to take back' {
        $plan = New-GuardrailAccount -Name cake-lab -Email aws+cake-lab@hafenbaeckerei.example -OrganizationalUnit /Sandbox -AsPlan
        $plan | Invoke-GuardrailPlan -Confirm:$false | Out-Null
        $plan | Invoke-GuardrailPlan -Confirm:$false | Out-Null
        $unchanged = Get-LastRollout
        $unchanged | Undo-GuardrailRollout -Confirm:$false -WarningVariable said -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $said | Should -Match $unchanged.Id
    }

    It 'propose what a person can do where an account was made' {
        $made = Get-GuardrailRollout | Where-Object Command -eq New-GuardrailAccount | Sort-Object Changes -Descending | Select-Object -First 1
        $left = $made | Undo-GuardrailRollout -WhatIf | Where-Object Outcome -eq Proposed
        ($left | Where-Object { $_.Change.Address -match 'former-webshop' }).Message | Should -Match 'Close account'
    }

    It 'are found by id, wildcard and file' {
        $rollout = Get-LastRollout
        (Get-GuardrailRollout "$($rollout.Id.Substring(0, 10))*").Id | Should -Contain $rollout.Id
        (Get-GuardrailRollout -Path $rollout.Path).Id | Should -Be $rollout.Id
        { Get-GuardrailRollout 20200101T000000-000000 -ErrorAction Stop } | Should -Throw '*There is no rollout*'
    }

    It 'have a journal that only its owner can read' -Skip:$IsWindows {
        (Get-Item (Get-LastRollout).Path).UnixFileMode | Should -Be ([System.IO.UnixFileMode] 'UserRead, UserWrite')
    }
}

Describe 'Single accounts' {
    BeforeAll {
        $null = New-Organization @{ AccountQuota = 50; TrustedAccess = 'account.amazonaws.com' }
        New-GuardrailAccount -Path $csv -CreateOrganizationalUnit | Out-Null
    }

    It 'stay as they are with -WhatIf: <_>' -ForEach @(
        'Move-GuardrailAccount web-shop-test /Sandbox -WhatIf'
        'Set-GuardrailAccount web-shop-test -Name other -Tags @{ Owner = "me" } -WhatIf'
        'Close-GuardrailAccount web-shop-test -ConfirmName web-shop-test -WhatIf'
        'Get-GuardrailAccount -OrganizationalUnit /Workloads -Recurse | Move-GuardrailAccount -OrganizationalUnit /Sandbox -WhatIf') {
        $before = Get-GuardrailAccount -Refresh | Sort-Object Id | ConvertTo-Json -Depth 4
        $rollouts = @(Get-GuardrailRollout).Count
        Invoke-Expression $_ | Should -BeNullOrEmpty
        Get-GuardrailAccount -Refresh | Sort-Object Id | ConvertTo-Json -Depth 4 | Should -Be $before
        @(Get-GuardrailRollout).Count | Should -Be $rollouts
    }

    It 'are moved from the pipeline' {
        Get-GuardrailAccount -OrganizationalUnit /Workloads/Test | Where-Object Name -like 'p*' | Move-GuardrailAccount -OrganizationalUnit /Sandbox |
            Where-Object Status -ne Done | Should -BeNullOrEmpty
        (Get-GuardrailAccount payments-test -Refresh).Path | Should -Be '/Sandbox/payments-test'
    }

    It 'are renamed and tagged' {
        Set-GuardrailAccount payments-test -Name payments-lab -Tags @{ Owner = 'lab@hafenbaeckerei.example' } -RemoveTag Environment | Out-Null
        (Get-GuardrailAccount -Tag Owner=lab@* -Refresh).Name | Should -Be 'payments-lab'
        (Get-GuardrailAccount -Tag Environment).Name | Should -Not -Contain 'payments-lab'
    }

    It 'are closed only by their exact name' {
        Close-GuardrailAccount former-webshop -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable without | Should -BeNullOrEmpty
        Close-GuardrailAccount former-webshop -ConfirmName Former-Webshop -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable wrong | Should -BeNullOrEmpty
        $without[0].FullyQualifiedErrorId | Should -Match '^ClosureNotConfirmed'
        $wrong[0].ErrorDetails.RecommendedAction | Should -Match 'ConfirmName'
        (Close-GuardrailAccount former-webshop -ConfirmName former-webshop -Confirm:$false).Status | Should -Be 'Done'
        (Get-GuardrailAccount former-webshop -Refresh).State | Should -BeIn 'Closed', 'PendingClosure'
    }

    It 'are asked about with -Confirm, and the answer counts: <Answer>' -ForEach @{ Answer = 'N'; Path = '/one' }, @{ Answer = 'Y'; Path = '/Unit/one' } {
        $file = Join-Path $TestDrive "asked-$Answer.json"
        $run = Invoke-Shell -Answer $Answer "Import-Module ./Guardrails.psd1
            `$null = New-GuardrailSandbox -Path '$file'; `$null = Connect-Guardrail -Sandbox '$file'
            `$null = New-GuardrailAccount -Name one -Email aws+one@example.com
            `$null = New-GuardrailAccount -Name two -Email aws+two@example.com -OrganizationalUnit /Unit -CreateOrganizationalUnit
            `$null = Move-GuardrailAccount one /Unit -Confirm
            'It is at ' + (Get-GuardrailAccount one -Refresh).Path"
        $run.Output | Should -Match 'Are you sure'
        $run.Output | Should -Match "(?m)^It is at $Path\r?$"
    }

    It 'are left alone where nobody can be asked' {
        $file = Join-Path $TestDrive 'nobody.json'
        $run = Invoke-Shell "Import-Module ./Guardrails.psd1
            `$null = New-GuardrailSandbox -Path '$file'; `$null = Connect-Guardrail -Sandbox '$file'
            `$null = New-GuardrailAccount -Name one -Email aws+one@example.com
            try { Close-GuardrailAccount one -ConfirmName one } catch { 'not asked' }
            'It is ' + (Get-GuardrailAccount one -Refresh).State"
        $run.Output | Should -Match '(?m)^It is Active\r?$'
        $run.Output | Should -Match 'not asked'
    }
}

Describe 'Requests in files' {
    It 'come as objects that other commands take' {
        $requests = Import-GuardrailAccountRequest $csv
        $requests | Should -HaveCount 24
        ($requests | Group-Object OrganizationalUnit | Sort-Object Count -Descending | Select-Object -First 1).Count | Should -Be 6
        ($requests | Where-Object Name -eq audit | ConvertTo-Json | ConvertFrom-Json).Email | Should -Be 'aws+audit@hafenbaeckerei.example'
    }

    It 'say where a file is wrong: <File>' -ForEach @(
        @{ File = 'short.csv'; Text = "Name,Email,OrganizationalUnit`none,aws+one@example.com,/A`ntwo"; Place = 'short\.csv\(3\)'; Good = 1 }
        @{ File = 'broken.yaml'; Text = "- Name: one`n  Email: aws+one@example.com`n- Name: [two, `n"; Place = 'broken\.yaml\(\d+,\d+\)'; Good = 1 }
        @{ File = 'broken.json'; Text = "[{`"Name`": `"one`",`n  `"Email`": 7,, }]"; Place = 'broken\.json\(2,\d+\)'; Good = 0 }) {
        $path = Join-Path $TestDrive $File
        Set-Content $path $Text
        $read = Import-GuardrailAccountRequest $path -ErrorAction SilentlyContinue -ErrorVariable problems
        @($read) | Should -HaveCount $Good
        $problems[0].Exception.Message | Should -Match $Place
        $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'say what of a row is wrong, with its row and its field' {
        $path = Join-Path $TestDrive 'findings.csv'
        Set-Content $path "Name,Email,OrganizationalUnit`none,aws+one@example.com,/A`ntwo,nowhere,/A`nthree,aws+one@example.com,/A"
        $findings = Test-GuardrailAccountRequest -Path $path -Offline
        $findings | Where-Object Severity -eq Error | Sort-Object Source | ForEach-Object { "$(Split-Path -Leaf $_.Source) $($_.Field)" } | Should -Contain 'findings.csv:3 Email'
        ($findings | Where-Object Severity -eq Error).Source | Should -Not -Contain "${path}:2"
        Import-GuardrailAccountRequest $path | Test-GuardrailAccountRequest -Offline -Quiet | Should -BeFalse
    }
}
