using System.Text.Json.Nodes;
using Xunit;

namespace Guardrails.Sandbox.Tests;

public sealed class OrganizationsAccountCreationTests
{
    [Fact]
    public void A_creation_is_in_progress_until_its_time_has_passed_then_the_account_is_in_the_root()
    {
        var bed = new OrganizationsTestBed();
        bed.State.Behavior = bed.State.Behavior with { CreationTime = TimeSpan.FromSeconds(90), ActivationTime = TimeSpan.FromSeconds(20), UsableTime = TimeSpan.FromSeconds(60) };
        var asked = bed.AskForAccount("shop");
        var request = (string)asked["Id"]!;
        Assert.Matches("^car-[a-z0-9]{8,32}$", request);
        Assert.Equal("IN_PROGRESS", (string)asked["State"]!);
        bed.Pass(TimeSpan.FromSeconds(89));
        Assert.Equal("IN_PROGRESS", (string)bed.Status(request)["State"]!);
        Assert.Single(bed.All("ListAccounts", "Accounts"));
        bed.Pass(TimeSpan.FromSeconds(1));
        var done = bed.Status(request);
        Assert.Equal("SUCCEEDED", (string)done["State"]!);
        var account = bed.Account((string)done["AccountId"]!);
        Assert.Equal("PENDING_ACTIVATION", (string)account["State"]!);
        Assert.Equal("CREATED", (string)account["JoinedMethod"]!);
        Assert.Equal($"{bed.State.Organization!.Id}/{bed.Root}/{(string)account["Id"]!}/", (string)account["Paths"]![0]!);
        bed.Pass(TimeSpan.FromSeconds(20));
        Assert.Equal("ACTIVE", (string)bed.Account((string)account["Id"]!)["State"]!);
        Assert.True(bed.State.TryFind<AccountEntity>((string)account["Id"]!, out var entity));
        Assert.True(entity.UsableAt > bed.Now, "It is usable some time after SUCCEEDED only.");
        Assert.Equal("OrganizationAccountAccessRole", entity.RoleName);
        Assert.Contains(entity.Policies, policy => policy.Id == "p-FullAWSAccess");
    }

    [Fact]
    public void Polling_AssumeRole_alone_comes_to_an_end()
    {
        var bed = new OrganizationsTestBed();
        bed.State.Behavior = bed.State.Behavior with { ActivationTime = TimeSpan.FromMinutes(10), UsableTime = TimeSpan.FromMinutes(20) };
        var account = bed.CreateAccount("shop");
        var input = new JsonObject { ["RoleArn"] = $"arn:aws:iam::{account}:role/OrganizationAccountAccessRole", ["RoleSessionName"] = "test" };
        JsonObject Assume() => StsOperations.All["AssumeRole"](new CallContext(bed.State, new Caller(bed.Caller, $"arn:aws:iam::{bed.Caller}:user/u", "AIDAU"), bed.Now, bed.Quotas), input);
        Assert.Equal("AccessDenied", Assert.Throws<AwsError>(Assume).Code);
        bed.Pass(TimeSpan.FromMinutes(20));
        Assert.NotNull(Assume()["Credentials"]);
    }

    [Fact]
    public void A_status_carries_no_email()
    {
        var bed = new OrganizationsTestBed();
        bed.CreateAccount("shop");
        var status = Assert.Single(bed.All("ListCreateAccountStatus", "CreateAccountStatuses"));
        Assert.DoesNotContain("example.com", status.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("shop", (string)status["AccountName"]!);
    }

    [Fact]
    public void EMAIL_ALREADY_EXISTS_in_this_organization_elsewhere_and_of_two_at_once()
    {
        var bed = new OrganizationsTestBed();
        bed.CreateAccount("shop", "shop@example.com");
        bed.State.EmailsElsewhere.Add("elsewhere@example.com");
        var requests = new[] { "SHOP@example.com", "elsewhere@example.com", "root@example.com", "twice@example.com", "twice@example.com" }
            .Select(email => (string)bed.AskForAccount("again", email)["Id"]!).ToList();
        bed.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(["EMAIL_ALREADY_EXISTS", "EMAIL_ALREADY_EXISTS", "EMAIL_ALREADY_EXISTS", null, "EMAIL_ALREADY_EXISTS"], requests.Select(request => (string?)bed.Status(request)["FailureReason"]));
        Assert.Null(bed.Status(requests[0])["AccountId"]);
    }

    [Theory]
    [InlineData("ümlaut@example.com")]
    [InlineData(".dot@example.com")]
    [InlineData("two@at@example.com")]
    [InlineData("per%cent@example.com")]
    [InlineData("semi;colon@example.com")]
    [InlineData("a@-example.com")]
    [InlineData("a@example.com.")]
    [InlineData("a@exa_mple.com")]
    [InlineData("a@examplecom")]
    public void INVALID_EMAIL_for_an_address_that_AWS_does_not_take(string email)
    {
        var bed = new OrganizationsTestBed();
        var request = (string)bed.AskForAccount("shop", email)["Id"]!;
        bed.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal("INVALID_EMAIL", (string?)bed.Status(request)["FailureReason"]);
    }

    [Theory]
    [InlineData("aws+shop.prod@example.com")]
    [InlineData("a@b.io")]
    [InlineData("shop-1_2/3=x@sub.example-company.co.uk")]
    public void Ordinary_addresses_are_taken(string email) => Assert.True(EmailAddress.IsValid(email));

    [Theory]
    [InlineData("ACCOUNT_LIMIT_EXCEEDED")]
    [InlineData("EMAIL_ALREADY_EXISTS")]
    [InlineData("INVALID_ADDRESS")]
    [InlineData("INVALID_EMAIL")]
    [InlineData("CONCURRENT_ACCOUNT_MODIFICATION")]
    [InlineData("INTERNAL_FAILURE")]
    [InlineData("GOVCLOUD_ACCOUNT_ALREADY_EXISTS")]
    [InlineData("MISSING_BUSINESS_VALIDATION")]
    [InlineData("FAILED_BUSINESS_VALIDATION")]
    [InlineData("PENDING_BUSINESS_VALIDATION")]
    [InlineData("INVALID_IDENTITY_FOR_BUSINESS_VALIDATION")]
    [InlineData("UNKNOWN_BUSINESS_VALIDATION")]
    [InlineData("MISSING_PAYMENT_INSTRUMENT")]
    [InlineData("INVALID_PAYMENT_INSTRUMENT")]
    [InlineData("UPDATE_EXISTING_RESOURCE_POLICY_WITH_TAGS_NOT_SUPPORTED")]
    public void Every_failure_reason_comes_on_demand_to_the_creation_it_was_planned_for_and_once(string reason)
    {
        var bed = new OrganizationsTestBed();
        bed.State.PlannedFailures.Add(new(reason, "second@example.com"));
        var first = (string)bed.AskForAccount("first")["Id"]!;
        var second = (string)bed.AskForAccount("second")["Id"]!;
        bed.State = OrganizationsTestBed.Read(bed.Bytes());
        bed.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal("SUCCEEDED", (string)bed.Status(first)["State"]!);
        Assert.Equal(("FAILED", reason), ((string)bed.Status(second)["State"]!, (string)bed.Status(second)["FailureReason"]!));
        bed.CreateAccount("second");
    }

    [Fact]
    public void A_failure_planned_for_nobody_in_particular_meets_the_next_creation()
    {
        var bed = new OrganizationsTestBed();
        bed.State.PlannedFailures.Add(new("INTERNAL_FAILURE", null));
        var request = (string)bed.AskForAccount("first")["Id"]!;
        bed.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal("INTERNAL_FAILURE", (string?)bed.Status(request)["FailureReason"]);
    }

    [Fact]
    public void ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED_with_five_in_progress()
    {
        var bed = new OrganizationsTestBed();
        for (var i = 0; i < 5; i++) bed.AskForAccount($"account{i}");
        Assert.Equal("ConstraintViolationException/ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED", bed.Refused("CreateAccount", """{"AccountName":"x","Email":"x@example.com"}"""));
        bed.Pass(TimeSpan.FromMinutes(1));
        bed.AskForAccount("x");
    }

    [Fact]
    public void ACCOUNT_NUMBER_LIMIT_EXCEEDED_with_ten_accounts_closed_ones_counted()
    {
        var bed = new OrganizationsTestBed();
        var accounts = Enumerable.Range(0, 9).Select(i => bed.CreateAccount($"account{i}")).ToList();
        const string next = """{"AccountName":"x","Email":"x@example.com"}""";
        Assert.Equal("ConstraintViolationException/ACCOUNT_NUMBER_LIMIT_EXCEEDED", bed.Refused("CreateAccount", next));
        bed.Call("CloseAccount", $$"""{"AccountId":"{{accounts[0]}}"}""");
        bed.Pass(TimeSpan.FromMinutes(1));
        bed.Call("ListRoots", "{}");
        Assert.Equal("ConstraintViolationException/ACCOUNT_NUMBER_LIMIT_EXCEEDED", bed.Refused("CreateAccount", next));
        bed.Pass(TimeSpan.FromDays(90));
        bed.AskForAccount("x");
    }

    [Fact]
    public void ACCOUNT_LIMIT_EXCEEDED_for_those_in_progress_that_no_longer_fit()
    {
        var bed = new OrganizationsTestBed();
        for (var i = 0; i < 8; i++) bed.CreateAccount($"account{i}");
        var (fits, tooMany) = ((string)bed.AskForAccount("fits")["Id"]!, (string)bed.AskForAccount("too-many")["Id"]!);
        bed.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal("SUCCEEDED", (string)bed.Status(fits)["State"]!);
        Assert.Equal("ACCOUNT_LIMIT_EXCEEDED", (string)bed.Status(tooMany)["FailureReason"]!);
    }

    [Fact]
    public void A_raised_account_quota_counts_instead()
    {
        var bed = new OrganizationsTestBed();
        bed.State.AccountQuota = 2;
        bed.CreateAccount("one");
        Assert.Equal("ConstraintViolationException/ACCOUNT_NUMBER_LIMIT_EXCEEDED", bed.Refused("CreateAccount", """{"AccountName":"x","Email":"x@example.com"}"""));
    }

    [Fact]
    public void FinalizingOrganizationException_until_the_organization_is_ready()
    {
        var bed = new OrganizationsTestBed();
        bed.State.Behavior = bed.State.Behavior with { FinalizingTime = TimeSpan.FromMinutes(30) };
        Assert.Equal("FinalizingOrganizationException", bed.Refused("CreateAccount", """{"AccountName":"x","Email":"x@example.com"}"""));
        bed.Pass(TimeSpan.FromMinutes(30));
        bed.AskForAccount("x");
    }

    [Fact]
    public void One_bad_tag_fails_the_whole_request()
    {
        var bed = new OrganizationsTestBed();
        Assert.Equal("InvalidInputException/INVALID_SYSTEM_TAGS_PARAMETER", bed.Refused("CreateAccount", WithTags(("owner", "me"), ("aws:owner", "me"))));
        Assert.Equal("InvalidInputException/DUPLICATE_TAG_KEY", bed.Refused("CreateAccount", WithTags(("owner", "me"), ("owner", "you"))));
        Assert.Equal("ConstraintViolationException/MAX_TAG_LIMIT_EXCEEDED", bed.Refused("CreateAccount", WithTags([.. Enumerable.Range(0, 51).Select(i => ($"key{i}", ""))])));
        var request = (string)bed.Call("CreateAccount", WithTags([.. Enumerable.Range(0, 50).Select(i => ($"key{i}", ""))]))["CreateAccountStatus"]!["Id"]!;
        bed.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(50, bed.All("ListTagsForResource", "Tags", new() { ["ResourceId"] = (string)bed.Status(request)["AccountId"]! }).Count);
    }

    [Fact]
    public void Creations_survive_in_the_state_file()
    {
        var bed = new OrganizationsTestBed();
        var request = (string)bed.AskForAccount("shop")["Id"]!;
        var copy = new OrganizationsTestBed { State = OrganizationsTestBed.Read(bed.Bytes()), Now = bed.Now };
        bed.Pass(TimeSpan.FromMinutes(1));
        copy.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal((string)bed.Status(request)["AccountId"]!, (string)copy.Status(request)["AccountId"]!);
    }

    [Fact]
    public void There_is_no_idempotency_a_repeated_request_fails_although_the_account_is_ours()
    {
        var bed = new OrganizationsTestBed();
        bed.CreateAccount("shop");
        var repeated = (string)bed.AskForAccount("shop")["Id"]!;
        bed.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal("EMAIL_ALREADY_EXISTS", (string)bed.Status(repeated)["FailureReason"]!);
        Assert.Equal(2, bed.All("ListAccounts", "Accounts").Count);
    }

    private static JsonObject WithTags(params (string Key, string Value)[] tags) => new()
    {
        ["AccountName"] = "tagged",
        ["Email"] = "tagged@example.com",
        ["Tags"] = new JsonArray([.. tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]),
    };
}
