using Xunit;

namespace Guardrails.Core.Tests;

public sealed class AccountVendingTests
{
    private static readonly LaneLimits Limits = new(new Dictionary<string, int> { ["account-creation"] = 5, ["account-move"] = 1, ["organizational-unit"] = 1 });

    private static AccountRequest Request(string name, string unit = "/Workloads/Prod", params (string Key, string Value)[] tags) => new()
    {
        Name = name,
        Email = $"aws+{name}@example.com",
        OrganizationalUnit = unit,
        Tags = tags.ToDictionary(tag => tag.Key, tag => tag.Value),
    };

    [Fact]
    public async Task A_new_account_is_made_placed_and_tagged_as_ours()
    {
        var cloud = new FakeCloud();
        var result = Assert.Single(await Vend(cloud, Request("shop", tags: ("CostCenter", "4711"))));
        Assert.Equal(AccountOutcome.Created, result.Outcome);
        var account = Assert.Single(cloud.Accounts);
        Assert.Equal(result.AccountId, account.Id);
        Assert.Equal("4711", cloud.TagsOf(account.Id)["CostCenter"]);
        Assert.True(Ownership.IsOurs(cloud.TagsOf(account.Id)));
        Assert.Equal("/Workloads/Prod/shop", cloud.Organization().AccountByEmail("aws+shop@example.com")!.Path);
    }

    [Fact]
    public async Task A_second_run_changes_nothing()
    {
        var cloud = new FakeCloud();
        AccountRequest[] requests = [Request("shop", tags: ("a", "1")), Request("pay"), Request("top", "/")];
        await Vend(cloud, requests);
        var writes = cloud.Writes.Count;
        Assert.All(await Vend(cloud, requests), result => Assert.Equal(AccountOutcome.Unchanged, result.Outcome));
        Assert.Equal(writes, cloud.Writes.Count);
    }

    [Fact]
    public async Task An_account_of_ours_in_the_wrong_place_with_a_wrong_tag_is_corrected()
    {
        var cloud = new FakeCloud();
        var there = cloud.AddAccount("shop", "aws+shop@example.com", cloud.AddUnit("Old").Id);
        var result = Assert.Single(await Vend(cloud, Request("shop", tags: ("a", "1"))));
        Assert.Equal(AccountOutcome.Moved, result.Outcome);
        Assert.Equal(["move", "tag"], result.Actions.Order());
        Assert.Equal("1", cloud.TagsOf(there.Id)["a"]);
        Assert.Equal("/Workloads/Prod/shop", cloud.Organization().AccountByEmail("aws+shop@example.com")!.Path);
    }

    [Fact]
    public async Task An_account_with_that_email_that_is_not_ours_is_reported_and_not_touched()
    {
        var cloud = new FakeCloud();
        cloud.AddAccount("shop", "AWS+Shop@example.com", cloud.AddUnit("Theirs").Id, ours: false);
        var result = Assert.Single(await Vend(cloud, Request("shop")));
        Assert.Equal(AccountOutcome.Conflict, result.Outcome);
        Assert.Contains("/Theirs/shop", result.Message, StringComparison.Ordinal);
        Assert.Empty(cloud.Writes);
    }

    [Fact]
    public async Task An_account_that_is_not_ours_is_taken_over_when_that_is_asked_for()
    {
        var cloud = new FakeCloud();
        var theirs = cloud.AddAccount("shop", "aws+shop@example.com", cloud.AddUnit("Theirs").Id, ours: false);
        var result = Assert.Single(await Vend(cloud, CallScope.None, true, true, Request("shop", tags: ("a", "1"))));
        Assert.Equal(AccountOutcome.Adopted, result.Outcome);
        Assert.True(Ownership.IsOurs(cloud.TagsOf(theirs.Id)));
        Assert.Equal("/Workloads/Prod/shop", cloud.Organization().AccountById(theirs.Id)!.Path);
        Assert.Equal(AccountOutcome.Unchanged, Assert.Single(await Vend(cloud, Request("shop", tags: ("a", "1")))).Outcome);
    }

    [Fact]
    public async Task A_closed_account_with_that_email_is_said_to_be_closed()
    {
        var cloud = new FakeCloud();
        cloud.AddAccount("shop", "aws+shop@example.com", state: AccountState.Closed);
        Assert.Equal("AccountNotActive", Assert.Single(await Vend(cloud, Request("shop"))).Reason);
        Assert.Empty(cloud.Writes);
    }

    [Theory]
    [InlineData("", "aws+a@example.com", "/", "Name")]
    [InlineData("na\u00efve", "aws+a@example.com", "/", "ASCII")]
    [InlineData("ok", "a@b.c", "/", "Email has 5")]
    [InlineData("ok", "no-address", "/", "not an address")]
    [InlineData("ok", "two@at@example.com", "/", "not an address")]
    [InlineData("ok", "aws+a@example.com", "Workloads", "write /Workloads")]
    [InlineData("ok", "aws+a@example.com", "/Workloads/*", "wildcard")]
    public async Task A_bad_row_says_what_is_wrong_and_the_others_are_made(string name, string email, string unit, string says)
    {
        var cloud = new FakeCloud();
        var results = await Vend(cloud, Request("one"), new AccountRequest { Name = name, Email = email, OrganizationalUnit = unit }, Request("two"));
        Assert.Contains(says, Assert.Single(results, result => result.Outcome == AccountOutcome.Failed).Message, StringComparison.Ordinal);
        Assert.Equal(2, results.Count(result => result.Outcome == AccountOutcome.Created));
    }

    [Fact]
    public async Task The_second_row_with_one_email_is_refused()
    {
        var cloud = new FakeCloud();
        var results = await Vend(cloud, Request("one"), Request("two") with { Email = "AWS+One@example.com" });
        Assert.Equal("DuplicateEmail", Assert.Single(results, result => result.Outcome == AccountOutcome.Failed).Reason);
        Assert.Single(cloud.Accounts);
    }

    [Fact]
    public async Task Two_accounts_of_one_name_in_one_place_are_both_made()
    {
        var cloud = new FakeCloud();
        await Vend(cloud, Request("shop"), Request("shop") with { Email = "aws+other@example.com" });
        Assert.Equal(2, cloud.Accounts.Count);
        Assert.Single(cloud.Accounts.Select(account => account.ParentId).Distinct());
    }

    [Fact]
    public async Task A_missing_organizational_unit_is_made_once_and_only_when_asked_for()
    {
        var cloud = new FakeCloud();
        var refused = await Vend(cloud, createUnits: false, Request("shop"));
        Assert.Equal("OrganizationalUnitNotFound", Assert.Single(refused).Reason);
        Assert.Empty(cloud.Writes);
        await Vend(cloud, Request("shop"), Request("pay"), Request("lab", "/Workloads/Test"), Request("Odd", "/workloads/PROD"));
        Assert.Equal(["Prod", "Test", "Workloads"], cloud.Units.Select(unit => unit.Name).Order());
    }

    [Fact]
    public async Task No_account_is_made_that_has_nowhere_to_go()
    {
        var cloud = new FakeCloud { Faults = (operation, _) => operation == "CreateOrganizationalUnit" ? new Fault(FakeCloud.Refused(operation, "ConstraintViolationException", "OU_DEPTH_LIMIT_EXCEEDED"), false) : null };
        var result = Assert.Single(await Vend(cloud, Request("shop")));
        Assert.Equal(AccountOutcome.Failed, result.Outcome);
        Assert.Equal("OU_DEPTH_LIMIT_EXCEEDED", result.Reason);
        Assert.DoesNotContain("CreateAccount", cloud.Writes);
    }

    [Theory]
    [InlineData("CreateAccount", true)]
    [InlineData("CreateAccount", false)]
    [InlineData("MoveAccount", true)]
    [InlineData("MoveAccount", false)]
    [InlineData("CreateOrganizationalUnit", true)]
    [InlineData("CreateOrganizationalUnit", false)]
    public async Task A_lost_answer_makes_no_second_account_and_no_failure(string operation, bool afterTheEffect)
    {
        var cloud = new FakeCloud { Faults = (called, n) => called == operation && n == 1 ? Fault.Lost(afterTheEffect) : null };
        var result = Assert.Single(await Vend(cloud, Request("shop")));
        Assert.Equal(AccountOutcome.Created, result.Outcome);
        Assert.Equal("/Workloads/Prod/shop", cloud.Organization().Accounts.Single().Path);
    }

    [Fact]
    public async Task A_lost_answer_is_not_mixed_up_with_another_creation_of_the_same_name()
    {
        var cloud = new FakeCloud { Faults = (called, n) => called == "CreateAccount" && n == 2 ? Fault.Lost(after: false) : null };
        var results = await Vend(cloud, Request("shop"), Request("shop") with { Email = "aws+other@example.com" });
        Assert.All(results, result => Assert.Equal(AccountOutcome.Created, result.Outcome));
        Assert.Equal(results.Count, results.Select(result => result.AccountId).Distinct().Count());
        Assert.Equal(["aws+other@example.com", "aws+shop@example.com"], cloud.Accounts.Select(account => account.Email).Order());
    }

    [Fact]
    public async Task A_creation_already_under_way_is_waited_for_and_not_repeated()
    {
        var cloud = new FakeCloud();
        await cloud.StartCreationAsync(new AccountCreationOrder("shop", "aws+shop@example.com", null, Ownership.Tags), CallScope.None);
        var result = Assert.Single(await Vend(cloud, Request("shop")));
        Assert.Equal(AccountOutcome.Moved, result.Outcome);
        Assert.Single(cloud.Accounts);
        Assert.Single(cloud.Writes, "CreateAccount");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task While_another_run_creates_an_account_of_that_name_nothing_is_created_and_then_it_is_looked_up_by_email(int refused)
    {
        var cloud = new FakeCloud();
        var theirs = new AccountCreationOrder("shop", "aws+shop@example.com", null, Ownership.Tags);
        // As many creations are under way as AWS takes when ours is asked for; meanwhile the other run begins this very one.
        cloud.Faults = (operation, n) => operation == "CreateAccount" && n <= refused ? new Fault(FakeCloud.Refused(operation, "ConstraintViolationException", "ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED"), false) : null;
        var begun = refused == 0;
        cloud.Meanwhile = operation =>
        {
            if (operation != "CreateAccount" || begun) return;
            begun = true;
            cloud.CreateElsewhere(theirs, TimeSpan.FromMinutes(5));
        };
        var vending = new AccountVending(cloud.Ports, Limits);
        var rows = await vending.PlanAsync([Request("shop")], cloud.Organization(), new(true, false), CallScope.None);
        Assert.DoesNotContain(rows[0].Changes, change => change.After.ContainsKey(AccountChanges.UnderWay));
        if (refused == 0) cloud.CreateElsewhere(theirs, TimeSpan.FromMinutes(5));
        using var journal = new MemoryJournal();
        var results = new List<AccountVendingResult>();
        await foreach (var result in vending.RunAsync(rows, () => journal.Journal, "o-test", 4, CallScope.None)) results.Add(result);
        Assert.Equal(AccountOutcome.Moved, Assert.Single(results).Outcome);
        Assert.DoesNotContain("CreateAccount", cloud.Writes);
        Assert.Equal("/Workloads/Prod/shop", Assert.Single(cloud.Organization().Accounts).Path);
    }

    [Fact]
    public async Task An_email_that_another_runs_creation_has_taken_is_waited_for_and_is_no_failure()
    {
        var cloud = new FakeCloud();
        cloud.Meanwhile = operation =>
        {
            if (operation != "CreateAccount") return;
            cloud.Meanwhile = null;
            cloud.CreateElsewhere(new AccountCreationOrder("shop", "aws+shop@example.com", null, Facts.Of((Ownership.TagKey, "guardrails"), ("run", "other"))), TimeSpan.FromMinutes(5));
        };
        // Ours ends first, and there is no account yet.
        cloud.CreationFails = order => order.Tags.ContainsKey("run") ? null : "EMAIL_ALREADY_EXISTS";
        var result = Assert.Single(await Vend(cloud, Request("shop")));
        Assert.Equal((AccountOutcome.Moved, null), (result.Outcome, result.Reason));
        Assert.Single(cloud.Accounts);
    }

    [Fact]
    public async Task A_creation_of_that_name_that_does_not_end_is_told_and_nothing_is_created_beside_it()
    {
        var cloud = new FakeCloud();
        cloud.CreateElsewhere(new AccountCreationOrder("shop", "other@example.com", null, Facts.None), TimeSpan.FromDays(1));
        var result = Assert.Single(await Vend(cloud, Request("shop")));
        Assert.Equal("IN_PROGRESS", result.Reason);
        Assert.Contains("again later", result.NextStep, StringComparison.Ordinal);
        Assert.DoesNotContain("CreateAccount", cloud.Writes);
    }

    [Fact]
    public async Task Too_many_creations_in_progress_are_waited_for()
    {
        var cloud = new FakeCloud
        {
            Faults = (called, n) => called == "CreateAccount" && n < 4 ? new Fault(FakeCloud.Refused(called, "ConstraintViolationException", "ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED"), false) : null,
        };
        Assert.Equal(AccountOutcome.Created, Assert.Single(await Vend(cloud, Request("shop"))).Outcome);
    }

    [Fact]
    public async Task A_failed_creation_says_why_and_what_to_do()
    {
        var cloud = new FakeCloud { CreationFails = order => order.Name == "shop" ? "ACCOUNT_LIMIT_EXCEEDED" : null };
        var results = await Vend(cloud, Request("shop"), Request("pay"));
        var failed = Assert.Single(results, result => result.Outcome == AccountOutcome.Failed);
        Assert.Equal("ACCOUNT_LIMIT_EXCEEDED", failed.Reason);
        Assert.Contains("quota", failed.NextStep, StringComparison.Ordinal);
        Assert.Single(results, result => result.Outcome == AccountOutcome.Created);
    }

    [Fact]
    public async Task An_email_that_turns_out_to_be_ours_is_taken_over_and_not_a_failure()
    {
        var cloud = new FakeCloud();
        cloud.Meanwhile = operation =>
        {
            if (operation == "CreateAccount" && cloud.Accounts.Count == 0) cloud.AddAccount("shop", "aws+shop@example.com");
        };
        Assert.Equal(AccountOutcome.Moved, Assert.Single(await Vend(cloud, Request("shop"))).Outcome);
        Assert.Single(cloud.Accounts);
    }

    [Fact]
    public async Task An_account_that_somebody_else_moves_meanwhile_stays_there_and_is_a_conflict()
    {
        var cloud = new FakeCloud();
        var theirs = cloud.AddUnit("Theirs");
        cloud.Meanwhile = operation =>
        {
            if (operation == "MoveAccount") cloud.Place(cloud.Accounts.First(account => account.Name == "shop").Id, theirs.Id);
        };
        var results = await Vend(cloud, Request("shop"), Request("root", "/"));
        Assert.Equal("MovedMeanwhile", Assert.Single(results, result => result.Outcome == AccountOutcome.Conflict).Reason);
        Assert.Equal(theirs.Id, cloud.Accounts.First(account => account.Name == "shop").ParentId);
    }

    [Fact]
    public async Task Of_24_accounts_that_others_move_rename_or_close_meanwhile_each_says_so_and_the_rest_goes_on()
    {
        var cloud = new FakeCloud();
        var theirs = cloud.AddUnit("Theirs");
        cloud.AddUnit("Workloads");
        var renamed = cloud.AddAccount("old name", "aws+a1@example.com");
        var vending = new AccountVending(cloud.Ports, Limits);
        var rows = await vending.PlanAsync([.. Enumerable.Range(0, 24).Select(i => Request($"a{i}", "/Workloads"))], cloud.Organization(), new(false, false), CallScope.None);
        var meanwhile = new HashSet<string>();
        cloud.Meanwhile = operation =>
        {
            var now = cloud.Accounts.ToDictionary(account => account.Email);
            if (operation == "MoveAccount" && now.TryGetValue("aws+a0@example.com", out var moved) && meanwhile.Add("moved")) cloud.Place(moved.Id, theirs.Id);
            if (operation == "GetAccountInformation" && meanwhile.Add("renamed")) cloud.Rename(renamed.Id, "their name");
            if (operation == "MoveAccount" && now.TryGetValue("aws+a2@example.com", out var closed) && meanwhile.Add("closed")) cloud.Close(closed.Id);
        };
        var results = new Dictionary<string, AccountVendingResult>();
        using var journal = new MemoryJournal();
        await foreach (var result in vending.RunAsync(rows, () => journal.Journal, "o-test", 16, CallScope.None, TimeSpan.FromMinutes(5))) results.Add(result.Name, result);
        Assert.Equal(3, meanwhile.Count);
        Assert.Equal((AccountOutcome.Conflict, "MovedMeanwhile"), (results["a0"].Outcome, results["a0"].Reason));
        Assert.Equal((AccountOutcome.Conflict, "RenamedMeanwhile"), (results["a1"].Outcome, results["a1"].Reason));
        Assert.Equal(false, results["a2"].Ready);
        Assert.Contains("closed it meanwhile", results["a2"].Message, StringComparison.Ordinal);
        Assert.All(results.Where(one => one.Key is not ("a0" or "a1" or "a2")), one => Assert.Equal((AccountOutcome.Created, true), (one.Value.Outcome, one.Value.Ready)));
        Assert.Equal(24, results.Count);
    }

    [Fact]
    public async Task A_stopped_run_tells_of_every_row_and_a_later_run_finishes_it()
    {
        using var stop = new CancellationTokenSource();
        var cloud = new FakeCloud();
        cloud.Meanwhile = operation =>
        {
            if (operation == "MoveAccount") stop.Cancel();
        };
        AccountRequest[] requests = [.. Enumerable.Range(0, 8).Select(i => Request($"a{i}"))];
        var results = await Vend(cloud, new CallScope(stop.Token), true, false, requests);
        Assert.Equal(8, results.Count);
        Assert.Contains(results, result => result.Outcome == AccountOutcome.Stopped);
        cloud.Meanwhile = null;
        Assert.DoesNotContain(await Vend(cloud, requests), result => result.IsTrouble || result.Outcome == AccountOutcome.Stopped);
        Assert.Equal(8, cloud.Accounts.Count);
    }

    [Fact]
    public async Task Planning_writes_nothing()
    {
        var cloud = new FakeCloud();
        var rows = await new AccountVending(cloud.Ports, Limits).PlanAsync([Request("shop")], cloud.Organization(), new(true, false), CallScope.None);
        Assert.Equal(["create", "create", "create", "move"], AccountVending.PlanOf(rows).Changes.Select(change => change.Action));
        Assert.Empty(cloud.Writes);
    }

    private static Task<List<AccountVendingResult>> Vend(FakeCloud cloud, params AccountRequest[] requests) => Vend(cloud, true, requests);

    private static Task<List<AccountVendingResult>> Vend(FakeCloud cloud, bool createUnits, params AccountRequest[] requests) => Vend(cloud, CallScope.None, createUnits, false, requests);

    private static async Task<List<AccountVendingResult>> Vend(FakeCloud cloud, CallScope scope, bool createUnits, bool adopt, params AccountRequest[] requests)
    {
        var vending = new AccountVending(cloud.Ports, Limits);
        var rows = await vending.PlanAsync(requests, cloud.Organization(), new(createUnits, adopt), CallScope.None);
        var results = new List<AccountVendingResult>();
        using var journal = new MemoryJournal();
        await foreach (var result in vending.RunAsync(rows, () => journal.Journal, "o-test", 16, scope)) results.Add(result);
        return results;
    }
}
