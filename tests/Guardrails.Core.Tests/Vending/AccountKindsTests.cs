using Xunit;

namespace Guardrails.Core.Tests;

/// <summary>Each kind of change of an account: the process dies at each line of its journal and another goes on; and each is taken back.</summary>
public sealed class AccountKindsTests
{
    private static readonly AlternateContact Soc = new() { Name = "SOC", Title = "Security", Email = "soc@example.com", Phone = "1" };
    private static readonly AlternateContact Old = Soc with { Name = "Old" };

    private static readonly Dictionary<string, Kind> Kinds = new()
    {
        ["move"] = new("MoveAccount", (cloud, account) => AccountChanges.Move("account:/a", account, cloud.Organization().Root, "/Unit", cloud.Organization().UnitAt("/Unit"), []),
            (cloud, id) => cloud.Organization().AccountById(id)!.Path == "/Unit/shop", (cloud, id) => cloud.Organization().AccountById(id)!.Path == "/shop"),
        ["tag"] = new("TagResource", (_, account) => AccountChanges.Tag("account:/a", account, Facts.Of(("old", "1")), Facts.Of(("new", "2"))),
            (cloud, id) => TagsAre(cloud, id, "keep", "new"), (cloud, id) => TagsAre(cloud, id, "keep", "old")),
        ["adopt"] = new("TagResource", (_, account) => AccountChanges.Adopt("account:/a", account),
            (cloud, id) => Ownership.IsOurs(cloud.TagsOf(id)), (cloud, id) => !Ownership.IsOurs(cloud.TagsOf(id))),
        ["rename"] = new("PutAccountName", (_, account) => AccountNameChanges.Rename("account:/a", account, "new"),
            (cloud, _) => cloud.Accounts.Single().Name == "new", (cloud, _) => cloud.Accounts.Single().Name == "shop"),
        ["set contact"] = new("PutAlternateContact", (_, account) => AlternateContactChanges.Set(At(account), AlternateContactType.Security, null, Soc),
            (cloud, id) => cloud.ContactOf(id, AlternateContactType.Security) == Soc, (cloud, id) => cloud.ContactOf(id, AlternateContactType.Security) is null),
        ["replace contact"] = new("PutAlternateContact", (_, account) => AlternateContactChanges.Set(At(account), AlternateContactType.Billing, Old, Soc),
            (cloud, id) => cloud.ContactOf(id, AlternateContactType.Billing) == Soc, (cloud, id) => cloud.ContactOf(id, AlternateContactType.Billing) == Old),
        ["remove contact"] = new("DeleteAlternateContact", (_, account) => AlternateContactChanges.Remove(At(account), AlternateContactType.Billing, Old),
            (cloud, id) => cloud.ContactOf(id, AlternateContactType.Billing) is null, (cloud, id) => cloud.ContactOf(id, AlternateContactType.Billing) == Old),
        ["enable Region"] = new("EnableRegion", (_, account) => RegionChanges.Enable(At(account), "eu-central-2", RegionState.Disabled),
            (cloud, id) => cloud.IsEnabled(id, "eu-central-2"), null, UndoOutcome.Proposed),
        ["assign"] = new("CreateAccountAssignment", (_, account) => AccountAccessChanges.Assign(At(account), Admins, "arn:instance", "arn:ReadOnly", new(PrincipalType.Group, FakeCloud.Admins)),
            (cloud, id) => cloud.HasAccess(id, "ReadOnly", FakeCloud.Admins), (cloud, id) => !cloud.HasAccess(id, "ReadOnly", FakeCloud.Admins)),
        ["close"] = new("CloseAccount", (_, account) => AccountChanges.Close(account),
            (cloud, _) => cloud.Accounts.Single().State == AccountState.PendingClosure, null, UndoOutcome.Irreversible),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    public static TheoryData<string, bool, bool> Deaths
    {
        get
        {
            var all = new TheoryData<string, bool, bool>();
            foreach (var kind in Kinds.Keys)
                foreach (var written in new[] { true, false })
                    foreach (var lost in new[] { true, false }) all.Add(kind, written, lost);
            return all;
        }
    }

    /// <param name="written">Whether the line at which it dies still reaches the disk.</param>
    /// <param name="lost">Whether, besides, the first answer is lost after its effect.</param>
    [Theory, MemberData(nameof(Deaths))]
    public async Task Dead_at_any_line_and_resumed_it_is_made_once(string name, bool written, bool lost)
    {
        var kind = Kinds[name];
        for (var line = 1; ; line++)
        {
            var (cloud, id, change) = Arrange(kind);
            cloud.Faults = (operation, nth) => lost && operation == kind.Operation && nth == 1 ? Fault.Lost(after: true) : null;
            using var dying = new MemoryJournal(diesAt: line, written: written);
            try { await cloud.RunAsync(dying, Plan.Of([change])); }
            catch (IOException) when (dying.Died) { }
            if (!dying.Died) { Assert.True(line > 4, $"{line} lines"); break; }

            using var resumed = new MemoryJournal(dying.Bytes);
            var history = resumed.History;
            if (history.Planned is null) { Assert.Empty(cloud.Writes); continue; }
            var results = await cloud.ResumeAsync(history, resumed);
            Assert.All(results, result => Assert.True(result.Holds, $"line {line}: {result.Status} {result.Message}"));
            Assert.True(kind.Stands(cloud, id), $"line {line}");
            // Setting a contact again leaves the same behind and is not looked into before.
            Assert.InRange(cloud.Writes.Count(write => write == kind.Operation), 1, lost && name.EndsWith("contact", StringComparison.Ordinal) ? 2 : 1);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Taken_back_it_is_undone_proposed_or_listed_as_it_says_of_itself(string name)
    {
        var kind = Kinds[name];
        var (cloud, id, change) = Arrange(kind);
        using var journal = new MemoryJournal();
        Assert.Equal(ChangeStatus.Done, Assert.Single(await cloud.RunAsync(journal, Plan.Of([change]))).Status);
        Assert.True(kind.Stands(cloud, id));
        var undo = await cloud.UndoAsync(journal);
        if (kind.IsBack is null)
        {
            Assert.Empty(undo.Plan.Changes);
            var left = Assert.Single(undo.Left);
            Assert.Equal((kind.Left, id), (left.Outcome, left.ResourceId));
            Assert.NotEqual(Reversibility.Reversible, change.Reversibility);
            return;
        }
        using var back = new MemoryJournal();
        Assert.Equal(UndoOutcome.Undone, undo.ResultOf(Assert.Single(await cloud.RunAsync(back, undo.Plan))).Outcome);
        Assert.True(kind.IsBack(cloud, id));
        Assert.Equal(Reversibility.Reversible, change.Reversibility);
        Assert.Empty((await cloud.UndoAsync(back)).Left);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task An_undo_that_dies_at_any_line_and_is_resumed_ends_with_what_was(string name)
    {
        var kind = Kinds[name];
        for (var line = 1; kind.IsBack is not null; line++)
        {
            var (cloud, id, change) = Arrange(kind);
            using var journal = new MemoryJournal();
            await cloud.RunAsync(journal, Plan.Of([change]));
            using var dying = new MemoryJournal(diesAt: line, written: true);
            try { await cloud.RunAsync(dying, (await cloud.UndoAsync(journal)).Plan); }
            catch (IOException) when (dying.Died) { }
            if (!dying.Died) break;
            using var resumed = new MemoryJournal(dying.Bytes);
            if (resumed.History.Planned is null) continue;
            Assert.All(await cloud.ResumeAsync(resumed.History, resumed), result => Assert.True(result.Holds, $"line {line}: {result.Status} {result.Message}"));
            Assert.True(kind.IsBack(cloud, id), $"line {line}");
        }
    }

    [Theory]
    [InlineData("move")]
    [InlineData("tag")]
    [InlineData("rename")]
    [InlineData("replace contact")]
    [InlineData("close")]
    public async Task What_somebody_else_changes_before_it_is_made_stays_theirs_and_it_says_so(string name)
    {
        var (cloud, id, change) = Arrange(Kinds[name]);
        var theirs = cloud.AddUnit("Theirs");
        cloud.Place(id, name == "move" ? theirs.Id : FakeCloud.RootId);
        if (name is "rename" or "close") cloud.Rename(id, "theirs");
        await cloud.SetContactAsync(id, AlternateContactType.Billing, Old with { Phone = "2" }, CallScope.None);
        await cloud.SetTagsAsync(id, Facts.Of(("old", "theirs")), CallScope.None);
        var before = cloud.Writes.Count;
        using var journal = new MemoryJournal();
        var result = Assert.Single(await cloud.RunAsync(journal, Plan.Of([change])));
        Assert.Equal(ChangeStatus.Conflict, result.Status);
        Assert.Contains(name == "move" ? theirs.Id : name is "rename" or "close" ? "'theirs'" : name == "tag" ? "'theirs'" : "'2'", result.Message, StringComparison.Ordinal);
        Assert.NotNull(result.NextStep);
        // Of these only a move is known by AWS's own refusal.
        Assert.Equal(before + (name == "move" ? 1 : 0), cloud.Writes.Count);
    }

    private static AccountAccess Admins => new() { PrincipalType = PrincipalType.Group, Principal = "Admins", PermissionSet = "ReadOnly" };

    private static AccountReference At(Account account) => new(AccountChanges.AddressOf(account), account.Id, []);

    private static bool TagsAre(FakeCloud cloud, string id, params string[] keys) => cloud.TagsOf(id).Keys.Order(StringComparer.Ordinal).SequenceEqual(keys);

    private static (FakeCloud Cloud, string Id, Change Change) Arrange(Kind kind)
    {
        var cloud = new FakeCloud();
        cloud.AddUnit("Unit");
        var id = cloud.AddAccount("shop", "aws+shop@example.com", ours: false).Id;
        cloud.SetTagsAsync(id, Facts.Of(("keep", "x"), ("old", "1")), CallScope.None).Wait(CancellationToken.None);
        cloud.SetContactAsync(id, AlternateContactType.Billing, Old, CallScope.None).Wait(CancellationToken.None);
        cloud.Forget();
        return (cloud, id, kind.Make(cloud, cloud.Organization().AccountById(id)!));
    }

    /// <param name="Operation">The call that makes it.</param>
    /// <param name="IsBack">Whether it was taken back; null where it cannot be.</param>
    private sealed record Kind(
        string Operation, Func<FakeCloud, Account, Change> Make, Func<FakeCloud, string, bool> Stands, Func<FakeCloud, string, bool>? IsBack, UndoOutcome Left = UndoOutcome.Undone);
}
