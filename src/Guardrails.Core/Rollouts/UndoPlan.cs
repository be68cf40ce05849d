namespace Guardrails;

/// <summary>A rollout's undo: the opposites of its reversible changes as a plan of its own, last first, and what has none.</summary>
/// <param name="Of">The change that each change of the plan takes back, by id.</param>
/// <param name="Left">What cannot be taken back by itself, or need not.</param>
internal sealed record UndoPlan(Plan Plan, IReadOnlyDictionary<string, Change> Of, IReadOnlyList<UndoResult> Left)
{
    /// <summary>
    /// The undo of everything that the rollout changed or may have changed; what it found as it should be is left as it is. A change whose end
    /// nobody wrote down is looked for; its opposite looks too, and changes nothing where there is nothing to take back.
    /// </summary>
    /// <param name="earlier">What earlier rollouts have taken back of it: their ids, by the opposite's id.</param>
    public static async Task<UndoPlan> MakeAsync(
        RolloutHistory history, IReadOnlyList<ChangeKind> kinds, IReadOnlyDictionary<string, string> earlier, CallScope scope)
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
            var ended = history.Ended.GetValueOrDefault(change.Id);
            var uncertain = history.IsUncertain(change.Id);
            if (!uncertain && ended is not { Status: ChangeStatus.Done, ResourceId: not null }) continue;
            var kind = byKind[change.Kind];
            var (id, leftOver) = uncertain ? await LookAsync(kind, change, history, idAt, scope) : (ended!.ResourceId, null);
            // What has failed and left nothing behind was told when it failed.
            if (leftOver is { Outcome: UndoOutcome.Unchanged } && ended is not null) continue;
            if (leftOver is not null) left.Add(leftOver);
            if (id is null) continue;
            var undo = kind.UndoOf(change, id, address => idAt[address]);
            if (undo.Opposite is not { } opposite)
            {
                left.Add(Leave(change, id, undo.Proposal is null ? UndoOutcome.Irreversible : UndoOutcome.Proposed,
                    (uncertain ? "How it ended was not written down; it is there. " : "") + (undo.Proposal ?? "It cannot be taken back.")));
                continue;
            }
            if (earlier.TryGetValue(opposite.Id, out var by))
            {
                left.Add(Leave(change, id, UndoOutcome.Undone, $"Rollout {by} has taken it back already."));
                continue;
            }
            // In the opposite order: what depended on this change goes first.
            opposites.Add(opposite with { Fingerprint = Facts.None, DependsOn = [.. dependents[change.Id].Where(oppositeOf.ContainsKey).Select(later => oppositeOf[later])] });
            of[opposite.Id] = change;
            oppositeOf[change.Id] = opposite.Id;
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
        Outcome = result.Status switch
        {
            ChangeStatus.Done => UndoOutcome.Undone,
            ChangeStatus.Unchanged => UndoOutcome.Unchanged,
            _ => UndoOutcome.Failed,
        },
        Message = result.Message ?? (result.Status == ChangeStatus.Unchanged ? "It stands as it was before." : null),
        NextStep = result.NextStep,
    };

    private static async Task<(string? Id, UndoResult? LeftOver)> LookAsync(
        ChangeKind kind, Change change, RolloutHistory history, Dictionary<string, string> idAt, CallScope scope)
    {
        try
        {
            var trace = await kind.LookAsync(change, new Uncertain(history.CallsOf(change.Id), address => idAt.GetValueOrDefault(address)), scope);
            if (trace.UnderWay is { } what) return (null, Leave(change, trace.ResourceId, UndoOutcome.Proposed, $"{what} Undo the rollout again when it has ended."));
            return trace.ResourceId is { } id ? (id, null) : (null, Leave(change, null, UndoOutcome.Unchanged, "It was announced and never made: there is nothing to take back."));
        }
        catch (CloudException e)
        {
            var unknown = $"How it ended was not written down, and could not be found out: {e.Operation}: {e.Message}";
            return (null, Leave(change, change.ResourceId, UndoOutcome.Failed, unknown, e.NextStep ?? "Undo the rollout again when AWS answers."));
        }
    }

    private static UndoResult Leave(Change change, string? id, UndoOutcome outcome, string message, string? nextStep = null) =>
        new() { Change = change, ResourceId = id, Outcome = outcome, Message = message, NextStep = nextStep };
}
