using Xunit;

namespace Guardrails.Core.Tests;

/// <summary>Each kind of bad row among 24: it says why and what to do, and the other 23 are made.</summary>
public sealed class BadRowTests
{
    private const string Email = "aws+bad@example.com";
    private static readonly LaneLimits Limits = new(new Dictionary<string, int> { ["account-creation"] = 5, ["account-move"] = 1, ["organizational-unit"] = 1 });
    private static readonly AlternateContact Soc = new() { Name = "SOC", Title = "Security", Email = "soc@example.com", Phone = "1" };

    private static readonly Dictionary<string, Bad> Kinds = new()
    {
        ["no name"] = Invalid(row => row with { Name = "" }, "Name"),
        ["a name that is too long"] = Invalid(row => row with { Name = new string('x', 51) }, "Name"),
        ["a name that is not ASCII"] = Invalid(row => row with { Name = "Bäckerei" }, "Name"),
        ["no email"] = Invalid(row => row with { Email = "" }, "Email"),
        ["an email that is none"] = Invalid(row => row with { Email = "no address" }, "Email"),
        ["an email that is too long"] = Invalid(row => row with { Email = new string('x', 60) + "@example.com" }, "Email"),
        ["an email of another row"] = new(row => row with { Email = "AWS+good-3@example.com" }, AccountOutcome.Failed, "DuplicateEmail", "Email"),
        ["a tag key of AWS's own"] = Invalid(row => row with { Tags = Facts.Of(("aws:x", "1")) }, "Tags"),
        ["a tag key of this module's own"] = Invalid(row => row with { Tags = Facts.Of((Ownership.TagKey, "1")) }, "Tags"),
        ["a tag with a character that AWS does not take"] = Invalid(row => row with { Tags = Facts.Of(("a", "x;y")) }, "Tags"),
        ["a tag value that is too long"] = Invalid(row => row with { Tags = Facts.Of(("a", new string('x', 257))) }, "Tags"),
        ["too many tags"] = Invalid(row => row with { Tags = Facts.Of([.. Enumerable.Range(0, 50).Select(i => ($"t{i}", (string?)"1"))]) }, "Tags"),
        ["a role name that is none"] = Invalid(row => row with { RoleName = "no role" }, "RoleName"),
        ["an organizational unit without a path"] = Invalid(row => row with { OrganizationalUnit = "Unit" }, "OrganizationalUnit"),
        ["an organizational unit with a wildcard"] = Invalid(row => row with { OrganizationalUnit = "/Un*" }, "OrganizationalUnit"),
        ["an organizational unit that is not there"] = new(row => row with { OrganizationalUnit = "/Unti" }, AccountOutcome.Failed, "OrganizationalUnitNotFound", "OrganizationalUnit"),
        ["half a contact"] = Invalid(row => row with { Contacts = Contacts(Soc with { Title = "" }) }, "Contact:Security:Title"),
        ["a contact without a number"] = Invalid(row => row with { Contacts = Contacts(Soc with { Phone = "call me" }) }, "Contact:Security:Phone"),
        ["a Region that is none"] = Invalid(row => row with { Regions = ["Frankfurt"] }, "Regions"),
        ["a Region that AWS does not know"] = new(row => row with { Regions = [FakeCloud.NoRegion] }, AccountOutcome.Failed, "ValidationException", null),
        ["access that cannot be read"] = Invalid(row => row with { Access = [new() { PrincipalType = PrincipalType.Group, Principal = "Admins", PermissionSet = "no set" }] }, "Access"),
        ["a permission set that is not there"] = new(row => row with { Access = AccountSettingCells.Access("group:Admins=AdminAccess") }, AccountOutcome.Failed, "PermissionSetNotFound", "Access"),
        ["a group that is not there"] = new(row => row with { Access = AccountSettingCells.Access("group:Admin=ReadOnly") }, AccountOutcome.Failed, "PrincipalNotFound", "Access"),
        ["a user who is not there"] = new(row => row with { Access = AccountSettingCells.Access("user:joe@example.com=ReadOnly") }, AccountOutcome.Failed, "PrincipalNotFound", "Access"),
        ["an account that is not ours"] = new(row => row, AccountOutcome.Conflict, "NotOurs", "Email") { Arrange = cloud => cloud.AddAccount("theirs", Email, ours: false) },
        ["an account that is closed"] = new(row => row, AccountOutcome.Failed, "AccountNotActive", "Email") { Arrange = cloud => cloud.AddAccount("gone", Email, state: AccountState.Closed) },
        ["an email that is taken elsewhere in AWS"] = Fails("EMAIL_ALREADY_EXISTS"),
        ["an email that AWS does not take"] = Fails("INVALID_EMAIL"),
        ["a full organization"] = Fails("ACCOUNT_LIMIT_EXCEEDED"),
        ["a failure inside AWS"] = Fails("INTERNAL_FAILURE"),
        ["no payment method"] = Fails("MISSING_PAYMENT_INSTRUMENT"),
        ["tags that a tag policy forbids"] = new(row => row, AccountOutcome.Failed, "TAG_POLICY_VIOLATION", null)
        {
            Arrange = cloud => cloud.RefuseCreation = order => order.Email == Email ? FakeCloud.Refused("CreateAccount", "ConstraintViolationException", "TAG_POLICY_VIOLATION") : null,
        },
        ["a caller who may not"] = new(row => row, AccountOutcome.Failed, "AccessDeniedException", null)
        {
            Arrange = cloud => cloud.RefuseCreation = order => order.Email == Email ? FakeCloud.Refused("CreateAccount", "AccessDeniedException") : null,
        },
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task It_says_why_and_the_other_23_are_made(string name)
    {
        var kind = Kinds[name];
        var cloud = new FakeCloud();
        cloud.AddUnit("Unit");
        kind.Arrange?.Invoke(cloud);
        var there = cloud.Accounts.Count;
        AccountRequest[] requests = [.. Enumerable.Range(0, 23).Select(Good)];
        requests = [.. requests[..11], kind.Make(new AccountRequest { Name = "bad", Email = Email, OrganizationalUnit = "/Unit" }), .. requests[11..]];
        var vending = new AccountVending(cloud.Ports, Limits);
        var organization = cloud.Organization();
        var rows = await vending.PlanAsync(requests, organization, new(false, false), CallScope.None);
        var findings = AccountPreflight.Offline(requests).Concat(AccountPreflight.Online(rows, organization, null)).Where(finding => finding.Severity == FindingSeverity.Error).ToList();

        var results = new List<AccountVendingResult>();
        using var journal = new MemoryJournal();
        await foreach (var result in vending.RunAsync(rows, () => journal.Journal, "o-test", 16, CallScope.None)) results.Add(result);
        Assert.Equal(24, results.Count);
        var bad = Assert.Single(results, result => result.Outcome != AccountOutcome.Created);
        Assert.Equal((kind.Outcome, kind.Reason), (bad.Outcome, bad.Reason));
        Assert.False(string.IsNullOrEmpty(bad.Message));
        Assert.True(kind.Reason is "AccessDeniedException" or "ValidationException" or "TAG_POLICY_VIOLATION" || !string.IsNullOrEmpty(bad.NextStep));
        var made = kind.Reason == "ValidationException" ? 24 : 23;
        Assert.Equal(made, cloud.Accounts.Count(account => account.ParentId != FakeCloud.RootId));
        Assert.Equal(there + made, cloud.Accounts.Count);

        // What can be known before is said before, with the field and what to do.
        if (kind.Field is null) return;
        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.Equal((kind.Field, true), (finding.Field, finding.NextStep is not null)));
    }

    private static AccountRequest Good(int i) => new() { Name = $"good-{i}", Email = $"aws+good-{i}@example.com", OrganizationalUnit = "/Unit" };

    private static Dictionary<AlternateContactType, AlternateContact> Contacts(AlternateContact contact) => new() { [AlternateContactType.Security] = contact };

    private static Bad Invalid(Func<AccountRequest, AccountRequest> make, string field) => new(make, AccountOutcome.Failed, "InvalidRequest", field);

    private static Bad Fails(string reason) => new(row => row, AccountOutcome.Failed, reason, null) { Arrange = cloud => cloud.CreationFails = order => order.Email == Email ? reason : null };

    /// <param name="Field">What the preflight names; null where it cannot be known before.</param>
    private sealed record Bad(Func<AccountRequest, AccountRequest> Make, AccountOutcome Outcome, string Reason, string? Field)
    {
        public Action<FakeCloud>? Arrange { get; init; }
    }
}
