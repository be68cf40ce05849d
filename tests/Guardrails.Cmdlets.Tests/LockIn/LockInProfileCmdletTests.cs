using System.Management.Automation;
using System.Xml.Linq;

namespace Guardrails.Cmdlets.Tests;

public sealed class LockInProfileCmdletTests(Engine engine) : IClassFixture<Engine>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_type_gives_a_profile_for_each_target_without_a_connection()
    {
        var profiles = engine.Run("Get-GuardrailLockInProfile AWS::SQS::Queue").ThrowOnError().Output;
        Assert.Equal(["OpenSource", "Azure", "GoogleCloud", "OtherAwsService"], profiles.Select(one => one.Properties["Target"].Value.ToString()));
        Assert.All(profiles, one => Assert.Equal("messaging", one.Properties["Family"].Value));
        Assert.Equal("RabbitMQ", engine.Run("(Get-GuardrailLockInProfile aws::sqs::queue -Target OpenSource).Alternatives[0].Name").Single.BaseObject);
    }

    [Fact]
    public void Wildcards_variants_and_targets_choose()
    {
        Assert.Equal(["AWS::SNS::Subscription", "AWS::SNS::Topic"], engine.Run("Get-GuardrailLockInProfile AWS::SNS::* -Target Azure").Texts("Type"));
        Assert.Equal(["", "Image", "Zip"], engine.Run("Get-GuardrailLockInProfile AWS::Lambda::Function -Target Azure").Texts("Variant"));
        Assert.Equal(["OciImage (B)"], engine.Run("Get-GuardrailLockInProfile AWS::Lambda::Function -Target Azure -Variant image").Texts("Artefact"));
        Assert.Equal(["FunctionPackage (B)"], engine.Run("Get-GuardrailLockInProfile AWS::Lambda::Function -Target Azure -Variant Zip").Texts("Artefact"));
        Assert.Equal(4, engine.Run("Get-GuardrailLockInProfile AWS::RDS::DBInstance -Target Azure -Variant sqlserver-*").ThrowOnError().Output.Count);
        Assert.True(engine.Run("Get-GuardrailLockInProfile").ThrowOnError().Output.Count > 500);
    }

    [Fact]
    public void A_type_without_a_profile_has_its_familys_and_what_only_joins_has_no_levels()
    {
        var family = engine.Run("Get-GuardrailLockInProfile AWS::Lambda::CodeSigningConfig -Target Azure").Single;
        Assert.Equal(true, family.Properties["IsFamilyProfile"].Value);
        var glue = engine.Run("Get-GuardrailLockInProfile AWS::S3::BucketPolicy -Target Azure").Single;
        Assert.Equal(true, glue.Properties["IsGlue"].Value);
        Assert.Null(glue.Properties["Api"].Value);
        Assert.Equal(["AWS::S3::Bucket"], engine.Run("Get-GuardrailLockInProfile aws_s3_bucket -Target Azure").Texts("Type"));
    }

    [Fact]
    public void A_type_that_nothing_is_known_of_is_an_error_that_suggests_and_the_others_are_returned()
    {
        var result = engine.Run("Get-GuardrailLockInProfile AWS::SQX::Queue, AWS::SNS::Topic, Nobody::* -Target Azure");
        Assert.Contains("'AWS::SQX::Queue'. 'AWS::SQS::Queue' may be meant.", result.Error("UnknownLockInType").ToString(), StringComparison.Ordinal);
        Assert.Equal(["AWS::SNS::Topic"], result.Output.Select(one => one.Properties["Type"].Value.ToString()));
    }

    [Fact]
    public void Types_and_variants_come_from_the_pipeline_by_name_and_an_empty_pipeline_asks_for_nothing()
    {
        Assert.Equal(["SameEngine (B)", "EquivalentOtherApi (B)"], engine.Run(
            "& { [pscustomobject]@{ Type = 'AWS::RDS::DBInstance'; Variant = 'mysql' }; [pscustomobject]@{ Type = 'AWS::SQS::Queue'; Variant = $null } } | Get-GuardrailLockInProfile -Target Azure").Texts("Api"));
        Assert.Empty(engine.Run("@() | Get-GuardrailLockInProfile").ThrowOnError().Output);
    }

    [Fact]
    public void The_summary_counts_the_grades()
    {
        var summary = engine.Run("Get-GuardrailLockInProfile -Summary").ThrowOnError().Output;
        Assert.Equal(4, summary.Count);
        Assert.All(summary, one =>
        {
            var counts = new[] { "A", "B", "C" }.Sum(grade => (int)one.Properties[grade].Value);
            Assert.Equal(one.Properties["Values"].Value, counts);
            Assert.True((int)one.Properties["Types"].Value >= 130);
        });
        var azure = engine.Run("Get-GuardrailLockInProfile AWS::SQS::Queue -Summary -Target Azure").Single;
        Assert.Equal((1, 1, 0), ((int)azure.Properties["Types"].Value, (int)azure.Properties["B"].Value, (int)azure.Properties["C"].Value));
    }

    [Fact]
    public void A_file_of_ones_own_goes_before_the_module()
    {
        File.WriteAllText(_folder["own.yaml"], "asOf: 2026-11-25\nprofiles: { AWS::SQS::Queue: { azure: { api: { is: none, grade: A, source: 'https://wiki.example/trial' } } } }\n");
        Assert.Equal(["None (A)"], engine.Run("Get-GuardrailLockInProfile AWS::SQS::Queue -Target Azure -ProfilePath $args[0]", _folder["own.yaml"]).Texts("Api"));
        Assert.Equal(["EquivalentOtherApi (B)"], engine.Run("Get-GuardrailLockInProfile AWS::SQS::Queue -Target Azure").Texts("Api"));
    }

    [Fact]
    public void Mistakes_in_it_are_told_with_line_and_column()
    {
        File.WriteAllText(_folder["bad.yaml"], "asOf: 2026-11-25\nprofiles:\n  AWS::SQS::Queue:\n    azure:\n      api: { is: redesing, grade: C, source: x }\n");
        var error = engine.Run("Get-GuardrailLockInProfile -ProfilePath $args[0]", _folder["bad.yaml"]).Error("LockInDataUnreadable");
        Assert.Contains("bad.yaml(5,18): 'is' is 'redesing'", error.ToString(), StringComparison.Ordinal);
        engine.Run("Get-GuardrailLockInProfile -ProfilePath $args[0]", _folder["none.yaml"]).Error("FileNotFound");
    }

    [Fact]
    public void It_is_shown_as_a_table_and_with_its_evidence_as_a_list()
    {
        var table = engine.Show("Get-GuardrailLockInProfile AWS::SQS::Queue, AWS::SQS::QueuePolicy, AWS::Lambda::CodeSigningConfig -Target Azure");
        Assert.Matches(@"AWS::SQS::Queue\s+Azure\s+EquivalentOtherApi \(B\)\s+Azure Service Bus, Azure Queue", table);
        Assert.Matches(@"AWS::SQS::QueuePolicy\s+Azure\s+couplings only", table);
        Assert.Matches(@"AWS::Lambda::CodeSigningConfig\s+Azure\s+EquivalentOtherApi \(C\)\s+FunctionPackage \(C\)\s+by its family, functions", table);
        // The bare engine has no Format-List: what the list's items show is run as it stands in the view.
        var items = XDocument.Load(Path.Combine(Repository.Root, "module", "Guardrails.Format.ps1xml")).Descendants("View")
            .Single(view => view.Element("Name")!.Value == "Guardrails.LockInProfile" && view.Element("ListControl") is not null).Descendants("ListItem").Elements("ScriptBlock").Select(script => script.Value);
        var list = string.Join("\n", items.SelectMany(script => engine.Run("Get-GuardrailLockInProfile AWS::S3::Bucket -Target OpenSource | & { process {" + script + "} }").ThrowOnError().Output));
        Assert.Contains("B, 2026-11-25: Ceph Object Gateway S3 API", list, StringComparison.Ordinal);
        Assert.Contains("MinIO (community repository) (AGPL-3.0-only), not maintained, as of 2026-11-25", list, StringComparison.Ordinal);
        Assert.Contains("Documented (B)", engine.Show("Get-GuardrailLockInProfile -Summary"), StringComparison.Ordinal);
    }

    [Fact]
    public void Types_and_variants_are_completed()
    {
        Assert.Contains("AWS::SQS::Queue", Completions("Get-GuardrailLockInProfile sqs"));
        Assert.Equal(["Image"], Completions("Get-GuardrailLockInProfile AWS::Lambda::Function -Variant I"));
        Assert.Equal(["GoogleCloud"], Completions("Get-GuardrailLockInProfile AWS::Lambda::Function -Target G"));
    }

    private List<string> Completions(string line)
    {
        using var shell = PowerShell.Create(engine.Runspace);
        return [.. CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches.Select(match => match.CompletionText)];
    }
}
