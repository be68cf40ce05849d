using System.Collections.Concurrent;

namespace Guardrails;

/// <summary>What a rollout knows while it runs: the ids of the objects that its changes made or found, by address.</summary>
internal sealed class RolloutState
{
    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.Ordinal);

    public void Made(string address, string id) => _ids[address] = id;

    /// <summary>The id of the object that the change is about, or that an earlier change of the plan made.</summary>
    public string IdOf(Change change) => change.ResourceId ?? IdAt(change.Address);

    /// <summary>The id at an address.</summary>
    /// <exception cref="InvalidOperationException">Nothing of that address was made: the planner forgot a dependency.</exception>
    public string IdAt(string address) => _ids.TryGetValue(address, out var id)
        ? id
        : throw new InvalidOperationException($"The rollout needs the id of '{address}', which no finished change has made.");
}
