using System.Text;
using Xunit;

namespace Guardrails.Core.Tests;

public sealed class RolloutJournalTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("guardrails-test-").FullName;

    private static readonly JournalRecord[] Records =
    [
        new RolloutOpened(At, "20261123T080000-abc123", "process 1", "0.1.0", Rehearsal: true),
        new RolloutPlanned(At, "New-GuardrailAccount", "o-test", 16, Plan.Of([Changes.Of("a") with { After = Facts.Of(("name", "ä\"\n`/")), Risk = ChangeRisk.Medium }, Changes.Of("b", dependsOn: ["a"])])),
        new CallAnnounced(At, "do a", "organizations:CreateAccount"),
        new CallAnswered(At, "do a", "organizations:CreateAccount", null, CallOutcome.NotDone, Facts.Of(("requestId", "car-1"))),
        new CallAnswered(At, "do a", "organizations:CreateAccount", "ServiceException", CallOutcome.Unknown, Facts.None),
        new ChangeEnded(At, "do a", ChangeStatus.Done, "111", "said", "WHY", "next", TimeSpan.FromMilliseconds(12.5)),
        new RolloutUndone(At, "20261123T090000-abc123", "/tmp/other.journal", "process 2"),
        new RolloutClosed(At, true),
    ];

    private string File_ => Path.Combine(_folder, "one.journal");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Every_record_reads_back_as_it_was_written()
    {
        foreach (var record in Records)
        {
            var line = JournalLine.Write(record);
            Assert.Equal((byte)'\n', line[^1]);
            Assert.Equal(1, line.Count(b => b == '\n'));
            Assert.Equal(line, JournalLine.Write(JournalLine.Read(line.AsMemory(0, line.Length - 1))));
        }
    }

    [Fact]
    public void A_journal_cut_at_any_byte_tells_what_its_whole_lines_tell()
    {
        var lines = Records.Select(JournalLine.Write).ToArray();
        var bytes = lines.SelectMany(line => line).ToArray();
        for (var length = 0; length <= bytes.Length; length++)
        {
            var history = MemoryJournal.HistoryOf(bytes[..length]);
            var whole = 0;
            for (var sum = lines[0].Length; sum <= length; sum += ++whole < lines.Length ? lines[whole].Length : int.MaxValue / 2) { }
            Assert.Equal(lines.Take(whole).Sum(line => line.Length), history.Length);
            Assert.Equal(whole >= 2, history.Planned is not null);
            Assert.Equal(whole >= 6, history.Ended.Count == 1);
        }
    }

    [Fact]
    public void A_line_that_was_cut_off_is_taken_away_when_the_rollout_is_resumed()
    {
        using (var journal = RolloutJournal.Create(File_, "r1", TimeProvider.System)) journal.Write(Records[1]);
        File.AppendAllText(File_, "{\"event\":\"call\",\"at\":\"2026");
        var (resumed, history) = RolloutJournal.Resume(File_, TimeProvider.System);
        using (resumed) resumed.Write(Records[2]);
        Assert.Equal("r1", history.RolloutId);
        Assert.Single(MemoryJournal.HistoryOf(File.ReadAllBytes(File_)).CallsOf("do a"));
    }

    [Theory]
    [InlineData("{\"event\":\"call\"}\n")]
    [InlineData("not json\n")]
    [InlineData("{\"event\":\"unheard-of\",\"at\":\"2026-11-23T08:00:00.0000000+00:00\"}\n")]
    [InlineData("{\"event\":\"opened\",\"format\":\"guardrails-journal/9\",\"at\":\"2026-11-23T08:00:00.0000000+00:00\"}\n")]
    public void A_damaged_line_in_the_middle_is_named_and_nothing_is_changed(string damaged)
    {
        var text = Encoding.UTF8.GetString(JournalLine.Write(Records[0])) + damaged + Encoding.UTF8.GetString(JournalLine.Write(Records[^1]));
        File.WriteAllText(File_, text);
        var error = Assert.Throws<InvalidDataException>(() => RolloutJournal.Resume(File_, TimeProvider.System));
        Assert.Contains("Line 2", error.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(File_));
    }

    [Fact]
    public void Of_two_runs_on_one_journal_one_goes_and_the_other_hears_who_holds_it_and_since_when()
    {
        using var first = RolloutJournal.Create(File_, "r1", TimeProvider.System);
        var held = Assert.Throws<RolloutHeldException>(() => RolloutJournal.Resume(File_, TimeProvider.System));
        Assert.Contains($"process {Environment.ProcessId}", held.Holder, StringComparison.Ordinal);
        Assert.NotNull(held.Since);
        Assert.True(RolloutJournal.IsHeld(File_));
    }

    [Fact]
    public void A_journal_can_be_read_while_a_process_is_at_it_and_is_its_owners_only()
    {
        var store = new RolloutStore(_folder);
        using var journal = store.Create(TimeProvider.System);
        journal.Write(Records[1]);
        var rollout = Assert.Single(store.List());
        Assert.Equal(RolloutState.Running, rollout.State);
        Assert.Equal(2, rollout.Changes);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(rollout.Path));
    }

    [Fact]
    public void A_rollout_whose_process_is_gone_is_interrupted()
    {
        var store = new RolloutStore(_folder);
        using (var journal = store.Create(TimeProvider.System)) journal.Write(Records[1]);
        Assert.Equal(RolloutState.Interrupted, Assert.Single(store.List()).State);
    }

    [Fact]
    public void The_newest_rollout_comes_first_also_among_those_of_one_second()
    {
        var (store, clock) = (new RolloutStore(_folder), new AutoTime());
        var made = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            using var journal = store.Create(clock);
            made.Insert(0, journal.RolloutId);
            clock.Pass(TimeSpan.FromMilliseconds(150));
        }
        Assert.Equal(made, store.List().Select(rollout => rollout.Id));
    }

    [Fact]
    public void A_damaged_journal_is_shown_with_what_is_wrong_with_it()
    {
        var store = new RolloutStore(_folder);
        using (var journal = store.Create(TimeProvider.System)) journal.Write(Records[1]);
        File.WriteAllText(Path.Combine(_folder, "zz.journal"), "not json\n");
        var rollouts = store.List().ToList();
        Assert.Equal(2, rollouts.Count);
        var damaged = rollouts.Single(rollout => rollout.Id == "zz");
        Assert.Equal(RolloutState.Unreadable, damaged.State);
        Assert.Contains("Line 1", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_whether_a_rollout_is_held_never_makes_it_look_held_to_another()
    {
        RolloutJournal.Create(File_, "r1", TimeProvider.System).Dispose();
        using var stop = new CancellationTokenSource();
        var looking = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var seen = 0;
            while (!stop.IsCancellationRequested) if (RolloutJournal.IsHeld(File_)) seen++;
            return seen;
        })).ToArray();
        Assert.False(RolloutJournal.IsHeld(File_));
        for (var i = 0; i < 100; i++) RolloutJournal.Resume(File_, TimeProvider.System).Journal.Dispose();
        await stop.CancelAsync();
        await Task.WhenAll(looking);
    }

    [Fact]
    public void A_journal_has_one_clock_from_its_first_line_on()
    {
        var clock = new AutoTime();
        using var journal = new RolloutStore(_folder).Create(clock);
        var rollout = RolloutStore.Read(journal.Path);
        Assert.Equal(clock.GetUtcNow(), rollout.StartedAt);
        Assert.StartsWith("20261123T000000-", rollout.Id, StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_write_that_failed_nothing_more_can_be_announced()
    {
        using var dying = new MemoryJournal(diesAt: 1);
        Assert.Throws<IOException>(() => dying.Journal.Write(Records[2]));
        Assert.Throws<IOException>(() => dying.Journal.Write(Records[2]));
    }

    [Fact]
    public void A_journal_never_takes_the_place_of_another_file()
    {
        File.WriteAllText(File_, "mine");
        Assert.Throws<IOException>(() => RolloutJournal.Create(File_, "r1", TimeProvider.System));
        Assert.Equal("mine", File.ReadAllText(File_));
    }
}
