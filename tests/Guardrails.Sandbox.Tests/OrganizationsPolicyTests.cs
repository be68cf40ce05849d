using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Guardrails.Sandbox.Tests;

public sealed class OrganizationsPolicyTests
{
    private const string Scp = "SERVICE_CONTROL_POLICY";
    private const string Rcp = "RESOURCE_CONTROL_POLICY";

    [Fact]
    public void A_policy_is_stored_as_it_was_sent()
    {
        var bed = new OrganizationsTestBed();
        const string content = "{ \"Version\": \"2012-10-17\",\n  \"Statement\": { \"Effect\": \"Deny\", \"Action\": \"s3:*\", \"Resource\": \"*\" } }";
        var id = bed.CreatePolicy("deny-s3", content: content);
        Assert.Matches("^p-[0-9a-z_]{8,128}$", id);
        var policy = bed.Call("DescribePolicy", $$"""{"PolicyId":"{{id}}"}""")["Policy"]!;
        Assert.Equal(content, (string)policy["Content"]!);
        Assert.Matches(@"^arn:aws:organizations::\d{12}:policy\/o-[a-z0-9]{10,32}\/service_control_policy\/p-[0-9a-z]{10,32}$", (string)policy["PolicySummary"]!["Arn"]!);
        Assert.False((bool)policy["PolicySummary"]!["AwsManaged"]!);
    }

    [Theory]
    [InlineData(Scp, 10240)]
    [InlineData(Rcp, 5120)]
    [InlineData("TAG_POLICY", 10000)]
    [InlineData("BACKUP_POLICY", 10000)]
    [InlineData("AISERVICES_OPT_OUT_POLICY", 2500)]
    [InlineData("CHATBOT_POLICY", 10000)]
    [InlineData("DECLARATIVE_POLICY_EC2", 10000)]
    [InlineData("SECURITYHUB_POLICY", 10000)]
    public void POLICY_CONTENT_LIMIT_EXCEEDED_counts_characters_with_white_space(string type, int limit)
    {
        var bed = new OrganizationsTestBed();
        var smallest = Smallest(type);
        var fits = smallest.Insert(smallest.Length - 1, new string(' ', limit - smallest.Length));
        bed.CreatePolicy("fits", type, fits);
        Assert.Equal("ConstraintViolationException/POLICY_CONTENT_LIMIT_EXCEEDED", bed.Refused("CreatePolicy", OrganizationsTestBed.PolicyInput("too-long", type, fits + " ")));
        var id = bed.CreatePolicy("short", type, smallest);
        Assert.Equal("ConstraintViolationException/POLICY_CONTENT_LIMIT_EXCEEDED", bed.Refused("UpdatePolicy", new JsonObject { ["PolicyId"] = id, ["Content"] = fits + " " }));
    }

    [Fact]
    public void The_limit_is_of_characters_not_of_bytes()
    {
        var bed = new OrganizationsTestBed("""{"policyTypes":{"TAG_POLICY":{"characters":80}}}""");
        var content = """{"tags":{"k":{"tag_value":{"@@assign":["*"]}}}}""".Replace("*", new string('ü', 30), StringComparison.Ordinal);
        Assert.True(content.Length <= 80 && Encoding.UTF8.GetByteCount(content) > 80);
        bed.CreatePolicy("umlauts", "TAG_POLICY", content);
    }

    [Theory]
    [InlineData(Scp, 10000)]
    [InlineData(Rcp, 1000)]
    [InlineData("TAG_POLICY", 1000)]
    public void POLICY_NUMBER_LIMIT_EXCEEDED_by_type(string type, int limit)
    {
        var bed = new OrganizationsTestBed();
        for (var i = 0; i < limit; i++) bed.CreatePolicy($"policy{i}", type, Smallest(type));
        Assert.Equal("ConstraintViolationException/POLICY_NUMBER_LIMIT_EXCEEDED", bed.Refused("CreatePolicy", OrganizationsTestBed.PolicyInput("last", type, Smallest(type))));
        bed.CreatePolicy("other-type", "BACKUP_POLICY", Smallest("BACKUP_POLICY"));
    }

    [Fact]
    public void A_name_is_taken_once_in_a_type()
    {
        var bed = new OrganizationsTestBed();
        bed.CreatePolicy("guardrail");
        var other = bed.CreatePolicy("other");
        Assert.Equal("DuplicatePolicyException", bed.Refused("CreatePolicy", OrganizationsTestBed.PolicyInput("guardrail")));
        Assert.Equal("DuplicatePolicyException", bed.Refused("CreatePolicy", OrganizationsTestBed.PolicyInput("FullAWSAccess")));
        Assert.Equal("DuplicatePolicyException", bed.Refused("UpdatePolicy", $$"""{"PolicyId":"{{other}}","Name":"guardrail"}"""));
        bed.CreatePolicy("guardrail", "TAG_POLICY", Smallest("TAG_POLICY"));
        bed.Call("UpdatePolicy", $$"""{"PolicyId":"{{other}}","Name":"renamed","Description":"d"}""");
        bed.CreatePolicy("other");
    }

    [Theory]
    [InlineData("p-FullAWSAccess")]
    [InlineData("p-RCPFullAWSAccess")]
    public void IMMUTABLE_POLICY_for_what_AWS_owns(string id)
    {
        var bed = new OrganizationsTestBed();
        Assert.Equal("InvalidInputException/IMMUTABLE_POLICY", bed.Refused("UpdatePolicy", $$"""{"PolicyId":"{{id}}","Name":"mine"}"""));
        Assert.Equal("InvalidInputException/IMMUTABLE_POLICY", bed.Refused("DeletePolicy", $$"""{"PolicyId":"{{id}}"}"""));
    }

    [Fact]
    public void A_policy_in_use_is_not_deleted()
    {
        var bed = new OrganizationsTestBed();
        var id = bed.CreatePolicy("guardrail");
        bed.Attach(id, bed.Root);
        Assert.Equal("PolicyInUseException", bed.Refused("DeletePolicy", $$"""{"PolicyId":"{{id}}"}"""));
        bed.Call("DetachPolicy", OrganizationsTestBed.Attachment(id, bed.Root));
        bed.Call("DeletePolicy", $$"""{"PolicyId":"{{id}}"}""");
        Assert.Equal("PolicyNotFoundException", bed.Refused("DescribePolicy", $$"""{"PolicyId":"{{id}}"}"""));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Version":"2012-10-17"}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":[]}""")]
    [InlineData("""{"Version":"2024-01-01","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"deny","Action":"*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Action":"*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":[],"Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","NotAction":"ec2:*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"ListBuckets","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"bucket"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","NotPrincipal":"*","Action":"*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Actions":"*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEqual":{"a:b":"c"}}}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEquals":"c"}}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Sid":"with space","Effect":"Deny","Action":"*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"},"Extra":1}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Deny","Action":"a:*","Resource":"*"},{"Sid":"A","Effect":"Deny","Action":"b:*","Resource":"*"}]}""")]
    public void A_malformed_service_control_policy_is_refused(string content)
    {
        var bed = new OrganizationsTestBed();
        Assert.Equal("MalformedPolicyDocumentException", bed.Refused("CreatePolicy", OrganizationsTestBed.PolicyInput("x", Scp, content)));
        var id = bed.CreatePolicy("good");
        Assert.Equal("MalformedPolicyDocumentException", bed.Refused("UpdatePolicy", new JsonObject { ["PolicyId"] = id, ["Content"] = content }));
    }

    [Theory]
    [InlineData("""{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":"iam:*","NotResource":"arn:aws:s3:::x","Condition":{"ForAllValues:StringLikeIfExists":{"aws:TagKeys":["a","b"]},"Null":{"aws:x":true}}}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":["s3:*Bucket*","ec2:Run*"],"Resource":["arn:aws:s3:::*","*"]}]}""")]
    public void The_full_language_is_allowed_in_service_control_policies(string content) => Assert.Null(PolicyDocument.Problem(Scp, content));

    [Theory]
    [InlineData("""{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2008-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","NotPrincipal":"*","Action":"s3:*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","NotAction":"s3:*","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}}""")]
    public void A_malformed_resource_control_policy_is_refused(string content) =>
        Assert.Equal("MalformedPolicyDocumentException", new OrganizationsTestBed().Refused("CreatePolicy", OrganizationsTestBed.PolicyInput("x", Rcp, content)));

    [Theory]
    [InlineData("TAG_POLICY", "{}")]
    [InlineData("TAG_POLICY", """{"tag":{}}""")]
    [InlineData("TAG_POLICY", """{"tags":{"k":{"tag_key":"K"}}}""")]
    [InlineData("TAG_POLICY", """{"tags":{"k":{"tag_key":{"@@set":"K"}}}}""")]
    [InlineData("TAG_POLICY", """{"tags":{"k":{"tag_value":{"@@append":"one"}}}}""")]
    [InlineData("TAG_POLICY", """{"tags":{"k":{"tag_value":{"@@assign":["a"],"more":{}}}}}""")]
    [InlineData("TAG_POLICY", """{"tags":{"k":{"@@operators_allowed_for_child_policies":["@@some"]}}}""")]
    [InlineData("BACKUP_POLICY", """{"tags":{}}""")]
    [InlineData("BACKUP_POLICY", "x")]
    public void A_malformed_management_policy_is_refused(string type, string content) =>
        Assert.Equal("MalformedPolicyDocumentException", new OrganizationsTestBed().Refused("CreatePolicy", OrganizationsTestBed.PolicyInput("x", type, content)));

    /// <summary>Public sample policies; beside the fixtures above, where the shared data are present.</summary>
    [Theory]
    [InlineData("scp", Scp)]
    [InlineData("rcp", Rcp)]
    public void Published_sample_policies_are_taken(string folder, string type)
    {
        if (SharedData(folder) is not { } path) return;
        var files = Directory.GetFiles(path);
        Assert.True(files.Length > 20);
        var problems = files.Select(file => (Name: Path.GetFileName(file), Problem: PolicyDocument.Problem(type, File.ReadAllText(file))))
            .Where(policy => policy.Problem is not null).ToList();
        // One of each folder is malformed by a slip of its author.
        Assert.True(problems.Count == 1, string.Join('\n', problems));
    }

    [Fact]
    public void Policies_are_listed_by_type_with_those_of_AWS()
    {
        var bed = new OrganizationsTestBed();
        bed.CreatePolicy("mine");
        Assert.Equal(["FullAWSAccess", "mine"], bed.All("ListPolicies", "Policies", new() { ["Filter"] = Scp }).Select(policy => (string)policy["Name"]!));
        Assert.Equal(["RCPFullAWSAccess"], bed.All("ListPolicies", "Policies", new() { ["Filter"] = Rcp }).Select(policy => (string)policy["Name"]!));
        Assert.Empty(bed.All("ListPolicies", "Policies", new() { ["Filter"] = "TAG_POLICY" }));
    }

    /// <summary>The folder of shared test data, beside this repository or above it; null where there is none.</summary>
    private static string? SharedData(string folder)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, "shared", "data", "policies", folder);
            if (Directory.Exists(path)) return path;
        }
        return null;
    }

    internal static string Smallest(string type) => type switch
    {
        Scp => OrganizationsTestBed.DenyLeave,
        Rcp => """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}}""",
        _ => ManagementPolicy.Empty(type),
    };
}
