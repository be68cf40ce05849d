namespace Guardrails;

/// <summary>What is left of a change when a rollout is undone.</summary>
public enum UndoOutcome
{
    /// <summary>It was taken back.</summary>
    Undone,

    /// <summary>It would be taken back: the plan was shown and not run.</summary>
    Planned,

    /// <summary>It cannot be taken back by itself; the message says what a person can do.</summary>
    Proposed,

    /// <summary>It cannot be taken back.</summary>
    Irreversible,

    /// <summary>Taking it back was refused, or somebody else has changed the object since.</summary>
    Failed,
}

/// <summary>What became of one change of a rollout that was undone.</summary>
public sealed record UndoResult
{
    /// <summary>The change that was to be taken back.</summary>
    public required Change Change { get; init; }

    /// <summary>The object's id.</summary>
    public string? ResourceId { get; init; }

    /// <summary>How it ended.</summary>
    public required UndoOutcome Outcome { get; init; }

    /// <summary>What there is to say about it.</summary>
    public string? Message { get; init; }

    /// <summary>What to do about it.</summary>
    public string? NextStep { get; init; }
}

/// <summary>A rollout's undo: the opposites of its reversible changes as a plan of its own, last first, and what has none.</summary>
/// <param name="Of">The change that each change of the plan takes back, by id.</param>
/// <param name="Left">What cannot be taken back by itself.</param>
internal sealed record UndoPlan(Plan Plan, IReadOnlyDictionary<string, Change> Of, IReadOnlyList<UndoResult> Left)
{
    /// <summary>The undo of everything that the rollout really changed; what it found as it should be is left as it is.</summary>
    public static UndoPlan Make(RolloutHistory history, IReadOnlyList<ChangeKind> kinds)
    {
        var byKind = kinds.ToDictionary(kind => kind.Kind, StringComparer.Ordinal);
        var made = history.Planned?.Plan.Changes ?? [];
        var idAt = made.Where(change => history.Ended.GetValueOrDefault(change.Id)?.ResourceId is not null)
            .GroupBy(change => change.Address).ToDictionary(group => group.Key, group => history.Ended[group.First().Id].ResourceId!, StringComparer.Ordinal);
        var opposites = new List<Change>();
        var of = new Dictionary<string, Change>(StringComparer.Ordinal);
        var left = new List<UndoResult>();
        var dependents = made.SelectMany(change => change.DependsOn.Distinct(), (change, on) => (on, change.Id)).ToLookup(edge => edge.on, edge => edge.Id, StringComparer.Ordinal);
        var oppositeOf = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var change in made.Reverse())
        {
            if (history.Ended.GetValueOrDefault(change.Id) is not { Status: ChangeStatus.Done, ResourceId: { } id }) continue;
            var undo = byKind[change.Kind].UndoOf(change, id, address => idAt[address]);
            if (undo.Opposite is { } opposite)
            {
                // In the opposite order: what depended on this change goes first.
                opposites.Add(opposite with { DependsOn = [.. dependents[change.Id].Where(oppositeOf.ContainsKey).Select(later => oppositeOf[later])] });
                of[opposite.Id] = change;
                oppositeOf[change.Id] = opposite.Id;
                continue;
            }
            left.Add(new UndoResult
            {
                Change = change,
                ResourceId = id,
                Outcome = undo.Proposal is null ? UndoOutcome.Irreversible : UndoOutcome.Proposed,
                Message = undo.Proposal ?? "It cannot be taken back.",
            });
        }
        return new UndoPlan(Plan.Of(opposites), of, left);
    }

    /// <summary>The result of an opposite that was shown and not run.</summary>
    public UndoResult Planned(Change opposite) => new() { Change = Of[opposite.Id], ResourceId = opposite.ResourceId, Outcome = UndoOutcome.Planned };

    /// <summary>What the result of an opposite says of the change that it takes back.</summary>
    public UndoResult ResultOf(ChangeResult result) => new()
    {
        Change = Of[result.Change.Id],
        ResourceId = result.ResourceId,
        Outcome = result.Holds ? UndoOutcome.Undone : UndoOutcome.Failed,
        Message = result.Message,
        NextStep = result.NextStep,
    };
}
