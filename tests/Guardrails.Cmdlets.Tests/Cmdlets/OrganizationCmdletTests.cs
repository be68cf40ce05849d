using System.Management.Automation;

namespace Guardrails.Cmdlets.Tests;

public sealed class OrganizationCmdletTests(SandboxedEngine sandboxed) : IClassFixture<SandboxedEngine>
{
    private PSObject Some => sandboxed.Run("foreach ($one in Get-GuardrailAccount) { if ($one.OrganizationalUnit -ne '/') { $one; break } }").Single;

    [Fact]
    public void All_accounts_come_without_parameters() => Assert.Equal(30, sandboxed.Run("Get-GuardrailAccount").ThrowOnError().Output.Count);

    [Theory]
    [InlineData("Id")]
    [InlineData("Arn")]
    [InlineData("Path")]
    public void An_account_is_found_by_what_identifies_it(string property)
    {
        var some = Some;
        var found = sandboxed.Run("Get-GuardrailAccount $args[0]", some.Properties[property].Value).Single;
        Assert.Equal(some.Properties["Id"].Value, found.Properties["Id"].Value);
    }

    [Fact]
    public void An_account_is_found_by_its_name_with_wildcards() =>
        Assert.Contains(Some.Properties["Id"].Value.ToString(), sandboxed.Run("Get-GuardrailAccount $args[0]", Some.Properties["Name"].Value.ToString()![..2] + "*").Texts("Id"));

    [Fact]
    public void A_path_with_a_wildcard_needs_no_quotes_and_does_not_cross_a_slash()
    {
        var direct = sandboxed.Run("foreach ($one in Get-GuardrailAccount) { if ($one.OrganizationalUnit -eq '/Security') { $one } }").Texts("Id").ToList();
        Assert.NotEmpty(direct);
        Assert.Equal(direct, sandboxed.Run("Get-GuardrailAccount /Security/*").Texts("Id"));
    }

    [Fact]
    public void An_organizational_unit_selects_what_is_in_it_and_with_Recurse_what_is_below()
    {
        Assert.Single(sandboxed.Run("Get-GuardrailAccount -OrganizationalUnit /").ThrowOnError().Output);
        Assert.Equal(30, sandboxed.Run("Get-GuardrailAccount -OrganizationalUnit / -Recurse").ThrowOnError().Output.Count);
    }

    [Fact]
    public void Organizational_units_select_accounts_through_the_pipeline()
    {
        var expected = sandboxed.Run("Get-GuardrailAccount -OrganizationalUnit /Security").Texts("Id").ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, sandboxed.Run("Get-GuardrailOrganizationalUnit /Security | Get-GuardrailAccount").Texts("Id"));
    }

    [Fact]
    public void Names_and_accounts_select_accounts_through_the_pipeline()
    {
        var id = Some.Properties["Id"].Value;
        Assert.Equal([id.ToString()], sandboxed.Run("$args[0] | Get-GuardrailAccount", id).Texts("Id"));
        Assert.Equal([id.ToString()], sandboxed.Run("Get-GuardrailAccount $args[0] | Get-GuardrailAccount", id).Texts("Id"));
        Assert.Equal([id.ToString()], sandboxed.Run("[pscustomobject] @{ AccountId = $args[0] } | Get-GuardrailAccount", id).Texts("Id"));
    }

    [Theory]
    [InlineData("@() | Get-GuardrailAccount")]
    [InlineData("@() | Get-GuardrailOrganizationalUnit")]
    public void An_empty_pipeline_selects_nothing(string script) => Assert.Empty(sandboxed.Run(script).ThrowOnError().Output);

    [Fact]
    public void State_and_tag_narrow_the_selection()
    {
        Assert.Equal(30, sandboxed.Run("Get-GuardrailAccount -State Active").ThrowOnError().Output.Count);
        Assert.Empty(sandboxed.Run("Get-GuardrailAccount -State Closed, Suspended").ThrowOnError().Output);
        Assert.Empty(sandboxed.Run("Get-GuardrailAccount -Tag no-such-key").ThrowOnError().Output);
        var tags = sandboxed.Run("$keys = @{}; foreach ($one in (Get-GuardrailOrganization -Detail Tags).Accounts) { foreach ($key in $one.Tags.Keys) { $keys[$key] = $one.Id } }; $keys").Single;
        foreach (System.Collections.DictionaryEntry tag in (System.Collections.Hashtable)tags.BaseObject)
            Assert.Contains(tag.Value!.ToString(), sandboxed.Run("Get-GuardrailAccount -Tag $args[0]", tag.Key).Texts("Id"));
    }

    [Fact]
    public void What_is_not_there_is_an_error_about_it_and_the_others_come()
    {
        var result = sandboxed.Run("Get-GuardrailAccount no-such-account, $args[0]", Some.Properties["Id"].Value);
        var error = result.Error("IdentityNotFound");
        Assert.Equal("no-such-account", error.TargetObject);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Contains("-Refresh", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(result.Output);
        sandboxed.Run("Get-GuardrailOrganizationalUnit /no/such/unit").Error("IdentityNotFound");
    }

    [Fact]
    public void A_pattern_that_matches_nothing_is_no_error() => Assert.Empty(sandboxed.Run("Get-GuardrailAccount no-such-*").ThrowOnError().Output);

    [Fact]
    public void Organizational_units_come_with_what_is_below_them()
    {
        Assert.Equal(12, sandboxed.Run("Get-GuardrailOrganizationalUnit").ThrowOnError().Output.Count);
        Assert.Equal(13, sandboxed.Run("Get-GuardrailOrganizationalUnit / -Recurse").ThrowOnError().Output.Count);
        Assert.Equal("True", Assert.Single(sandboxed.Run("Get-GuardrailOrganizationalUnit /").Texts("IsRoot")));
    }

    [Fact]
    public void Reading_again_makes_no_call_and_Refresh_does()
    {
        sandboxed.Run("$null = Get-GuardrailAccount").ThrowOnError();
        Assert.Empty(sandboxed.Run("Get-GuardrailAccount -Verbose").ThrowOnError().Verbose);
        var calls = sandboxed.Run("Get-GuardrailAccount -Refresh -Verbose").ThrowOnError().Verbose;
        Assert.Contains(calls, call => call.StartsWith("organizations:ListAccounts", StringComparison.Ordinal) && call.EndsWith("ms", StringComparison.Ordinal));
    }

    [Fact]
    public void A_connection_can_be_given_where_the_session_has_none()
    {
        using var other = new Engine();
        Assert.Equal(30, other.Run("(Get-GuardrailAccount -Connection $args[0]).Count", sandboxed.Connection).Single.BaseObject);
        other.Run("Get-GuardrailAccount").Error("NotConnected");
    }

    [Fact]
    public void The_organization_is_shown_as_a_tree()
    {
        var shown = sandboxed.Engine.Show("Get-GuardrailOrganization");
        Assert.Contains("30 accounts, 12 organizational units", shown, StringComparison.Ordinal);
        Assert.Contains("├─ Security", shown, StringComparison.Ordinal);
        Assert.Contains($"─ {Some.Properties["Name"].Value}  {Some.Properties["Id"].Value}", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Accounts_are_shown_as_a_table_and_keep_their_view_among_others()
    {
        var shown = sandboxed.Engine.Show("Get-GuardrailAccount; Get-GuardrailOrganization");
        Assert.Matches(@"(?m)^Id\s+Name\s+State\s+OrganizationalUnit\s+Email", shown);
        Assert.Contains("├─ Security", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-GuardrailAccount /Secu", "/Security/")]
    [InlineData("Get-GuardrailAccount -OrganizationalUnit /Sec", "/Security")]
    [InlineData("Get-GuardrailAccount -OrganizationalUnit Sec", "/Security")]
    [InlineData("Get-GuardrailOrganizationalUnit '/Sec", "/Security")]
    public void Completion_offers_what_was_read(string input, string expected)
    {
        sandboxed.Run("$null = Get-GuardrailAccount").ThrowOnError();
        var offered = Complete(sandboxed.Engine, input);
        Assert.NotEmpty(offered);
        Assert.All(offered, text => Assert.StartsWith(expected, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Completion_calls_nobody()
    {
        using var folder = new TemporaryFolder();
        using var engine = new Engine();
        engine.Run("$null = New-GuardrailSandbox $args[0] -AccountCount 5; $null = Connect-Guardrail -Sandbox $args[0]", folder["a.sandbox"]).ThrowOnError();
        Assert.Empty(Complete(engine, "Get-GuardrailAccount a"));
        Assert.NotEmpty(engine.Run("Get-GuardrailAccount -Verbose").ThrowOnError().Verbose);
    }

    private static List<string> Complete(Engine engine, string input)
    {
        using var shell = PowerShell.Create(engine.Runspace);
        return [.. CommandCompletion.CompleteInput(input, input.Length, null, shell).CompletionMatches
            .Where(match => match.ResultType == CompletionResultType.ParameterValue).Select(match => match.ListItemText)];
    }
}
