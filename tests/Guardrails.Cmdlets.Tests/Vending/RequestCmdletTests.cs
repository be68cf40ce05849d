namespace Guardrails.Cmdlets.Tests;

/// <summary>Requests for accounts from files and objects, and the preflight.</summary>
public sealed class RequestCmdletTests(SandboxedEngine sandboxed) : IClassFixture<SandboxedEngine>
{
    private const string Yaml = """
        accounts:
          - Name: Web Shop (Prod)
            Email: aws+{name}@example.com
            OrganizationalUnit: /New/Prod
            Tags: { CostCenter: 2100, Owner: "a;b=c" }
            Regions: [eu-central-2, ap-east-1]
          - Name: broken
            Tags: no-tag
          - Name: "never closed
          - Name: play
        """;

    [Theory]
    [InlineData("a.yaml", Yaml, "a.yaml(8,11): Tags: ", "a.yaml(9,")]
    [InlineData("a.csv", "Name,Email,OrganizationalUnit,Tag:CostCenter,Tag:Owner,Regions,Tags\nWeb Shop (Prod),aws+{name}@example.com,/New/Prod,2100,a;b=c,eu-central-2;ap-east-1,\nbroken,,,,,,no-tag\n\"never closed,,,,,,\nplay,,,,,,\n", "a.csv(3): Tags: ", "a.csv(4): ")]
    public void Requests_come_from_files_and_bad_rows_are_errors_with_their_place(string name, string text, params string[] places)
    {
        var file = sandboxed.Folder.Write(name, text);
        var read = sandboxed.Run("Import-GuardrailAccountRequest $args[0] -EmailTemplate 'root+{name}@example.org'", file);
        Assert.Equal(2, read.Errors.Count);
        Assert.All(read.Errors, error => Assert.StartsWith("RequestUnreadable", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.All(places, place => Assert.Contains(read.Errors, error => error.ToString().Contains(place, StringComparison.Ordinal)));
        Assert.Equal(["aws+web-shop-prod@example.com", "root+play@example.org"], read.Output.Select(request => request.Properties["Email"].Value));
        var tags = Assert.IsAssignableFrom<System.Collections.IDictionary>(read.Output[0].Properties["Tags"].Value);
        Assert.Equal("a;b=c", tags["Owner"]);
        Assert.Equal(["eu-central-2", "ap-east-1"], (IEnumerable<string>)read.Output[0].Properties["Regions"].Value);
    }

    [Theory]
    [InlineData("Import-GuardrailAccountRequest $args[0] | New-GuardrailAccount -CreateOrganizationalUnit -NoWait")]
    [InlineData("New-GuardrailAccount -Path $args[0] -CreateOrganizationalUnit -NoWait")]
    [InlineData("[pscustomobject] @{ Name = 'same'; Email = 'aws+{name}@example.com'; OrganizationalUnit = '/New/Same'; Tags = [pscustomobject] @{ CostCenter = '2100'; Note = 'a=b c' } } | New-GuardrailAccount -CreateOrganizationalUnit -NoWait")]
    [InlineData("New-GuardrailAccount same 'aws+{name}@example.com' /New/Same -Tags @{ CostCenter = 2100; Note = 'a=b c' } -CreateOrganizationalUnit -NoWait")]
    public void The_same_account_is_made_whichever_way_the_request_comes(string script)
    {
        using var own = new SandboxedEngine();
        var file = own.Folder.Write("a.json", """[{"Name":"same","Email":"aws+{name}@example.com","OrganizationalUnit":"/New/Same","Tags":{"CostCenter":2100,"Note":"a=b c"}}]""");
        var journal = own.Folder["journal"];
        Assert.Equal("Created", own.Run(script + " -Journal $args[1]", file, journal).Single.Properties["Outcome"].Value.ToString());
        var account = own.Run("(Get-GuardrailOrganization -Detail Tags -Refresh).Accounts.Where({ $_.Email -eq 'aws+same@example.com' })").Single;
        Assert.Equal("/New/Same/same", account.Properties["Path"].Value);
        var tags = (IReadOnlyDictionary<string, string>)account.Properties["Tags"].Value;
        Assert.Equal(["CostCenter=2100", "Note=a=b c", "guardrails:managed-by=guardrails"], tags.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Requests_keep_their_settings_in_the_pipeline_and_the_command_line_overrides()
    {
        var file = sandboxed.Folder.Write($"{Guid.NewGuid()}.yaml", """
            - Name: settled
              Email: aws+{name}@example.com
              Regions: [eu-central-2, nowhere]
              Access: ["group:Admins=Not a set"]
              Contacts: { Billing: { Name: Jo, Title: Books, Email: no-address, Phone: "+41 1" } }
            """);
        var fields = sandboxed.Run("Import-GuardrailAccountRequest $args[0] | Test-GuardrailAccountRequest -Offline", file).Texts("Field").Order(StringComparer.Ordinal);
        Assert.Equal(sandboxed.Run("Test-GuardrailAccountRequest -Path $args[0] -Offline", file).Texts("Field").Order(StringComparer.Ordinal), fields);
        Assert.Equal(3, fields.Count());
        Assert.DoesNotContain("Regions", sandboxed.Run("Import-GuardrailAccountRequest $args[0] | Test-GuardrailAccountRequest -Regions eu-central-2 -Offline", file).Texts("Field"));
    }

    [Fact]
    public void The_preflight_tells_of_each_problem_with_row_field_and_what_to_do()
    {
        var there = sandboxed.Run("foreach ($one in Get-GuardrailAccount) { if ($one.OrganizationalUnit -ne '/') { $one; break } }").Single;
        var file = sandboxed.Folder.Write($"{Guid.NewGuid()}.csv", $"""
            Name,Email,OrganizationalUnit,Tags
            theirs,{there.Properties["Email"].Value},/,
            {there.Properties["Name"].Value},aws+other@example.com,/,
            one,aws+one@example.com,/No/Such,
            two,aws+one@example.com,/,
            three,nowhere,/,
            four,aws+four@example.com,/,aws:x=1
            """);
        var findings = sandboxed.Run("Test-GuardrailAccountRequest -Path $args[0]", file).ThrowOnError().Output
            .Select(one => (Row: one.Properties["Source"].Value?.ToString()?.Split(':')[^1], Field: one.Properties["Field"].Value?.ToString(), Severity: one.Properties["Severity"].Value.ToString(), Text: one.Properties["Message"].Value.ToString()!, Next: one.Properties["NextStep"].Value?.ToString()))
            .ToList();
        void Has(string? row, string? field, string severity, string text) =>
            Assert.Contains(findings, one => one.Row == row && one.Field == field && one.Severity == severity && one.Text.Contains(text, StringComparison.Ordinal) && (severity != "Error" || one.Next is not null));
        Has("2", "Email", "Error", there.Properties["Path"].Value.ToString()!);
        Has("3", "Name", "Warning", there.Properties["Id"].Value.ToString()!);
        Has("4", "OrganizationalUnit", "Error", "/No/Such");
        Has("5", "Email", "Error", "also in");
        Has("6", "Email", "Error", "nowhere");
        Has("7", "Tags", "Error", "aws:");
        Has(null, "Email", "Information", "cannot be known");
        Has(null, null, "Information", "Estimate");
    }

    [Fact]
    public void What_the_switches_would_do_is_told_and_nothing_is_written()
    {
        var there = sandboxed.Run("foreach ($one in Get-GuardrailAccount) { if ($one.OrganizationalUnit -ne '/') { $one; break } }").Single;
        var result = sandboxed.Run("""
            & { [pscustomobject] @{ Name = 'x'; Email = $args[0] }; [pscustomobject] @{ Name = 'y'; Email = 'aws+y@example.com'; OrganizationalUnit = '/New/Unit' } } $args[0] |
                Test-GuardrailAccountRequest -Adopt -CreateOrganizationalUnit -Verbose
            """, there.Properties["Email"].Value).ThrowOnError();
        Assert.DoesNotContain("Error", result.Texts("Severity"));
        Assert.Contains(result.Texts("Message"), text => text.Contains("Adopt", StringComparison.Ordinal));
        Assert.Contains(result.Texts("Message"), text => text.Contains("'/New/Unit' will be made", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Verbose, call => call.Contains(":Create", StringComparison.Ordinal) || call.Contains(":Tag", StringComparison.Ordinal) || call.Contains(":Move", StringComparison.Ordinal));
    }

    [Fact]
    public void Offline_needs_no_connection_Quiet_is_a_bool_and_FailOn_makes_errors()
    {
        using var engine = new Engine();
        Assert.Equal(true, engine.Run("Test-GuardrailAccountRequest -Name a -Email aws+a@example.com -Offline -Quiet").Single.BaseObject);
        Assert.Equal(false, engine.Run("Test-GuardrailAccountRequest -Name a -Email nowhere -Offline -Quiet").Single.BaseObject);
        Assert.Single(engine.Run("Test-GuardrailAccountRequest -Name a -Email nowhere -Offline").ThrowOnError().Output);
        var failed = engine.Run("Test-GuardrailAccountRequest -Name a -Email nowhere -Offline -FailOn Warning");
        Assert.Single(failed.Output);
        Assert.Equal("Correct the request.", failed.Error("RequestFinding").ErrorDetails.RecommendedAction);
        engine.Run("Test-GuardrailAccountRequest -Name a -Email aws+a@example.com").Error("NotConnected");
    }
}
