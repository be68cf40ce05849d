namespace Guardrails.Cmdlets.Tests;

public sealed class PolicyCmdletTests(SandboxedEngine sandboxed) : IClassFixture<SandboxedEngine>
{
    private const string Sound = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:GetObject","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/break-glass"}}}]}""";
    private const string Faulty = "{\"Version\":\"2012-10-17\",\n \"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:GetObjekt\",\"Resource\":\"*\"}]}";

    private string MemberId => sandboxed.Run("foreach ($one in Get-GuardrailAccount) { if (-not $one.IsManagementAccount) { $one.Id; break } }").Single.BaseObject.ToString()!;

    private string Write(string folder, string name, string content)
    {
        Directory.CreateDirectory(sandboxed.Folder[folder]);
        File.WriteAllText(Path.Combine(sandboxed.Folder[folder], name), content);
        return sandboxed.Folder[folder];
    }

    [Fact]
    public void Files_are_checked_without_a_connection_and_findings_know_their_place()
    {
        var folder = Write("files", "faulty.json", Faulty);
        Write("files", "sound.json", Sound);
        using var other = new Engine();
        var findings = other.Run("Test-GuardrailPolicy $args[0] -PolicyType SCP", folder).ThrowOnError().Output;
        Assert.Equal(["GR-SCP-002", "GR-SCP-001", "GR-POL-032"], findings.Select(one => one.Properties["Rule"].Value.ToString()));
        Assert.All(findings, one => Assert.Equal(2, one.Properties["Line"].Value));
        Assert.Equal(findings.Count, other.Run("Test-GuardrailPolicy ($args[0] + '/*.json') -PolicyType SCP", folder).ThrowOnError().Output.Count);
        Assert.Equal(findings.Count, other.Run("& { foreach ($file in [System.IO.Directory]::GetFiles($args[0])) { [System.IO.FileInfo] $file } } $args[0] | Test-GuardrailPolicy -Type SCP", folder).ThrowOnError().Output.Count);
        Assert.Matches(@"Error\s+GR-SCP-001\s+faulty.json\s+2", other.Show("Test-GuardrailPolicy $args[0] -PolicyType SCP", folder));
    }

    [Fact]
    public void Rules_are_chosen_and_a_misspelt_one_is_an_error()
    {
        Assert.Equal(["GR-SCP-001"], sandboxed.Run("$args[0] | Test-GuardrailPolicy -PolicyType SCP -Rule GR-SCP-* -ExcludeRule GR-SCP-002", Faulty).Texts("Rule"));
        sandboxed.Run("'{}' | Test-GuardrailPolicy -Rule GR-XYZ-001").Error("UnknownPolicyRule");
        sandboxed.Run("'{}' | Test-GuardrailPolicy -PolicyType quantum").Error("UnknownPolicyType");
    }

    [Fact]
    public void FailOn_makes_findings_an_error_for_each_policy()
    {
        var folder = Write("failing", "faulty.json", Faulty);
        Write("failing", "faulty2.json", Faulty);
        var result = sandboxed.Run("Test-GuardrailPolicy $args[0] -PolicyType SCP -FailOn Error", folder);
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.StartsWith("PolicyHasFindings", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal(6, result.Output.Count);
        sandboxed.Run("$args[0] | Test-GuardrailPolicy -FailOn Warning", Sound).ThrowOnError();
    }

    [Fact]
    public void Quiet_is_one_answer()
    {
        Assert.Equal(true, sandboxed.Run("$args[0] | Test-GuardrailPolicy -Quiet", Sound).Single.BaseObject);
        Assert.Equal(false, sandboxed.Run("$args[0], $args[1] | Test-GuardrailPolicy -PolicyType SCP -Quiet", Sound, Faulty).Single.BaseObject);
        Assert.Equal(true, sandboxed.Run("$args[0] | Test-GuardrailPolicy -PolicyType SCP -ExcludeRule GR-SCP-001 -Quiet", Faulty).Single.BaseObject);
        Assert.Equal(false, sandboxed.Run("$args[0] | Test-GuardrailPolicy -PolicyType SCP -ExcludeRule GR-SCP-001 -FailOn Warning -Quiet", Faulty).Single.BaseObject);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_and_the_others_are_checked()
    {
        var folder = Write("some", "faulty.json", Faulty);
        var result = sandboxed.Run("Test-GuardrailPolicy no-such.json, $args[0] -PolicyType SCP", folder);
        result.Error("FileNotFound");
        Assert.Equal(3, result.Output.Count);
        sandboxed.Run("42 | Test-GuardrailPolicy").Error("NotAPolicy");
    }

    [Fact]
    public void Live_policies_are_checked_with_how_they_are_attached()
    {
        Assert.DoesNotContain("GR-SCP-010", sandboxed.Run("Test-GuardrailPolicy -Policy *").Texts("Rule"));
        var name = sandboxed.Run("foreach ($one in Get-GuardrailPolicy -PolicyType SCP) { if (-not $one.AwsManaged) { $one.Name; break } }").Single.BaseObject;
        sandboxed.Run("Get-GuardrailPolicy $args[0] -Content | Test-GuardrailPolicy -FailOn Error -Rule GR-POL-00*", name).ThrowOnError();
        sandboxed.Run("Test-GuardrailPolicy -Policy $args[0] -FailOn Error -Rule GR-POL-00*", name).ThrowOnError();
        sandboxed.Run("Test-GuardrailPolicy -Policy no-such-policy").Error("IdentityNotFound");
        using var other = new Engine();
        other.Run("Test-GuardrailPolicy -Policy *").Error("NotConnected");
    }

    [Fact]
    public void Policies_come_by_name_id_and_type_and_with_their_documents()
    {
        var all = sandboxed.Run("Get-GuardrailPolicy").ThrowOnError().Output;
        Assert.NotEmpty(all);
        var one = all[0];
        Assert.Equal([one.Properties["Id"].Value.ToString()], sandboxed.Run("Get-GuardrailPolicy $args[0]", one.Properties["Id"].Value).Texts("Id"));
        Assert.Contains(one.Properties["Id"].Value.ToString(), sandboxed.Run("Get-GuardrailPolicy ($args[0] + '*')", one.Properties["Name"].Value.ToString()![..3]).Texts("Id"));
        Assert.All(sandboxed.Run("Get-GuardrailPolicy -PolicyType SCP").Texts("Type"), type => Assert.Equal("SERVICE_CONTROL_POLICY", type));
        Assert.All(sandboxed.Run("Get-GuardrailPolicy -Content").Texts("Content"), content => Assert.StartsWith("{", content, StringComparison.Ordinal));
        sandboxed.Run("Get-GuardrailPolicy no-such-policy").Error("IdentityNotFound");
        Assert.Empty(sandboxed.Run("Get-GuardrailPolicy no-such-*").ThrowOnError().Output);
        Assert.Empty(sandboxed.Run("@() | Get-GuardrailPolicy").ThrowOnError().Output);
    }

    [Fact]
    public void What_binds_a_target_is_marked_as_direct_or_inherited()
    {
        var bound = sandboxed.Run("Get-GuardrailPolicy FullAWSAccess -Target $args[0]", MemberId).ThrowOnError().Output;
        Assert.Equal("/", bound[0].Properties["AttachedTo"].Value.ToString());
        Assert.Equal(true, bound[0].Properties["Inherited"].Value);
        Assert.Equal(false, bound[^1].Properties["Inherited"].Value);
        Assert.Equal(MemberId, bound[^1].Properties["AttachedToId"].Value);
        Assert.Contains("FullAWSAccess", sandboxed.Engine.Show("Get-GuardrailPolicy -Target $args[0]", MemberId), StringComparison.Ordinal);
        sandboxed.Run("Get-GuardrailPolicy -Target no-such-place").Error("IdentityNotFound");
    }
}
