using System.Text;
using CsCheck;
using Xunit;

namespace Guardrails.Tests;

public sealed class OrganizationSnapshotTests
{
    private static readonly OrganizationFacts Full = Samples.CompanyFacts() with
    {
        Detail = OrganizationDetail.Tags | OrganizationDetail.PolicyContent | OrganizationDetail.Services,
        ReadAt = new DateTimeOffset(2026, 11, 23, 13, 30, 0, 123, TimeSpan.FromHours(1)),
        Policies = [Samples.Policy("p-deny", "Dény \"all\"", "ou-prod") with { Content = "{\n}", AwsManaged = true, Description = "d", Tags = Samples.Tags("a", "") }],
        DelegatedAdministrators = [new DelegatedAdministrator("222222222222", ["config.amazonaws.com", "access-analyzer.amazonaws.com"])],
        ServiceAccess = ["sso.amazonaws.com"],
        Gaps = ["Nothing of the tags of p-full was read."],
    };

    [Fact]
    public void The_file_looks_as_other_programs_read_it()
    {
        var text = Written(Organization.From(Samples.Facts([Samples.Unit("ou-1", "Prod", tags: Samples.Tags("b", "2", "a", "1"))], [Samples.Account("222222222222", "shop", "ou-1")]) with
        {
            Detail = OrganizationDetail.Tags,
        }));
        Assert.Equal(
            """
            {
              "format": "guardrails-snapshot/1",
              "readAt": "2026-11-23T12:30:00Z",
              "detail": [
                "Tags"
              ],
              "organization": {
                "id": "o-a1b2c3d4e5",
                "arn": "arn:aws:organizations::100000000000:organization/o-a1b2c3d4e5",
                "managementAccountId": "100000000000",
                "managementAccountEmail": "management@example.com",
                "featureSet": "ALL"
              },
              "root": {
                "id": "r-a1b2",
                "arn": "arn:aws:organizations::100000000000:root/o-a1b2c3d4e5/r-a1b2",
                "name": "Root",
                "policyTypes": [
                  "SERVICE_CONTROL_POLICY"
                ],
                "tags": null
              },
              "organizationalUnits": [
                {
                  "id": "ou-1",
                  "arn": "arn:aws:organizations::100000000000:ou/o-a1b2c3d4e5/ou-1",
                  "name": "Prod",
                  "parentId": "r-a1b2",
                  "tags": {
                    "a": "1",
                    "b": "2"
                  }
                }
              ],
              "accounts": [
                {
                  "id": "222222222222",
                  "arn": "arn:aws:organizations::100000000000:account/o-a1b2c3d4e5/222222222222",
                  "name": "shop",
                  "email": "222222222222@example.com",
                  "state": "ACTIVE",
                  "joinedMethod": "CREATED",
                  "joinedTimestamp": "2026-08-15T12:30:00Z",
                  "parentId": "ou-1",
                  "tags": null
                }
              ],
              "policies": [],
              "delegatedAdministrators": [],
              "serviceAccess": [],
              "gaps": []
            }

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var organization = Organization.From(Full);
        var read = Read(Written(organization));
        Assert.Empty(OrganizationComparison.Compare(organization, read));
        Assert.Equal(Written(organization), Written(read));
        Assert.Equal(organization.Detail, read.Detail);
        Assert.Equal(organization.ReadAt, read.ReadAt);
        Assert.Equal(TimeSpan.Zero, read.ReadAt.Offset);
        Assert.Equal(organization.Gaps, read.Gaps);
        Assert.Equal("Dény \"all\"", read.PolicyById("p-deny")!.Name);
        Assert.Equal("{\n}", read.PolicyById("p-deny")!.Content);
        Assert.Equal(Samples.Tags("Team", "Shop", "cost/center", "42"), read.AccountById("222222222222")!.Tags);
    }

    [Fact]
    public void Whatever_the_names_it_is_read_again_and_the_order_of_facts_does_not_change_the_bytes() =>
        Samples.Hostile.SelectMany(facts => Gen.Select(Gen.Const(facts), Gen.Shuffle(facts.Accounts.ToArray()), Gen.Shuffle(facts.Policies.ToArray())))
            .Sample((facts, accounts, policies) =>
            {
                var written = Written(Organization.From(facts));
                Assert.Equal(written, Written(Organization.From(facts with { Accounts = accounts, Policies = policies })));
                Assert.Equal(written, Written(Read(written)));
            }, iter: 200);

    [Fact]
    public void What_cant_be_placed_stays_as_it_is()
    {
        var organization = Organization.From(Samples.Facts([Samples.Unit("ou-1", "a", null), Samples.Unit("ou-2", "b", "ou-gone")], [Samples.Account("222222222222", "x", "ou-gone")]));
        var read = Read(Written(organization));
        Assert.Equal(organization.Gaps, read.Gaps);
        Assert.Equal(organization.Accounts[0].Path, read.Accounts[0].Path);
        Assert.Equal(Written(organization), Written(read));
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_a_clear_error()
    {
        var whole = Encoding.UTF8.GetBytes(Written(Organization.From(Full)).TrimEnd());
        for (var length = 0; length < whole.Length; length += 7)
        {
            var error = Assert.Throws<SnapshotFormatException>(() => OrganizationSnapshot.Read(new MemoryStream(whole, 0, length), "s.json"));
            Assert.StartsWith("s.json is not a snapshot: it is damaged at line ", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\"featureSet\": \"ALL\"", "\"featureSet\": 3", "organization.featureSet is not a text")]
    [InlineData("\"email\": \"222222222222@example.com\",", "", "accounts[1].email is missing")]
    [InlineData("\"joinedTimestamp\": \"2026", "\"joinedTimestamp\": \"no", "accounts[0].joinedTimestamp is not a time")]
    [InlineData("\"awsManaged\": true", "\"awsManaged\": \"yes\"", "policies[0].awsManaged is not true or false")]
    [InlineData("\"serviceAccess\": [", "\"serviceAccess\": [ null,", "serviceAccess[0] is not a text")]
    [InlineData("\"organizationalUnits\": [", "\"organizationalUnits\": [ [],", "organizationalUnits[0] is not an object")]
    [InlineData("\"accounts\": [", "\"otherwise\": [", "accounts is missing")]
    [InlineData("\"tags\": null", "\"tags\": []", "root.tags is not an object")]
    [InlineData("\"description\": \"d\"", "\"description\": \"\\ud800\"", "policies[0].description holds half a character")]
    public void A_member_that_is_wrong_is_named(string original, string damaged, string message)
    {
        var text = Written(Organization.From(Full));
        Assert.Contains(original, text, StringComparison.Ordinal);
        var at = text.IndexOf(original, StringComparison.Ordinal);
        var error = Assert.Throws<SnapshotFormatException>(() => Read(string.Concat(text.AsSpan(0, at), damaged, text.AsSpan(at + original.Length))));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"format":"guardrails-snapshot/2"}""", "Update the module")]
    [InlineData("""{"format":"something"}""", "is not a snapshot")]
    [InlineData("""{"format":null}""", "is not a snapshot")]
    [InlineData("[]", "is not a snapshot")]
    [InlineData("""{"format":"guardrails-snapshot/1","format":"guardrails-snapshot/1"}""", "is not a snapshot")]
    public void Newer_and_other_files_are_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<SnapshotFormatException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_state_or_detail_of_later_versions_is_passed_over()
    {
        var text = Written(Organization.From(Full)).Replace("\"SUSPENDED\"", "\"HIBERNATED\"", StringComparison.Ordinal).Replace("\"Services\"", "\"Moods\"", StringComparison.Ordinal);
        Assert.Equal(AccountState.Unknown, Read(text).AccountById("444444444444")!.State);
        Assert.Equal(OrganizationDetail.Tags | OrganizationDetail.PolicyContent, Read(text).Detail);
    }

    [Fact]
    public void A_file_is_written_whole_or_not_at_all()
    {
        var folder = Directory.CreateTempSubdirectory("guardrails-snapshot-");
        try
        {
            var file = Path.Combine(folder.FullName, "s.json");
            OrganizationSnapshot.Save(Samples.Company(), file);
            OrganizationSnapshot.Save(Organization.From(Full), file);
            Assert.Equal(Written(Organization.From(Full)), File.ReadAllText(file));
            Assert.Empty(OrganizationComparison.Compare(OrganizationSnapshot.Load(file), Organization.From(Full)));
            Directory.CreateDirectory(Path.Combine(folder.FullName, "folder"));
            Assert.ThrowsAny<Exception>(() => OrganizationSnapshot.Save(Samples.Company(), Path.Combine(folder.FullName, "folder")));
            Assert.Equal([file], Directory.GetFiles(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Written(Organization organization)
    {
        using var stream = new MemoryStream();
        OrganizationSnapshot.Write(organization, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static Organization Read(string text) => OrganizationSnapshot.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "s.json");
}
