using System.Collections.Concurrent;

namespace Guardrails.Cmdlets.Tests.Rollouts;

/// <summary>Every changing cmdlet under -WhatIf and on a read-only connection, seen on the wire: no writing request leaves.</summary>
public sealed class NothingIsWrittenTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Engine _engine = new();
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly WireTap _tap;
    private readonly string _made;
    private readonly string _left;
    private readonly string _plan;

    public NothingIsWrittenTests()
    {
        var served = _engine.Run(
            "$null = New-GuardrailSandbox -Path $args[0] -AccountCount 12 -OrganizationalUnitCount 6 -Seed 3; (Start-GuardrailSandbox -Path $args[0] -AccountCreationSeconds 0.1).Uri", _folder["a.sandbox"]).ThrowOnError();
        _tap = new WireTap(new Uri(served.Single.ToString()!), (operation, moment) =>
        {
            if (moment == WireMoment.BeforeEffect) _requests.Enqueue(operation);
            return Task.FromResult(false);
        });
        (_made, _left, _plan) = (_folder["made.journal"], _folder["left.journal"], _folder["a.plan.json"]);
        _engine.Run(
            $"$env:AWS_ACCESS_KEY_ID = 'AKIAIOSFODNN7EXAMPLE'; $env:AWS_SECRET_ACCESS_KEY = 'any'; $env:XDG_STATE_HOME = '{_folder["state"]}'; $null = Connect-Guardrail -EndpointUrl $args[0] -Region us-east-1; $null = New-GuardrailAccount seed aws+seed@example.com /New -CreateOrganizationalUnit -NoWait -Journal $args[1]",
            _tap.Endpoint.ToString(), _made).ThrowOnError();
        _engine.Run("Get-GuardrailAccount seed -Refresh | Move-GuardrailAccount -OrganizationalUnit / -AsPlan | Export-GuardrailPlan $args[0]", _plan).ThrowOnError();
        // As a process leaves it that dies before its first call: nothing but the plan.
        File.WriteAllLines(_left, File.ReadLines(_made).Take(2));
        Assert.Contains(_requests, IsWriting);
    }

    public static TheoryData<string> Changes => new()
    {
        "New-GuardrailAccount -Name new -Email aws+new@example.com -OrganizationalUnit /Brand/New -CreateOrganizationalUnit -Regions eu-central-2 -NoWait",
        "$a | Set-GuardrailAccount -Name probed -Tags @{ Probe = '1' } -Contacts @{ Billing = @{ Name = 'a'; Title = 'b'; Email = 'c@example.com'; Phone = '1' } } -Regions eu-central-2 -Adopt",
        "$a | Move-GuardrailAccount -OrganizationalUnit /",
        "Close-GuardrailAccount $a -ConfirmName seed",
        "Rename-GuardrailOrganizationalUnit /New Renamed",
        "Move-GuardrailOrganizationalUnit /New -Parent /Workloads",
        "Resume-GuardrailRollout -Path '{left}'",
        "Undo-GuardrailRollout -Path '{made}'",
        "Import-GuardrailPlan -Path '{plan}' | Invoke-GuardrailPlan",
    };

    [Fact]
    public void Every_cmdlet_that_asks_and_has_a_connection_is_among_them()
    {
        var changing = _engine.Run("Get-Command -Module Guardrails").ThrowOnError().Output.Select(item => (System.Management.Automation.CmdletInfo)item.BaseObject)
            .Where(cmdlet => cmdlet.Parameters.ContainsKey("WhatIf") && cmdlet.Parameters.ContainsKey("Connection") && cmdlet.Verb != "Export").Select(cmdlet => cmdlet.Name).ToList();
        Assert.True(changing.Count >= 7, $"{changing.Count}");
        Assert.All(changing, name => Assert.Contains(Changes, row => row.Data.Contains(name, StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Changes))]
    public void Under_WhatIf_no_writing_request_leaves_whatever_else_is_said(string change)
    {
        foreach (var asked in new[]
        {
            "{0} -WhatIf", "{0} -WhatIf -Confirm:$false", "& {{ $WhatIfPreference = $true; {0} }}",
            "function Invoke-It {{ [CmdletBinding(SupportsShouldProcess)] param([switch] $Force) {0} -Confirm:$false }}; Invoke-It -Force -WhatIf",
        }) Assert.Empty(RunOnTheWire(string.Format(System.Globalization.CultureInfo.InvariantCulture, asked, change), "").Errors);
    }

    [Theory, MemberData(nameof(Changes))]
    public void On_a_read_only_connection_no_writing_request_leaves_and_the_error_says_why(string change)
    {
        var result = RunOnTheWire($"{change} -Confirm:$false", $"$null = Connect-Guardrail -EndpointUrl '{_tap.Endpoint}' -Region us-east-1 -ReadOnly;");
        Assert.Contains(result.Errors, error => error.ToString().Contains("read-only", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _engine.Run("Disconnect-Guardrail; Stop-GuardrailSandbox");
        _tap.Dispose();
        _engine.Dispose();
        _folder.Dispose();
    }

    private Engine.Result RunOnTheWire(string script, string before)
    {
        _requests.Clear();
        var result = _engine.Run($"{before} $a = Get-GuardrailAccount seed -Refresh; {script.Replace("{left}", _left, StringComparison.Ordinal).Replace("{made}", _made, StringComparison.Ordinal).Replace("{plan}", _plan, StringComparison.Ordinal)}");
        Assert.NotEmpty(_requests);
        Assert.DoesNotContain(_requests, IsWriting);
        Assert.Null(_tap.Failure);
        return result;
    }

    private static bool IsWriting(string operation) =>
        operation.Length > 0 && !new[] { "Describe", "List", "Get" }.Any(verb => operation.StartsWith(verb, StringComparison.OrdinalIgnoreCase));
}
