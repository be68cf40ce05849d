using System.Text.Json;

namespace Guardrails;

/// <summary>What a journal tells of a rollout so far.</summary>
internal sealed class RolloutHistory
{
    private readonly Dictionary<string, ChangeEnded> _ended = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<JournaledCall>> _calls = new(StringComparer.Ordinal);

    private readonly List<RolloutUndone> _undone = [];

    private RolloutHistory(IEnumerable<JournalRecord> records, long length)
    {
        Length = length;
        foreach (var record in records) Take(record);
    }

    /// <summary>Bytes up to the end of the last whole line.</summary>
    public long Length { get; }

    /// <summary>The last time that a process took it up; null in an empty journal.</summary>
    public RolloutOpened? Opened { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>Null where the rollout ended before its plan was on the disk: then nothing happened.</summary>
    public RolloutPlanned? Planned { get; private set; }

    /// <summary>How it was put down; null where a process holds it or has died with it.</summary>
    public RolloutClosed? Closed { get; private set; }

    /// <summary>The rollouts that have begun to take this one back, the first one first.</summary>
    public IReadOnlyList<RolloutUndone> Undone => _undone;

    /// <summary>Who had it last; null in an empty journal.</summary>
    public string? Holder { get; private set; }

    /// <summary>Since when; null in an empty journal.</summary>
    public DateTimeOffset? HeldSince { get; private set; }

    public string RolloutId => Opened?.RolloutId ?? "";

    /// <summary>It was begun on a sandbox: no process goes on with it on the organization itself, nor the other way round.</summary>
    public bool Rehearsal { get; private set; }

    public IReadOnlyDictionary<string, ChangeEnded> Ended => _ended;

    /// <summary>The changes that need nothing more.</summary>
    public IEnumerable<ChangeEnded> Finished => _ended.Values.Where(ended => ended.Status is ChangeStatus.Done or ChangeStatus.Unchanged);

    /// <summary>True where the change was announced and it is not known how it ended: look before anything is built on it.</summary>
    public bool IsUncertain(string change) =>
        _ended.GetValueOrDefault(change)?.Status is not (ChangeStatus.Done or ChangeStatus.Unchanged) && CallsOf(change).Any(call => call.MayHaveHappened);

    public IReadOnlyList<JournaledCall> CallsOf(string change) => _calls.TryGetValue(change, out var calls) ? calls : [];

    /// <exception cref="InvalidDataException">It is not a journal, or a line other than the last is damaged.</exception>
    public static RolloutHistory Read(Stream file, string path)
    {
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        var bytes = copy.GetBuffer().AsMemory(0, (int)copy.Length);
        var records = new List<JournalRecord>();
        var start = 0;
        for (int end; (end = bytes.Span[start..].IndexOf((byte)'\n')) >= 0; start += end + 1)
        {
            try
            {
                records.Add(JournalLine.Read(bytes.Slice(start, end)));
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or ArgumentException or InvalidOperationException or PlanException)
            {
                throw new InvalidDataException($"Line {records.Count + 1} of '{path}' is not a line of a rollout's journal: {e.Message}", e);
            }
        }
        return new RolloutHistory(records, start);
    }

    private void Take(JournalRecord record)
    {
        switch (record)
        {
            case RolloutOpened opened:
                (Opened, Closed, Holder, HeldSince) = (opened, null, opened.Holder, opened.At);
                StartedAt ??= opened.At;
                Rehearsal |= opened.Rehearsal;
                break;
            case RolloutPlanned planned:
                Planned = planned;
                break;
            case CallAnnounced call:
                if (!_calls.TryGetValue(call.Change, out var calls)) _calls[call.Change] = calls = [];
                calls.Add(new JournaledCall(call, null));
                break;
            case CallAnswered answer when _calls.TryGetValue(answer.Change, out var asked):
                var open = asked.FindLastIndex(one => one.Answer is null && one.Announced.Operation == answer.Operation);
                if (open >= 0) asked[open] = asked[open] with { Answer = answer };
                break;
            case ChangeEnded ended:
                _ended[ended.Change] = ended;
                break;
            case RolloutUndone undone:
                _undone.Add(undone);
                (Holder, HeldSince) = (undone.Holder, undone.At);
                break;
            case RolloutClosed closed:
                Closed = closed;
                break;
        }
    }
}

/// <param name="Answer">Null where the process died before it came: the call may have happened.</param>
internal sealed record JournaledCall(CallAnnounced Announced, CallAnswered? Answer)
{
    public bool MayHaveHappened => Answer is null || Answer.Error is null || Answer.Outcome == CallOutcome.Unknown;
}
