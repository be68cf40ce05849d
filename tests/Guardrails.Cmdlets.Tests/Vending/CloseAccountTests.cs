namespace Guardrails.Cmdlets.Tests;

/// <summary>Close-GuardrailAccount against a small closure budget, over the wire.</summary>
public sealed class CloseAccountTests
{
    [Fact]
    public void More_than_AWS_closes_is_deferred_with_the_earliest_next_try_and_resumed_then()
    {
        using var engine = new SandboxedEngine();
        var quotas = engine.Folder.Write("quotas.json", """{"organizations":{"accountClosuresMinimum":{"value":2},"accountClosuresShare":{"value":0}}}""");
        var journal = engine.Folder["close.journal"];
        engine.Run($"$env:XDG_STATE_HOME = '{engine.Folder["state"]}'; Disconnect-Guardrail; $null = Connect-Guardrail -Sandbox $args[0] -QuotaPath $args[1]", engine.Sandbox, quotas).ThrowOnError();
        var result = engine.Run($"$three = (Get-GuardrailAccount -OrganizationalUnit /Workloads -Recurse)[0..2]; foreach ($one in $three) {{ $names += @($one.Name) }}; $three | Close-GuardrailAccount -ConfirmName $names -Confirm:$false -Journal '{journal}' -Verbose");
        Assert.Equal(["Deferred", "Done", "Done"], result.Output.Select(one => one.Properties["Status"].Value.ToString()!).Order(StringComparer.Ordinal));
        var deferred = Assert.Single(result.Output, one => one.Properties["Status"].Value.ToString() == "Deferred");
        var next = Assert.IsType<DateTimeOffset>(deferred.Properties["NextTry"].Value);
        Assert.Contains($"{next:u}", deferred.Properties["Message"].Value.ToString(), StringComparison.Ordinal);
        Assert.Equal("CLOSE_ACCOUNT_QUOTA_EXCEEDED", deferred.Properties["Reason"].Value);
        Assert.Contains("Resume-GuardrailRollout", result.Error("ChangeNotMade").ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains(result.Verbose, said => said.Contains("at least 2 closures are left (an estimate)", StringComparison.Ordinal));
        var again = engine.Run($"Resume-GuardrailRollout -Path '{journal}'");
        Assert.Equal(next, Assert.IsType<DateTimeOffset>(Assert.Single(again.Output).Properties["NextTry"].Value), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void More_closures_than_AWS_does_at_once_are_all_made()
    {
        using var engine = new SandboxedEngine();
        var result = engine.Run($"$six = (Get-GuardrailAccount -OrganizationalUnit /Workloads -Recurse)[0..5]; foreach ($one in $six) {{ $names += @($one.Name) }}; $six | Close-GuardrailAccount -ConfirmName $names -Confirm:$false -Journal '{engine.Folder["six.journal"]}'").ThrowOnError();
        Assert.Equal(6, result.Texts("Status").Count(status => status == "Done"));
    }
}
