namespace Guardrails.Cmdlets.Tests;

/// <summary>Move-GuardrailOrganizationalUnit over the wire.</summary>
public sealed class MoveOrganizationalUnitTests(SandboxedEngine engine) : IClassFixture<SandboxedEngine>
{
    [Fact]
    public void It_is_made_anew_below_its_new_parent_with_its_accounts_and_the_old_one_is_gone()
    {
        string[] Bound() => [.. engine.Run("foreach ($one in Get-GuardrailPolicy) { foreach ($two in $one.Targets) { foreach ($unit in Get-GuardrailOrganizationalUnit) { if ($unit.Id -eq $two -and $unit.Path -match '/Workloads') { \"$($one.Name) $($unit.Name)\" } } } }").ThrowOnError().Output.Select(one => one.ToString()!).Order()];
        var bound = Bound();
        Assert.NotEmpty(bound);
        var before = engine.Run("Get-GuardrailAccount -OrganizationalUnit /Workloads -Recurse").Texts("Id").Order().ToList();
        Assert.NotEmpty(before);
        engine.Run($"$null = New-GuardrailAccount anchor aws+anchor@example.com /Regulated -CreateOrganizationalUnit -NoWait -Journal '{engine.Folder["anchor.journal"]}'").ThrowOnError();
        var results = engine.Run($"Move-GuardrailOrganizationalUnit /Workloads -Parent /Regulated -Confirm:$false -Journal '{engine.Folder["move.journal"]}'").ThrowOnError();
        Assert.All(results.Texts("Status"), status => Assert.Equal("Done", status));
        Assert.Equal(before, engine.Run("Get-GuardrailAccount -OrganizationalUnit /Regulated/Workloads -Recurse -Refresh").Texts("Id").Order());
        Assert.Equal(bound, Bound());
        engine.Run("Get-GuardrailOrganizationalUnit /Workloads").Error("IdentityNotFound");
        Assert.Empty(engine.Run("Move-GuardrailOrganizationalUnit /Regulated/Workloads -Parent /Regulated -Confirm:$false").ThrowOnError().Output);
        engine.Run("Move-GuardrailOrganizationalUnit /Regulated -Parent /Regulated/Workloads -Confirm:$false").Error("RefusedInput");
    }
}
