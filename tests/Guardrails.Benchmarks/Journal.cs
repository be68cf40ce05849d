using System.Diagnostics;

namespace Guardrails.Benchmarks;

/// <summary>
/// What a rollout's journal costs, against the disk's own time: a plan of changes with one call each is run with a journal in a file and with one
/// that goes nowhere; then the same lines are appended to another file, each with its own flush to the disk, by nothing but that.
/// <para>cost: (time with the journal − time without) ÷ (records × time of one line's append and flush), the median of the rounds.</para>
/// </summary>
internal sealed class Journal : IBenchmark
{
    // Short rounds, so that what else the disk has to do falls on both sides alike.
    private const int Changes = 40;
    private const int Rounds = 31;
    private static readonly LaneLimits NoLimits = new(new Dictionary<string, int>());

    public string Name => "journal";

    public string Summary => "what the journal adds to a rollout, against appending and flushing as many lines";

    public async Task RunAsync(Figures figures, string folder)
    {
        var plan = PlanOf(figures.Smoke ? 5 : Changes);
        var store = new RolloutStore(folder);
        var ratios = new List<double>();
        var flushes = new List<double>();
        var records = 0;
        // The first round brings the code up to speed and is not counted.
        for (var round = 0; round <= (figures.Smoke ? 1 : Rounds); round++)
        {
            var without = await TimeAsync(plan, new RolloutJournal(Stream.Null));
            var journal = store.Create(TimeProvider.System);
            var with = await TimeAsync(plan, journal);
            var lines = Lines(journal.Path);
            records = lines.Count - 1;
            var flush = TimeOfFlushes(Path.Combine(folder, $"{round}.lines"), lines) / lines.Count;
            if (round == 0) continue;
            ratios.Add((with - without) / (records * flush));
            flushes.Add(flush);
        }
        figures.Bar("cost", Figures.Median(ratios), 1.1);
        figures.Note("records", records);
        figures.Note("one-flush-ms", Figures.Median(flushes));
    }

    private static Plan PlanOf(int count) => Plan.Of(Enumerable.Range(0, count).Select(i => new Change
    {
        Kind = OneCall.KindName,
        Action = "do",
        Address = $"{OneCall.KindName}:/Workloads/Team{i % 20}/account-{i}",
        After = Facts.Of(("name", $"account-{i}"), ("email", $"aws+account-{i}@example.com")),
        Reversibility = Reversibility.Reversible,
    }));

    /// <summary>Milliseconds of the rollout; the journal has its first line already.</summary>
    private static async Task<double> TimeAsync(Plan plan, RolloutJournal journal)
    {
        using (journal)
        {
            var executor = new RolloutExecutor([new OneCall()], NoLimits, TimeProvider.System);
            var watch = Stopwatch.StartNew();
            await foreach (var result in executor.RunAsync(plan, journal, "Benchmark", "o-benchmark", 16, CallScope.None))
                if (result.Status != ChangeStatus.Done) throw new InvalidOperationException(result.Message);
            return watch.Elapsed.TotalMilliseconds;
        }
    }

    private static List<byte[]> Lines(string path)
    {
        var lines = new List<byte[]>();
        var bytes = File.ReadAllBytes(path).AsSpan();
        for (int end; (end = bytes.IndexOf((byte)'\n')) >= 0; bytes = bytes[(end + 1)..]) lines.Add(bytes[..(end + 1)].ToArray());
        return lines;
    }

    private static double TimeOfFlushes(string path, List<byte[]> lines)
    {
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 });
        var watch = Stopwatch.StartNew();
        foreach (var line in lines)
        {
            file.Write(line);
            file.Flush(flushToDisk: true);
        }
        return watch.Elapsed.TotalMilliseconds;
    }

    /// <summary>A change that is one writing call, answered at once.</summary>
    private sealed class OneCall : ChangeKind
    {
        public const string KindName = "account";

        public override string Kind => KindName;

        public override async Task<ChangeOutcome> ApplyAsync(Change change, ChangeRun run)
        {
            await run.WriteAsync("organizations:MoveAccount", _ => Task.FromResult(change.Address), id => [("id", id)]);
            return new ChangeOutcome(ChangeStatus.Done, change.Address);
        }

        public override Undo UndoOf(Change change, string resourceId, Func<string, string> idAt) => new(null);
    }
}
