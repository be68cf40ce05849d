namespace Guardrails.Cmdlets.Tests;

/// <summary>Rename-GuardrailOrganizationalUnit over the wire.</summary>
public sealed class RenameOrganizationalUnitTests(SandboxedEngine engine) : IClassFixture<SandboxedEngine>
{
    [Fact]
    public void It_is_renamed_with_all_that_is_in_it_and_the_rename_is_taken_back()
    {
        var journal = engine.Folder["rename.journal"];
        var before = engine.Run("Get-GuardrailAccount -OrganizationalUnit /Security").Texts("Id").ToList();
        Assert.NotEmpty(before);
        Assert.Equal("Done", engine.Run($"Rename-GuardrailOrganizationalUnit /Security -NewName Safety -Journal '{journal}'").Single.Properties["Status"].Value.ToString());
        Assert.Equal(before, engine.Run("Get-GuardrailAccount -OrganizationalUnit /Safety").Texts("Id"));
        Assert.Empty(engine.Run($"Rename-GuardrailOrganizationalUnit /Safety Safety -Journal '{engine.Folder["same.journal"]}'").ThrowOnError().Output);
        Assert.Equal("Undone", engine.Run($"$env:XDG_STATE_HOME = '{engine.Folder["state"]}'; Undo-GuardrailRollout -Path '{journal}' -Confirm:$false").Single.Properties["Outcome"].Value.ToString());
        Assert.Equal(before, engine.Run("Get-GuardrailAccount -OrganizationalUnit /Security -Refresh").Texts("Id"));
    }

    [Fact]
    public void A_name_that_is_taken_and_the_root_are_errors_that_say_what_to_do()
    {
        var taken = engine.Run($"Rename-GuardrailOrganizationalUnit /Suspended -NewName Workloads -Journal '{engine.Folder["taken.journal"]}'").Error("ChangeNotMade");
        Assert.Contains("organizations:UpdateOrganizationalUnit", taken.ToString(), StringComparison.Ordinal);
        Assert.Contains("another name", taken.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        engine.Run("Rename-GuardrailOrganizationalUnit / -NewName Top").Error("RefusedInput");
    }

    [Fact]
    public void A_plan_whose_organizational_unit_was_renamed_since_is_refused_with_what_differs()
    {
        var file = engine.Folder["units.plan.json"];
        engine.Run($"Rename-GuardrailOrganizationalUnit /Suspended -NewName Parked -AsPlan | Export-GuardrailPlan '{file}'; $null = Rename-GuardrailOrganizationalUnit /Suspended -NewName Theirs -Journal '{engine.Folder["theirs.journal"]}'").ThrowOnError();
        var error = engine.Run($"Import-GuardrailPlan '{file}' | Invoke-GuardrailPlan -Confirm:$false -Journal '{engine.Folder["late.journal"]}'").Error("ChangeNotMade");
        Assert.Contains("name was 'Suspended' and is 'Theirs'", error.ToString(), StringComparison.Ordinal);
        engine.Run($"$null = Rename-GuardrailOrganizationalUnit /Theirs -NewName Suspended -Journal '{engine.Folder["back.journal"]}'").ThrowOnError();
    }
}
