using System.Collections.Concurrent;

namespace Guardrails;

/// <summary>The ids of the objects that a rollout's changes made or found, by address.</summary>
internal sealed class MadeObjects
{
    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.Ordinal);

    public void Made(string address, string id) => _ids[address] = id;

    /// <exception cref="InvalidOperationException">Nothing of that address was made: the planner forgot a dependency.</exception>
    public string IdAt(string address) => _ids.TryGetValue(address, out var id)
        ? id
        : throw new InvalidOperationException($"The rollout needs the id of '{address}', which no finished change has made.");
}
