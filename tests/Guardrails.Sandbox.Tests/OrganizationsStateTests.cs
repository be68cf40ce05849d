using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Guardrails.Sandbox.Tests;

public sealed class OrganizationsStateTests
{
    [Fact]
    public void Everything_in_the_state_survives_writing_and_reading()
    {
        var bed = Full();
        var bytes = bed.Bytes();
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(OrganizationsTestBed.Bytes(OrganizationsTestBed.Read(bytes))));
        var text = Encoding.UTF8.GetString(bytes);
        foreach (var part in (string[])["elsewhere@example.com", "INTERNAL_FAILURE", "IN_PROGRESS", "closureDoneAt", "delegations\":[{", "serviceAccess\":[{", "tags\":{", "accountQuota"])
            Assert.Contains(part, text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_read_goes_on_as_what_was_written_would_have()
    {
        var (bed, copy) = (Full(), Full());
        copy.State = OrganizationsTestBed.Read(bed.Bytes());
        foreach (var one in (OrganizationsTestBed[])[bed, copy])
        {
            one.Pass(TimeSpan.FromMinutes(5));
            one.CreateUnit(one.Root, "Later");
            one.CreateAccount("later");
            one.CreatePolicy("later");
        }
        Assert.Equal(Encoding.UTF8.GetString(bed.Bytes()), Encoding.UTF8.GetString(copy.Bytes()));
    }

    [Fact]
    public void Without_an_organization_the_state_survives_too()
    {
        var bytes = new OrganizationsTestBed(founded: false).Bytes();
        var state = OrganizationsTestBed.Read(bytes);
        Assert.Null(state.Organization);
        Assert.Equal(bytes, OrganizationsTestBed.Bytes(state));
    }

    [Fact]
    public void The_same_calls_give_the_same_ids_and_another_seed_gives_others()
    {
        Assert.Equal(Full().Bytes(), Full().Bytes());
        Assert.NotEqual(new OrganizationsTestBed(seed: 1).State.Organization!.Id, new OrganizationsTestBed(seed: 2).State.Organization!.Id);
    }

    [Theory]
    [InlineData("organizationalUnits", 0, "parent")]
    [InlineData("accounts", 1, "parent")]
    [InlineData("accounts", 1, "email")]
    [InlineData("policies", 2, "content")]
    [InlineData("delegations", 0, "id")]
    public void A_state_that_contradicts_itself_is_a_clear_error(string list, int index, string member)
    {
        var json = JsonNode.Parse(Full().Bytes())!;
        json["organization"]![list]![index]![member] = null;
        var error = Assert.Throws<FormatException>(() => OrganizationState.Read(JsonDocument.Parse(json.ToJsonString()).RootElement));
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"seed":"x","counter":1,"managementAccount":{"id":"1","email":"e","name":"n"}}""")]
    public void What_is_no_state_is_a_clear_error(string text) =>
        Assert.Throws<FormatException>(() => OrganizationState.Read(JsonDocument.Parse(text).RootElement));

    [Fact]
    public void Two_of_one_id_are_a_clear_error()
    {
        var json = JsonNode.Parse(Full().Bytes())!;
        json["organization"]!["accounts"]![1]!["id"] = OrganizationsTestBed.Management;
        Assert.Throws<FormatException>(() => OrganizationState.Read(JsonDocument.Parse(json.ToJsonString()).RootElement));
    }

    [Theory]
    [InlineData("""{"organizations":{"accounts":{"value":-1}}}""")]
    [InlineData("""{"organizations":{"accounts":{"value":"ten"}}}""")]
    [InlineData("""{"organizations":{"acounts":{"value":1}}}""")]
    [InlineData("""{"policyTypes":{"SCP":{"characters":1}}}""")]
    [InlineData("""{"policyTypes":{"TAG_POLICY":{"characters":null}}}""")]
    [InlineData("""{"organizations":[]}""")]
    [InlineData("[]")]
    public void A_quota_file_that_makes_no_sense_is_a_clear_error(string text) =>
        Assert.Throws<FormatException>(() => SandboxQuotas.Create(JsonDocument.Parse(text).RootElement));

    [Fact]
    public void A_quota_file_overrides_single_values()
    {
        var quotas = SandboxQuotas.Create(JsonDocument.Parse("""{"asOf":"2027-01-01","organizations":{"source":"me","accounts":{"value":77}},"policyTypes":{"TAG_POLICY":{"characters":5}}}""").RootElement);
        Assert.Equal((77, 2000), (quotas.Accounts, quotas.OrganizationalUnits));
        Assert.Equal(new PolicyTypeQuota(5, 10, 0, 1000), quotas.PolicyType("TAG_POLICY"));
        Assert.Equal(10, SandboxQuotas.Default.Accounts);
        Assert.Equal(13, quotas.PolicyTypes.Count());
    }

    private static OrganizationsTestBed Full()
    {
        var bed = new OrganizationsTestBed();
        bed.State.AccountQuota = 100;
        bed.State.EmailsElsewhere.Add("elsewhere@example.com");
        bed.State.Behavior = bed.State.Behavior with { LegacyStatus = true, ClosureTime = TimeSpan.FromHours(1) };
        var (outer, account, closing) = (bed.CreateUnit(bed.Root, "Outer \"ü\""), bed.CreateAccount("shop"), bed.CreateAccount("closing"));
        var inner = bed.CreateUnit(outer, "Inner");
        bed.Call("MoveAccount", $$"""{"AccountId":"{{account}}","SourceParentId":"{{bed.Root}}","DestinationParentId":"{{inner}}"}""");
        bed.Call("TagResource", $$"""{"ResourceId":"{{account}}","Tags":[{"Key":"b","Value":"1"},{"Key":"a","Value":""}]}""");
        bed.Call("TagResource", $$"""{"ResourceId":"{{bed.Root}}","Tags":[{"Key":"r","Value":"1"}]}""");
        bed.Call("CloseAccount", $$"""{"AccountId":"{{closing}}"}""");
        bed.Attach(bed.CreatePolicy("guardrail"), inner);
        bed.Call("EnableAWSServiceAccess", """{"ServicePrincipal":"config.amazonaws.com"}""");
        bed.Call("RegisterDelegatedAdministrator", $$"""{"AccountId":"{{account}}","ServicePrincipal":"config.amazonaws.com"}""");
        bed.AskForAccount("pending");
        bed.State.PlannedFailures.Add(new("INTERNAL_FAILURE", "later-on@example.com"));
        bed.State.PlannedFailures.Add(new("INVALID_ADDRESS", "x@example.com"));
        return bed;
    }
}
