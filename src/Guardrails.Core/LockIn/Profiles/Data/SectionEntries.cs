namespace Guardrails;

/// <summary>What several files say of the same names: once in the module's files, and once in the user's own, which replace it.</summary>
internal sealed class SectionEntries<T> where T : class
{
    private readonly Dictionary<string, (T Value, bool IsOwn, DocumentFields At)> _entries = new(StringComparer.Ordinal);

    /// <summary>Ordered by name.</summary>
    public IEnumerable<KeyValuePair<string, T>> All => _entries.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => KeyValuePair.Create(one.Key, one.Value.Value));

    public IEnumerable<T> Values => All.Select(one => one.Value);

    public T? this[string name] => _entries.TryGetValue(name, out var entry) ? entry.Value : null;

    /// <summary>Where it is said.</summary>
    public DocumentFields At(string name) => _entries[name].At;

    /// <summary>Adds what a file says; the same name twice in the module's files, or twice in the user's, is a finding.</summary>
    public void Add(LockInDataFile file, string name, DocumentFields at, T value)
    {
        if (_entries.TryGetValue(name, out var there) && there.IsOwn == file.IsOwn && !ReferenceEquals(there.At.Mapping, at.Mapping))
        {
            at.Find(at.Mapping, $"'{name}' is in {there.At.File} as well, on line {there.At.Mapping.Line}.");
            return;
        }
        _entries[name] = (value, file.IsOwn, at);
    }
}
