namespace Guardrails;

/// <summary>The names of one template, each once, as numbers from 0 on.</summary>
internal sealed class TemplateNames
{
    // Of resources, parameters and outputs; more make it grow.
    private const int Usual = 30;
    private readonly Dictionary<string, int> _numbers = new(Usual, StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _texts = new(Usual);

    public TemplateNames() => _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => _texts.Count;

    public string this[int number] => _texts[number];

    public int Number(ReadOnlySpan<char> name)
    {
        if (_lookup.TryGetValue(name, out var number)) return number;
        var text = name.ToString();
        _texts.Add(text);
        return _numbers[text] = _texts.Count - 1;
    }

    /// <summary>The number of a name; below 0 where it is none of them.</summary>
    public int Find(ReadOnlySpan<char> name) => _lookup.TryGetValue(name, out var number) ? number : -1;
}
