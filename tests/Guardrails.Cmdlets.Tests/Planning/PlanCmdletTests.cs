namespace Guardrails.Cmdlets.Tests.Planning;

/// <summary>Plans as a user drives them: made, saved, reviewed, and run after the organization has gone on.</summary>
public sealed class PlanCmdletTests(SandboxedEngine engine) : IClassFixture<SandboxedEngine>
{
    private const string Account = "(Get-GuardrailAccount -OrganizationalUnit /Workloads -Recurse -Refresh)[0]";

    public static TheoryData<string> Plans => new()
    {
        "New-GuardrailAccount -Name planned -Email aws+planned@example.com -OrganizationalUnit /Planned -CreateOrganizationalUnit",
        "$a | Set-GuardrailAccount -Tags @{ Planned = '1' } -Adopt",
        "$a | Move-GuardrailAccount -OrganizationalUnit /",
        "Close-GuardrailAccount $a -ConfirmName $a.Name",
        "Rename-GuardrailOrganizationalUnit /Suspended -NewName Parked",
        "Move-GuardrailOrganizationalUnit /Suspended -Parent /Workloads",
    };

    [Theory, MemberData(nameof(Plans))]
    public void A_plan_is_given_by_every_changing_cmdlet_and_nothing_is_changed_or_asked(string change)
    {
        var before = File.ReadAllBytes(engine.Sandbox);
        var journal = engine.Folder[$"{Guid.NewGuid():N}.journal"];
        var plan = engine.Run($"& {{ $ConfirmPreference = 'Low'; $a = {Account}; {change} -AsPlan -Journal '{journal}' }}").Single;
        Assert.Equal("Guardrails.Plan", plan.BaseObject.GetType().FullName);
        Assert.False(File.Exists(journal));
        Assert.Equal(before, File.ReadAllBytes(engine.Sandbox));
    }

    [Fact]
    public void A_plan_is_saved_shown_like_a_diff_and_run_from_its_file()
    {
        var file = engine.Folder["accounts.plan.json"];
        engine.Run($"New-GuardrailAccount -Name diffed -Email aws+diffed@example.com -OrganizationalUnit /Diffed -CreateOrganizationalUnit -Tags @{{ Owner = 'x' }} -AsPlan | Export-GuardrailPlan -Path '{file}'").ThrowOnError();
        var shown = engine.Engine.Show($"Import-GuardrailPlan -Path '{file}'");
        Assert.Contains("Plan of New-GuardrailAccount for organization o-", shown, StringComparison.Ordinal);
        Assert.Contains("+ create organizational-unit:/Diffed, low risk, compensable", shown, StringComparison.Ordinal);
        Assert.Contains("    + email: aws+diffed@example.com", shown, StringComparison.Ordinal);
        Assert.Contains("    ~ organizationalUnit: / → /Diffed", shown, StringComparison.Ordinal);

        var run = engine.Run($"Import-GuardrailPlan -Path '{file}' | Invoke-GuardrailPlan -Confirm:$false -Journal '{engine.Folder["planned.journal"]}'").ThrowOnError();
        Assert.All(run.Texts("Status"), status => Assert.Equal("Done", status));
        Assert.Equal(3, run.Output.Count);
        Assert.Equal(["", "", "True"], run.Texts("Ready").Order(StringComparer.Ordinal));
        Assert.Equal("/Diffed/diffed", engine.Run("(Get-GuardrailAccount diffed).Path").Single.ToString());
        var rollout = engine.Run($"Get-GuardrailRollout -Path '{engine.Folder["planned.journal"]}'").Single;
        Assert.Equal("New-GuardrailAccount", rollout.Properties["Command"].Value);
        // Made once: the creation finds its account, and the move finds it in place.
        var again = engine.Run($"Import-GuardrailPlan -Path '{file}' | Invoke-GuardrailPlan -Confirm:$false -Journal '{engine.Folder["again.journal"]}'").ThrowOnError();
        Assert.All(again.Texts("Status"), status => Assert.Equal("Unchanged", status));
    }

    [Fact]
    public void Accounts_of_a_plan_that_are_not_ready_in_time_are_warned_of_and_without_waiting_nothing_is_said_of_it()
    {
        string Plan(string name) => $"New-GuardrailAccount -Name {name} -Email aws+{name}@example.com -AsPlan | Invoke-GuardrailPlan -Confirm:$false -Journal '{engine.Folder[name + ".journal"]}'";
        var late = engine.Run($"{Plan("late")} -ReadyTimeout 0:0:0").ThrowOnError();
        Assert.Equal("False", Assert.Single(late.Texts("Ready")));
        Assert.Contains("OrganizationAccountAccessRole cannot be assumed", Assert.Single(late.Warnings), StringComparison.Ordinal);
        Assert.Equal("", Assert.Single(engine.Run($"{Plan("quick")} -NoWait").Texts("Ready")));
    }

    [Fact]
    public void What_somebody_else_has_changed_since_is_refused_with_what_differs_and_the_rest_is_made()
    {
        var file = engine.Folder["moves.plan.json"];
        engine.Run($"$two = (Get-GuardrailAccount -OrganizationalUnit /Workloads -Recurse -Refresh)[1, 2]; $two | Move-GuardrailAccount -OrganizationalUnit / -AsPlan | Export-GuardrailPlan '{file}'; $null = $two[0] | Move-GuardrailAccount -OrganizationalUnit /Suspended").ThrowOnError();
        var whatIf = engine.Run($"Import-GuardrailPlan '{file}' | Invoke-GuardrailPlan -WhatIf").ThrowOnError();
        Assert.Equal("Conflict", Assert.Single(whatIf.Texts("Status")));
        var run = engine.Run($"Import-GuardrailPlan '{file}' | Invoke-GuardrailPlan -Confirm:$false");
        Assert.Equal(["Conflict", "Done"], run.Output.Select(one => one.Properties["Status"].Value.ToString()).Order());
        var error = run.Error("ChangeNotMade");
        Assert.Contains("MovedOn", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("path was '/Workloads/", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("is '/Suspended/", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_taken_back_is_listed_before_the_question()
    {
        var result = engine.Run($"$a = {Account}; Close-GuardrailAccount $a -ConfirmName $a.Name -AsPlan | Invoke-GuardrailPlan -WhatIf").ThrowOnError();
        Assert.Contains("Cannot be taken back: - close account:", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_plan_runs_under_WhatIf_without_a_writing_call()
    {
        var before = File.ReadAllBytes(engine.Sandbox);
        var journal = engine.Folder["whatif.journal"];
        var result = engine.Run($"& {{ $VerbosePreference = 'Continue'; $a = {Account}; $a | Move-GuardrailAccount -OrganizationalUnit / -AsPlan | Invoke-GuardrailPlan -WhatIf -Journal '{journal}' }}").ThrowOnError();
        Assert.NotEmpty(result.Verbose);
        Assert.DoesNotContain(result.Verbose, line => line.StartsWith("organizations:MoveAccount", StringComparison.Ordinal));
        Assert.False(File.Exists(journal));
        Assert.Equal(before, File.ReadAllBytes(engine.Sandbox));
    }

    [Fact]
    public void A_damaged_a_newer_and_an_edited_plan_are_refused_before_anything_is_called()
    {
        var file = engine.Folder["edited.plan.json"];
        engine.Run($"$a = {Account}; $a | Move-GuardrailAccount -OrganizationalUnit / -AsPlan | Export-GuardrailPlan '{file}'").ThrowOnError();
        var plan = File.ReadAllText(file);
        var before = File.ReadAllBytes(engine.Sandbox);
        string Write(string text) => engine.Folder.Write("changed.plan.json", text);
        engine.Run($"Import-GuardrailPlan '{Write(plan[..(plan.Length / 2)])}'").Error("PlanUnreadable");
        Assert.Contains("newer", engine.Run($"Import-GuardrailPlan '{Write(plan.Replace("guardrails-plan/1", "guardrails-plan/2", StringComparison.Ordinal))}'").Error("PlanUnreadable").ToString(), StringComparison.Ordinal);
        engine.Run($"Import-GuardrailPlan '{Write(plan.Replace("\"kind\": \"account\"", "\"kind\": \"policy\"", StringComparison.Ordinal))}' | Invoke-GuardrailPlan -Confirm:$false").Error("PlanNotRunnable");
        engine.Run($"Import-GuardrailPlan '{Write(plan.Replace("\"organization\": \"o-", "\"organization\": \"o-x", StringComparison.Ordinal))}' | Invoke-GuardrailPlan -Confirm:$false").Error("OtherOrganization");
        Assert.Equal(before, File.ReadAllBytes(engine.Sandbox));
    }

    [Fact]
    public void A_plan_takes_no_other_files_place_and_a_file_holds_one()
    {
        var file = engine.Folder.Write("mine.plan.json", "mine");
        engine.Run($"$a = {Account}; $a | Move-GuardrailAccount -OrganizationalUnit / -AsPlan | Export-GuardrailPlan '{file}'").Error("FileExists");
        Assert.Equal("mine", File.ReadAllText(file));
        var two = engine.Folder["two.plan.json"];
        engine.Run($"$a = {Account}; $p = $a | Move-GuardrailAccount -OrganizationalUnit / -AsPlan; $p, $p | Export-GuardrailPlan '{two}'").Error("PlanFileTaken");
    }
}
