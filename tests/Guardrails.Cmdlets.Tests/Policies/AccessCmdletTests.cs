namespace Guardrails.Cmdlets.Tests;

public sealed class AccessCmdletTests(SandboxedEngine sandboxed) : IClassFixture<SandboxedEngine>
{
    private const string DenyRegions =
        """{"Version":"2012-10-17","Statement":[{"Sid":"Region","Effect":"Deny","NotAction":"iam:*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1"]}}}]}""";

    private string MemberId => sandboxed.Run("foreach ($one in Get-GuardrailAccount) { if (-not $one.IsManagementAccount) { $one.Id; break } }").Single.BaseObject.ToString()!;

    private string Draft(string name, string content)
    {
        File.WriteAllText(sandboxed.Folder[name], content);
        return sandboxed.Folder[name];
    }

    [Fact]
    public void The_chain_of_an_account_is_told_level_by_level()
    {
        var levels = sandboxed.Run("Get-GuardrailEffectivePolicy $args[0] -PolicyType SCP", MemberId).ThrowOnError().Output;
        Assert.Equal(0, levels[0].Properties["Depth"].Value);
        Assert.Equal("/", levels[0].Properties["Level"].Value.ToString());
        Assert.Contains(levels, level => level.Properties["Policy"].Value?.ToString() == "FullAWSAccess");
        Assert.Contains("FullAWSAccess", sandboxed.Engine.Show("Get-GuardrailEffectivePolicy $args[0]", MemberId), StringComparison.Ordinal);
        sandboxed.Run("Get-GuardrailEffectivePolicy no-such-account").Error("IdentityNotFound");
    }

    [Fact]
    public void Of_other_types_AWS_is_asked_and_one_that_does_not_exist_is_refused()
    {
        Assert.Empty(sandboxed.Run("Get-GuardrailEffectivePolicy $args[0] -PolicyType tag", MemberId).ThrowOnError().Output);
        sandboxed.Run("Get-GuardrailEffectivePolicy $args[0] -PolicyType NO_SUCH_POLICY", MemberId).Error("RefusedInput");
    }

    [Fact]
    public void A_draft_at_the_root_denies_and_says_why()
    {
        var draft = Draft("deny-regions.json", DenyRegions);
        const string script = "Test-GuardrailAccess ec2:RunInstances -Account $args[0] -Context @{ 'aws:RequestedRegion' = $args[2] } -Policy $args[1] -Target / -Explain";
        var denied = sandboxed.Run(script, MemberId, draft, "us-east-1").Single;
        Assert.Equal("Denied", denied.Properties["Outcome"].Value.ToString());
        Assert.Equal("Denied by deny-regions, Region, attached to /.", denied.Properties["Reason"].Value);
        Assert.NotEqual("deny-regions", sandboxed.Run(script, MemberId, draft, "eu-west-1").Single.Properties["Reason"].Value);
        Assert.Contains("deny-regions", sandboxed.Engine.Show(script, MemberId, draft, "us-east-1"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_said_is_missing_and_null_is_absent()
    {
        var draft = Draft("deny-regions.json", DenyRegions);
        var open = sandboxed.Run("Test-GuardrailAccess sns:Publish -Account $args[0] -Resource * -Policy $args[1] -Target $args[0] -Explain", MemberId, draft).Single;
        Assert.Equal("Indeterminate", open.Properties["Outcome"].Value.ToString());
        Assert.Contains("aws:RequestedRegion", (IEnumerable<string>)open.Properties["MissingKeys"].Value);
        var absent = sandboxed.Run("Test-GuardrailAccess sns:Publish -Account $args[0] -Context @{ 'aws:RequestedRegion' = $null } -Policy $args[1] -Target $args[0]", MemberId, draft).Single;
        Assert.Equal("Denied", absent.Properties["Outcome"].Value.ToString());
        Assert.Null(absent.Properties["Explanation"].Value);
    }

    [Fact]
    public void Records_come_from_files_and_from_the_pipeline()
    {
        var trail = Draft("trail.json", $$"""
            {"Records":[
             {"eventID":"1","eventSource":"ec2.amazonaws.com","eventName":"RunInstances","eventType":"AwsApiCall","eventTime":"2026-01-01T00:00:00Z","awsRegion":"us-east-1","sourceIPAddress":"192.0.2.1",
              "userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::{{MemberId}}:user/me","accountId":"{{MemberId}}","userName":"me"} },
             {"eventID":"2","eventSource":"ec2.amazonaws.com","eventName":"RunInstances","eventType":"AwsApiCall","errorCode":"UnauthorizedOperation"},
             {"eventID":"3","eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin","eventType":"AwsConsoleSignIn"}]}
            """);
        var draft = Draft("deny-regions.json", DenyRegions);
        var decision = sandboxed.Run("Test-GuardrailAccess -CloudTrailPath $args[0] -Policy $args[1] -Target /", trail, draft).Single;
        Assert.Equal("Denied", decision.Properties["Outcome"].Value.ToString());
        var same = sandboxed.Run(
            """
            [pscustomobject]@{
                eventSource = 'ec2.amazonaws.com'; eventName = 'RunInstances'; eventType = 'AwsApiCall'; eventTime = [datetime]::UtcNow; awsRegion = 'us-east-1'
                userIdentity = [pscustomobject]@{ type = 'IAMUser'; arn = "arn:aws:iam::$($args[0]):user/me"; accountId = $args[0]; userName = 'me' }
                resources = @([pscustomobject]@{ ARN = "arn:aws:ec2:us-east-1:$($args[0]):instance/i-1" })
            } | Test-GuardrailAccess -Policy $args[1] -Target / -Explain
            """,
            MemberId, draft).Single;
        Assert.Equal("Denied", same.Properties["Outcome"].Value.ToString());
        Assert.Single(sandboxed.Run("Test-GuardrailAccess -CloudTrailPath ($args[0] + '*') -Policy $args[1] -Target / | Test-GuardrailAccess", trail, draft).ThrowOnError().Output);
        sandboxed.Run("[pscustomobject]@{ a = 1 } | Test-GuardrailAccess").Error("NotACloudTrailRecord");
        sandboxed.Run("Test-GuardrailAccess -CloudTrailPath $args[0]", Draft("no-trail.json", "{ no")).Error("NotACloudTrailRecord");
    }

    [Fact]
    public void Wrong_input_is_told_one_by_one()
    {
        sandboxed.Run("Test-GuardrailAccess s3:Get* -Account $args[0]", MemberId).Error("InvalidRequest");
        sandboxed.Run("Test-GuardrailAccess s3:GetObject -Account no-such-account").Error("IdentityNotFound");
        sandboxed.Run("Test-GuardrailAccess s3:GetObject -Account $args[0] -Policy $args[1]", MemberId, Draft("nobody.json", DenyRegions)).Error("DraftWithoutTarget");
        var error = sandboxed.Run("Test-GuardrailAccess s3:GetObject -Account $args[0] -Policy $args[1] -Target /", MemberId, Draft("broken.json", "{\n\"Version\": oops }")).Error("PolicyNotEvaluable");
        Assert.Contains("line 2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_differ_with_a_witness_and_as_text()
    {
        var before = Draft("before.json", DenyRegions);
        var after = Draft("after.json", DenyRegions.Replace("eu-west-1", "eu-central-1", StringComparison.Ordinal));
        var differences = sandboxed.Run("Compare-GuardrailPolicy $args[0] $args[1]", before, after).ThrowOnError().Output;
        Assert.Equal(["NewlyAllowed", "NewlyDenied"], differences.Select(one => one.Properties["Change"].Value.ToString()).Order());
        Assert.Empty(sandboxed.Run("Compare-GuardrailPolicy $args[0] $args[0]", before).ThrowOnError().Output);
        Assert.Contains("aws:RequestedRegion = eu-west-1", sandboxed.Engine.Show("Compare-GuardrailPolicy $args[0] $args[1]", before, after), StringComparison.Ordinal);
        var lines = sandboxed.Run("Compare-GuardrailPolicy $args[0] $args[1] -Text", before, after).ThrowOnError().Output.Select(line => line.ToString().Trim()).ToList();
        Assert.Contains(lines, line => line.StartsWith('-') && line.EndsWith("\"eu-west-1\"", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith('+') && line.EndsWith("\"eu-central-1\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_policy_of_the_organization_is_compared_by_its_name()
    {
        var difference = sandboxed.Run("Compare-GuardrailPolicy -Policy FullAWSAccess -DifferencePath $args[0]", Draft("narrow.json",
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":"sns:*","Resource":"*"}]}""")).Single;
        Assert.Equal("NewlyDenied", difference.Properties["Change"].Value.ToString());
        sandboxed.Run("Compare-GuardrailPolicy -Policy no-such-policy -DifferencePath $args[0]", sandboxed.Folder["narrow.json"]).Error("IdentityNotFound");
    }
}
