using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Guardrails.Sandbox.Tests;

public sealed class GenerationTests
{
    private static readonly DateTimeOffset Time = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(3, 2, 5)]
    [InlineData(24, 12, 10)]
    [InlineData(500, 60, 40)]
    [InlineData(10000, 800, 300)]
    [InlineData(100, 2000, 30)]
    public void A_generated_organization_has_the_size_asked_for_and_breaks_no_rule(int accounts, int units, int policies)
    {
        var state = NewOrganization.Generate(accounts, units, policies, 11, Time);
        Assert.Equal((accounts, units, policies), (state.Accounts.Count, state.Units.Count, state.Policies.Count(policy => !policy.AwsManaged)));
        Assert.All(state.Units, unit => Assert.InRange(unit.Depth, 1, 5));
        Assert.All(state.Accounts, account => Assert.True(EmailAddress.IsValid(account.Email) && account.Name.Length <= 50, account.Email));
        Assert.All(state.Policies, policy =>
        {
            Assert.True(policy.AwsManaged || PolicyDocument.Problem(policy.Type, policy.Content) is null, policy.Content);
            Assert.InRange(policy.Content.Length, 1, SandboxQuotas.Default.PolicyType(policy.Type).Characters);
        });
        foreach (var target in state.Targets())
        {
            foreach (var type in state.EnabledPolicyTypes)
            {
                var quota = SandboxQuotas.Default.PolicyType(type);
                Assert.InRange(target.Policies.Count(policy => policy.Type == type), quota.AttachedMinimum, quota.AttachedPerTarget);
            }
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_one_others()
    {
        var bytes = OrganizationsTestBed.Bytes(NewOrganization.Generate(200, 40, 20, 5, Time));
        Assert.Equal(bytes, OrganizationsTestBed.Bytes(NewOrganization.Generate(200, 40, 20, 5, Time)));
        Assert.NotEqual(bytes, OrganizationsTestBed.Bytes(NewOrganization.Generate(200, 40, 20, 6, Time)));
        Assert.Equal(bytes, OrganizationsTestBed.Bytes(OrganizationsTestBed.Read(bytes)));
    }

    [Fact]
    public void A_generated_organization_is_a_place_to_work_in()
    {
        var bed = new OrganizationsTestBed { State = NewOrganization.Generate(60, 20, 12, 5, Time), Now = Time };
        bed.Caller = bed.State.ManagementAccountId;
        bed.CreateAccount("new-shop");
        Assert.Equal(61, bed.All("ListAccounts", "Accounts").Count);
        var unit = bed.CreateUnit(bed.Root, "New");
        bed.Attach(bed.CreatePolicy("new"), unit);
        Assert.Contains(bed.State.Units, other => other.Policies.Count > 1);
    }

    [Fact]
    public void An_empty_organization_has_the_management_account_and_the_default_quota()
    {
        var bed = new OrganizationsTestBed { State = NewOrganization.Empty(1, Time), Now = Time };
        bed.Caller = bed.State.ManagementAccountId;
        Assert.Single(bed.All("ListAccounts", "Accounts"));
        Assert.Equal("SERVICE_CONTROL_POLICY", (string)bed.All("ListRoots", "Roots")[0]["PolicyTypes"]![0]!["Type"]!);
        for (var i = 0; i < 9; i++) bed.CreateAccount($"account{i}");
        Assert.Equal("ConstraintViolationException/ACCOUNT_NUMBER_LIMIT_EXCEEDED", bed.Refused("CreateAccount", """{"AccountName":"x","Email":"x@example.com"}"""));
    }

    [Fact]
    public void A_listing_of_ten_thousand_accounts_does_not_count_from_the_start_on_every_page()
    {
        var bed = new OrganizationsTestBed { State = NewOrganization.Generate(10000, 800, 300, 5, Time), Now = Time };
        bed.Caller = bed.State.ManagementAccountId;
        var watch = Stopwatch.StartNew();
        Assert.Equal(10000, bed.All("ListAccounts", "Accounts").Select(account => (string)account["Id"]!).Distinct().Count());
        // 500 pages; a page that copied or re-read everything would take minutes here.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), watch.Elapsed.ToString());
    }

    [Fact]
    public void A_snapshot_becomes_the_organization_that_it_was_taken_of()
    {
        var bed = new OrganizationsTestBed { State = Import(Snapshot()), Now = Time };
        bed.Caller = "111111111111";
        var organization = bed.Call("DescribeOrganization", "{}")["Organization"]!;
        Assert.Equal("o-abcdefghij", (string)organization["Id"]!);
        Assert.Equal("arn:aws:organizations::111111111111:organization/o-abcdefghij", (string)organization["Arn"]!);
        Assert.Equal(["111111111111", "222222222222", "333333333333"], bed.All("ListAccounts", "Accounts").Select(account => (string)account["Id"]!));
        var shop = bed.Account("222222222222");
        Assert.Equal("o-abcdefghij/r-ab12/ou-ab12-11111111/ou-ab12-22222222/222222222222/", (string)shop["Paths"]![0]!);
        Assert.Equal("CLOSED", (string)bed.Account("333333333333")["State"]!);
        Assert.Equal(["owner"], bed.All("ListTagsForResource", "Tags", new() { ["ResourceId"] = "222222222222" }).Select(tag => (string)tag["Key"]!));
        Assert.Equal(["FullAWSAccess", "deny"], bed.All("ListPoliciesForTarget", "Policies", new() { ["TargetId"] = "ou-ab12-22222222", ["Filter"] = "SERVICE_CONTROL_POLICY" }).Select(policy => (string)policy["Name"]!));
        Assert.Empty(bed.All("ListPoliciesForTarget", "Policies", new() { ["TargetId"] = "222222222222", ["Filter"] = "SERVICE_CONTROL_POLICY" }));
        Assert.Equal("sso.amazonaws.com", (string)Assert.Single(bed.All("ListDelegatedServicesForAccount", "DelegatedServices", new() { ["AccountId"] = "222222222222" }))["ServicePrincipal"]!);
        bed.CreateAccount("later");
        Assert.Matches("^ou-ab12-", bed.CreateUnit(bed.Root, "Later"));
        Assert.Equal(bed.Bytes(), OrganizationsTestBed.Bytes(OrganizationsTestBed.Read(bed.Bytes())));
    }

    [Fact]
    public void A_document_that_was_not_read_is_a_placeholder_of_the_right_form()
    {
        var snapshot = Snapshot();
        foreach (var policy in snapshot["policies"]!.AsArray()) policy!["content"] = null;
        var state = Import(snapshot);
        Assert.All(state.Policies.Where(policy => !policy.AwsManaged), policy => Assert.Null(PolicyDocument.Problem(policy.Type, policy.Content)));
        Assert.Contains("ContentWasNotInTheSnapshot", state.FindPolicy("SERVICE_CONTROL_POLICY", "deny")!.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_its_attachments_read_FullAWSAccess_is_everywhere(bool listed)
    {
        var snapshot = Snapshot();
        if (listed) snapshot["policies"]![0]!["targets"] = new JsonArray();
        else snapshot["policies"] = new JsonArray();
        snapshot["policies"]!.AsArray().Where(policy => (string)policy!["name"]! == "deny").ToList().ForEach(policy => snapshot["policies"]!.AsArray().Remove(policy));
        Assert.All(Import(snapshot).Targets(), target => Assert.Equal(["FullAWSAccess"], target.Policies.Where(policy => policy.Type == "SERVICE_CONTROL_POLICY").Select(policy => policy.Name)));
    }

    [Fact]
    public void Where_the_attachments_of_FullAWSAccess_were_read_and_there_are_none_there_are_none()
    {
        var snapshot = Snapshot();
        snapshot["policies"]![0]!["targets"] = new JsonArray();
        snapshot["detail"]!.AsArray().Add("AwsManagedAttachments");
        Assert.Empty(Import(snapshot).FindPolicy("SERVICE_CONTROL_POLICY", "FullAWSAccess")!.Targets);
    }

    [Fact]
    public void An_account_state_that_the_snapshot_does_not_know_is_ACTIVE()
    {
        var snapshot = Snapshot();
        snapshot["accounts"]![1]!["state"] = "UNKNOWN";
        Assert.True(Import(snapshot).TryFind<AccountEntity>("222222222222", out var account));
        Assert.Equal("ACTIVE", account.State);
    }

    [Fact]
    public void A_snapshot_that_makes_no_sense_is_a_clear_error()
    {
        Assert.Contains("Export-GuardrailSnapshot", Error(snapshot => snapshot.Remove("format")), StringComparison.Ordinal);
        Assert.Contains("guardrails-snapshot/2", Error(snapshot => snapshot["format"] = "guardrails-snapshot/2"), StringComparison.Ordinal);
        Assert.Contains("ou-ab12-99999999", Error(snapshot => snapshot["accounts"]![1]!["parentId"] = "ou-ab12-99999999"), StringComparison.Ordinal);
        Assert.Contains("ou-ab12-22222222", Error(snapshot => snapshot["organizationalUnits"]![0]!["parentId"] = "ou-ab12-22222222"), StringComparison.Ordinal);
        Assert.Contains("management account", Error(snapshot => snapshot["accounts"]!.AsArray().RemoveAt(0)), StringComparison.Ordinal);
        Assert.Contains("444444444444", Error(snapshot => snapshot["policies"]![1]!["targets"]!.AsArray().Add("444444444444")), StringComparison.Ordinal);
        Assert.Contains("damaged", Error(snapshot => snapshot.Remove("organization")), StringComparison.Ordinal);
        Assert.Contains("damaged", Error(snapshot => snapshot["accounts"]![1]!["id"] = "111111111111"), StringComparison.Ordinal);
    }

    private static string Error(Action<JsonObject> change)
    {
        var snapshot = Snapshot();
        change(snapshot);
        return Assert.Throws<FormatException>(() => Import(snapshot)).Message;
    }

    private static OrganizationState Import(JsonObject snapshot)
    {
        using var json = System.Text.Json.JsonDocument.Parse(Encoding.UTF8.GetBytes(snapshot.ToJsonString()));
        return SnapshotImport.Read(json.RootElement, 3);
    }

    /// <summary>Units in the wrong order, what was not read as null, members that the sandbox does not know.</summary>
    private static JsonObject Snapshot() => (JsonObject)JsonNode.Parse("""
        {
          "format": "guardrails-snapshot/1", "readAt": "2026-08-31T10:00:00Z", "detail": ["Tags", "PolicyContent", "Services"],
          "organization": {"id": "o-abcdefghij", "arn": "arn:aws:organizations::111111111111:organization/o-abcdefghij", "managementAccountId": "111111111111", "managementAccountEmail": "m@example.com", "featureSet": "ALL"},
          "root": {"id": "r-ab12", "arn": "arn:aws:organizations::111111111111:root/o-abcdefghij/r-ab12", "name": "Root", "policyTypes": ["SERVICE_CONTROL_POLICY", "TAG_POLICY"], "tags": {}},
          "organizationalUnits": [
            {"id": "ou-ab12-22222222", "arn": "arn:aws:organizations::111111111111:ou/o-abcdefghij/ou-ab12-22222222", "name": "Prod", "parentId": "ou-ab12-11111111", "tags": null},
            {"id": "ou-ab12-11111111", "arn": "arn:aws:organizations::111111111111:ou/o-abcdefghij/ou-ab12-11111111", "name": "Workloads", "parentId": "r-ab12", "tags": {"k": "v"}}
          ],
          "accounts": [
            {"id": "111111111111", "arn": "arn:aws:organizations::111111111111:account/o-abcdefghij/111111111111", "name": "management", "email": "m@example.com", "state": "ACTIVE", "joinedMethod": "INVITED", "joinedTimestamp": "2020-01-01T00:00:00Z", "parentId": "r-ab12", "tags": {}},
            {"id": "222222222222", "arn": "arn:aws:organizations::111111111111:account/o-abcdefghij/222222222222", "name": "shop", "email": "shop@example.com", "state": "ACTIVE", "joinedMethod": "CREATED", "joinedTimestamp": "2021-01-01T00:00:00Z", "parentId": "ou-ab12-22222222", "tags": {"owner": "shop"}, "unknown": 1},
            {"id": "333333333333", "arn": "arn:aws:organizations::111111111111:account/o-abcdefghij/333333333333", "name": "old", "email": "old@example.com", "state": "CLOSED", "joinedMethod": null, "joinedTimestamp": null, "parentId": "r-ab12", "tags": null}
          ],
          "policies": [
            {"id": "p-FullAWSAccess", "arn": "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess", "name": "FullAWSAccess", "description": "Allows access to every operation", "type": "SERVICE_CONTROL_POLICY", "awsManaged": true, "content": null, "targets": ["r-ab12", "ou-ab12-11111111", "ou-ab12-22222222", "111111111111"], "tags": null},
            {"id": "p-abcdefgh", "arn": "arn:aws:organizations::111111111111:policy/o-abcdefghij/service_control_policy/p-abcdefgh", "name": "deny", "description": "", "type": "SERVICE_CONTROL_POLICY", "awsManaged": false, "content": "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"iam:*\",\"Resource\":\"*\"}}", "targets": ["ou-ab12-22222222"], "tags": {"a": "b"}},
            {"id": "p-ijklmnop", "arn": "arn:aws:organizations::111111111111:policy/o-abcdefghij/tag_policy/p-ijklmnop", "name": "tags", "description": null, "type": "TAG_POLICY", "awsManaged": false, "content": "{\"tags\":{}}", "targets": ["r-ab12"], "tags": null}
          ],
          "delegatedAdministrators": [{"accountId": "222222222222", "servicePrincipals": ["sso.amazonaws.com"]}],
          "serviceAccess": ["sso.amazonaws.com"],
          "gaps": []
        }
        """)!;
}
