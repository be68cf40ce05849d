using System.Management.Automation;

namespace Guardrails.Cmdlets.Tests;

public sealed class LockInCmdletTests(Engine engine) : IClassFixture<Engine>
{
    // A shop and a blog, both with queues; a function of the shop uses its queue and a table.
    private const string Inventory = """
        function Resource($Key, $Type, $Workload, $Uses = @{}) {
            [Guardrails.InventoryResource] @{
                Key = $Key; Type = $Type; LogicalId = $Key; AccountId = '111122223333'; OrganizationalUnit = "/Workloads/$Workload"; Region = 'eu-central-1'; Workload = $Workload; IsMatched = $true
                References = [Guardrails.ResourceReference[]] @(foreach ($one in $Uses.Keys) { [Guardrails.ResourceReference]::new($one, $Uses[$one]) })
            }
        }
        $shop = @(
            Resource f AWS::Lambda::Function shop @{ q = 'Eventing'; t = 'Data' }
            Resource q AWS::SQS::Queue shop
            Resource t AWS::DynamoDB::Table shop
            Resource b AWS::SQS::Queue blog
        )
        $more = $shop + (Resource m AWS::StepFunctions::StateMachine shop @{ f = 'Eventing' })
        $gap = [Guardrails.InventoryGap] @{ Kind = 'FailedCollector'; File = 'x.yaml'; Message = 'x.yaml cannot be read.' }

        """;

    private Engine.Result Run(string script, params object?[] arguments) => engine.Run(Inventory + script, arguments);

    [Fact]
    public void The_whole_comes_first_and_own_parts_with_what_is_shared_are_the_whole()
    {
        var all = Run("$shop | Measure-GuardrailLockIn -GroupBy Workload").ThrowOnError().Output;
        Assert.Equal(["Organization", "blog", "shop"], all.Select(one => one.Properties["Name"].Value));
        decimal Effort(PSObject one, string property) => (decimal)PSObject.AsPSObject(one.Properties["Effort"].Value).Properties[property].Value;
        Assert.Equal(Effort(all[0], "Mean"), Effort(all[1], "Own") + Effort(all[2], "Own") + Effort(all[0], "Shared"));
        Assert.True(Effort(all[0], "Shared") > 0);
        Assert.Equal(["/Workloads/blog", "/Workloads/shop"], Run("$shop | Measure-GuardrailLockIn -GroupBy OrganizationalUnit").Texts("Name").Skip(1));
        Assert.Equal(["Organization"], Run("Measure-GuardrailLockIn -InputObject $shop").Texts("Name"));
    }

    [Fact]
    public void Several_targets_are_measured_and_gaps_are_taken_from_the_pipeline()
    {
        var result = Run("$shop + $gap | Measure-GuardrailLockIn -Target Azure, OpenSource").ThrowOnError();
        Assert.Equal(2, result.Output.Count);
        Assert.Equal(["OpenSource", "Azure"], Run("($shop | Measure-GuardrailLockIn -Target Azure, OpenSource).Settings").Texts("Target"));
        Assert.Contains("x.yaml cannot be read.", Run("($shop + $gap | Measure-GuardrailLockIn).Gaps").Texts("Message"));
    }

    [Fact]
    public void Scenarios_come_by_name_or_with_rates_and_a_wrong_one_is_an_error()
    {
        Assert.Equal(["regulation", "x"], Run("($shop | Measure-GuardrailLockIn -Posture Regulated -Scenario regulation, @{ x = '0.1' }).Risk.Scenarios").Texts("Name"));
        Run("$shop | Measure-GuardrailLockIn -Scenario price").Error("LockInRequestInvalid");
        Run("$shop | Measure-GuardrailLockIn -Posture brave").Error("LockInRequestInvalid");
        Run("$shop | Measure-GuardrailLockIn -Posture startup -Scenario flood").Error("LockInRequestInvalid");
        Run("$shop | Measure-GuardrailLockIn -Scenario @{ x = 'often' }").Error("LockInRequestInvalid");
        Run("$shop | Measure-GuardrailLockIn -ProfilePath no-such.yaml").Error("FileNotFound");
    }

    [Fact]
    public void A_decision_is_made_where_rate_day_rate_and_benefit_are_known()
    {
        var kinds = Run("($shop | Measure-GuardrailLockIn -GroupBy Workload -Scenario @{ x = 0.000001 } -DayRate 900 -Benefit @{ '*' = 1e9; shop = 1e9 }).Decision").Texts("Kind").ToList();
        Assert.Equal(["Accept", "Indeterminate", "Accept"], kinds);
        Assert.Equal(["Avoid"], Run("($shop | Measure-GuardrailLockIn -Scenario @{ x = 0.000001 } -ExitWindow 1 -DayRate 900 -Benefit 1e9).Decision").Texts("Kind"));
        Assert.All(Run("($shop | Measure-GuardrailLockIn).Decision").Texts("Kind"), kind => Assert.Equal("Indeterminate", kind));
    }

    [Fact]
    public void Nothing_is_measured_as_nothing_and_what_is_no_resource_is_an_error()
    {
        Assert.Equal(["0"], Run("(@() | Measure-GuardrailLockIn).Confidence").Texts("Value"));
        var result = Run("@(42) + $shop | Measure-GuardrailLockIn");
        result.Error("NotAnInventoryResource");
        Assert.Single(result.Output);
        Run("$shop | Measure-GuardrailLockIn | Measure-GuardrailLockIn").Errors.ToList().ForEach(error => Assert.StartsWith("NotAnInventoryResource", error.FullyQualifiedErrorId, StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_shows_the_range_and_what_is_not_known()
    {
        var shown = engine.Show(Inventory + "$shop | Measure-GuardrailLockIn -GroupBy Workload -DayRate 900");
        Assert.Matches(@"Target: OpenSource\s+Group\s+Days\s+P10-P90\s+Takes\s+Cost\s+Decision\s+Known\s+Pays from\s+Shared", shown);
        // The volume of the shop's table is not known, so its time is at least that.
        Assert.Matches(@"shop\s+\d+\.\d\s+\d+\.\d-\d+\.\d\s+>= \d+ d\s+>= \d+ USD\s+Indeterminate\s+\d+ %\s+p 0\.\d+\s+\d+\.\d", shown);
        Assert.Matches(@"blog\s+\d+\.\d\s+\d+\.\d-\d+\.\d\s+\d+ d\s", shown);
        Assert.Matches(@"Organization\s+-\s+-\s+-\s+-\s+Indeterminate\s", engine.Show("@() | Measure-GuardrailLockIn"));
    }

    [Fact]
    public void Saved_results_are_compared_term_by_term()
    {
        using var folder = new TemporaryFolder();
        var (before, after) = (folder["before.json"], folder["after.json"]);
        Run("$null = $shop | Measure-GuardrailLockIn -Date 2026-11-25 | Export-GuardrailLockIn $args[0]; $null = $more | Measure-GuardrailLockIn -Date 2026-11-25 | Export-GuardrailLockIn $args[1]", before, after).ThrowOnError();
        var differences = Run("Compare-GuardrailLockIn $args[0] $args[1]", before, after).ThrowOnError().Output;
        var mean = differences.Single(one => one.Properties["Kind"].Value.ToString() == "Effort" && one.Properties["Subject"].Value.Equals("Mean"));
        Assert.Equal(mean.Properties["Change"].Value, differences.Where(one => one.Properties["Kind"].Value.ToString() == "Term").Sum(one => (decimal)one.Properties["Change"].Value));
        Assert.Equal(differences.Select(one => one.ToString()), Run("Compare-GuardrailLockIn -ReferenceObject $shop -DifferenceObject $more").ThrowOnError().Output.Select(one => one.ToString()));
        Assert.Empty(Run("Compare-GuardrailLockIn $args[0] $args[0]", before).ThrowOnError().Output);
        Assert.Matches(@"Worse\s+Term\s+TypeOnce", engine.Show("Compare-GuardrailLockIn $args[0] $args[1]", before, after));
        Run("Compare-GuardrailLockIn $args[0] $args[1]", before, folder.Write("x.json", "{}")).Error("LockInFileUnreadable");
        Run("Compare-GuardrailLockIn $args[0] no-such.json", before).Error("FileNotFound");
    }

    [Fact]
    public void The_same_assessment_is_the_same_file_and_is_not_overwritten_unasked()
    {
        using var folder = new TemporaryFolder();
        var (one, other) = (folder["one.json"], folder["other.json"]);
        Run("$null = $shop | Measure-GuardrailLockIn -GroupBy Workload -Date 2026-11-25 | Export-GuardrailLockIn $args[0]", one).ThrowOnError();
        Run("[array]::Reverse($shop); $null = $shop | Measure-GuardrailLockIn -GroupBy Workload -Date 2026-11-25 | Export-GuardrailLockIn $args[0]", other).ThrowOnError();
        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(other));
        Run("$shop | Measure-GuardrailLockIn | Export-GuardrailLockIn $args[0]", one).Error("FileExists");
        Run("$shop | Export-GuardrailLockIn $args[0]", folder["none.json"]).Error("NotAnInventoryResource");
        Run("$shop | Measure-GuardrailLockIn | Export-GuardrailLockIn $args[0] -WhatIf", folder["none.json"]).ThrowOnError();
        Assert.False(File.Exists(folder["none.json"]));
    }

    [Fact]
    public void A_change_beyond_the_budget_is_an_error_that_names_what_was_added()
    {
        using var folder = new TemporaryFolder();
        var baseline = folder["baseline.json"];
        Run("$null = $shop | Measure-GuardrailLockIn -Target OpenSource, Azure | Export-GuardrailLockIn $args[0]", baseline).ThrowOnError();
        var kept = Run("$shop | Test-GuardrailLockIn $args[0] -Budget 0", baseline).ThrowOnError().Output;
        Assert.All(kept, one => Assert.Equal(true, one.Properties["Passed"].Value));
        Assert.Equal(2, kept.Count);
        var broken = Run("$more | Test-GuardrailLockIn $args[0] -Budget 5", baseline);
        Assert.Equal(2, broken.Errors.Count);
        Assert.All(broken.Errors, error => Assert.StartsWith("LockInBudgetExceeded", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.All(broken.Errors, error => Assert.Contains("AWS::StepFunctions::StateMachine m", error.ToString(), StringComparison.Ordinal));
        Assert.Equal(2, broken.Output.Count);
        Assert.Equal(false, Run("$more | Test-GuardrailLockIn $args[0] -Budget 5 -Quiet", baseline).Single.BaseObject);
        Assert.Equal(true, Run("$more | Test-GuardrailLockIn $args[0] -Budget 1000 -Quiet", baseline).Single.BaseObject);
        Assert.Equal(false, Run("$more | Measure-GuardrailLockIn -Target Azure, OpenSource | Test-GuardrailLockIn $args[0] -Budget 5 -Quiet", baseline).Single.BaseObject);
        Run("$more | Measure-GuardrailLockIn -Target Azure | Test-GuardrailLockIn $args[0] -Budget 5", baseline).Error("LockInRequestInvalid");
        Run("$more | Test-GuardrailLockIn $args[0] -Budget 5", folder.Write("empty.json", """{"format":"guardrails-lock-in/1","assessments":[]}""")).Error("LockInFileUnreadable");
    }

    [Fact]
    public void Sensitivity_is_told_for_each_constant_in_use()
    {
        var all = Run("$shop | Get-GuardrailLockInSensitivity -Draws 100").ThrowOnError().Output;
        Assert.Contains("skills.messaging", all.Select(one => one.Properties["Constant"].Value));
        Assert.DoesNotContain("skills.workflows", all.Select(one => one.Properties["Constant"].Value));
        Assert.Equal(all.Select(one => (decimal)one.Properties["Swing"].Value).OrderDescending(), all.Select(one => (decimal)one.Properties["Swing"].Value));
        Assert.Matches(@"Target: OpenSource\s+Constant\s+Grade\s+AtLow\s+AtHigh\s+Swing", engine.Show(Inventory + "$shop | Get-GuardrailLockInSensitivity -Draws 100"));
    }

    [Fact]
    public void The_user_s_own_constants_go_before_the_module_s()
    {
        using var folder = new TemporaryFolder();
        var own = folder.Write("own.yaml", "asOf: 2026-11-25\nconstants:\n  skills.messaging: { low: 100, likely: 100, high: 100, unit: person-days/family, grade: C, source: \"a test\" }\n");
        Assert.Contains("Skills messaging: 100.00 (100.00 once)", Run("($shop | Measure-GuardrailLockIn -ProfilePath $args[0]).Terms", own).ThrowOnError().Output.Select(term => term.ToString()));
    }

    [Theory]
    [InlineData("Measure-GuardrailLockIn -Posture re", "regulated")]
    [InlineData("Measure-GuardrailLockIn -Scenario ge", "geopolitics")]
    [InlineData("Measure-GuardrailLockIn -Target Go", "GoogleCloud")]
    public void Values_are_completed(string text, string expected) =>
        Assert.Equal([expected], engine.Run("([System.Management.Automation.CommandCompletion]::CompleteInput($args[0], $args[0].Length, $null)).CompletionMatches", text).Texts("ListItemText"));
}
