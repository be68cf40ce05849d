namespace Guardrails;

/// <summary>Says what the references of a template mean, and collects those of one resource at a time, each once.</summary>
internal sealed class TemplateTargets
{
    private const int Nothing = -1;
    private const int NotAsked = -2;
    private readonly TemplateNames _names;

    /// <summary>Resources that others are made of.</summary>
    private readonly HashSet<int> _makers = [];
    private readonly HashSet<string> _identifiers = new(StringComparer.Ordinal);
    private readonly TemplateContent _content;
    private readonly bool[] _isResource;

    /// <summary>By number: the number of what is meant, or that it is nothing.</summary>
    private readonly int[] _meant;

    /// <summary>By number: for which resource it was collected last.</summary>
    private readonly int[] _collectedFor;

    /// <summary>Names that only came to be in loops and that nothing in the template has: they stay what they are.</summary>
    private readonly SortedSet<string> _strangers = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _imports = new(StringComparer.Ordinal);
    private readonly List<int> _collected = [];
    private int _turn;
    private int _self;

    public TemplateTargets(TemplateContent content, List<(TemplateDraft Draft, TemplateBinding? Pass, int Id)> made)
    {
        _content = content;
        _names = content.Names;
        _isResource = new bool[_names.Count];
        _meant = new int[_names.Count];
        _collectedFor = new int[_names.Count];
        Array.Fill(_meant, NotAsked);
        foreach (var loop in content.Loops) _identifiers.Add(loop.Identifier);
        foreach (var (draft, _, id) in made)
        {
            _isResource[id] = true;
            if (TemplateTypes.MakesOthers(draft.Type!)) _makers.Add(id);
        }
    }

    /// <summary>The number of a name; below 0 where nothing in the template has it.</summary>
    public int Number(string name) => _names.Find(name);

    /// <param name="self">The resource whose references are collected, by number.</param>
    public void Begin(int self)
    {
        _turn++;
        _self = self;
        _collected.Clear();
        _strangers.Clear();
        _imports.Clear();
    }

    public void Add(int name)
    {
        var target = Meant(name);
        if (target == Nothing || target == _self || _collectedFor[target] == _turn) return;
        _collectedFor[target] = _turn;
        _collected.Add(target);
    }

    public void Add(string name)
    {
        var number = _names.Find(name);
        if (number >= 0) Add(number);
        else if (!_identifiers.Contains(name)) _strangers.Add(name);
    }

    public void AddImport(string name) => _imports.Add(name);

    /// <summary>What was collected, ordered.</summary>
    public List<SightedReference> End()
    {
        if (_collected.Count + _strangers.Count + _imports.Count == 0) return [];
        var references = new List<SightedReference>(_collected.Count + _strangers.Count + _imports.Count);
        foreach (var target in _collected) references.Add(new SightedReference(_names[target]));
        foreach (var stranger in _strangers) references.Add(new SightedReference(stranger));
        foreach (var import in _imports) references.Add(new SightedReference(import, IsImport: true));
        references.Sort((a, b) => string.CompareOrdinal(a.Target, b.Target) is var order and not 0 ? order : a.IsImport.CompareTo(b.IsImport));
        return references;
    }

    /// <summary>The one resource among what was collected; null where there is none, or more.</summary>
    public string? OnlyResource()
    {
        string? only = null;
        foreach (var target in _collected)
        {
            if (!_isResource[target]) continue;
            if (only is not null) return null;
            only = _names[target];
        }
        return only;
    }

    private int Meant(int name)
    {
        ref var meant = ref _meant[name];
        if (meant == NotAsked) meant = Find(name);
        return meant;
    }

    private int Find(int name)
    {
        if (_isResource[name]) return name;
        if (_content.Parameters.ContainsKey(name) || _identifiers.Contains(_names[name])) return Nothing;
        return Maker(_names[name]) ?? name;
    }

    // What SAM or a module makes has a logical id that begins with the resource's or the module's own: FunctionRole, ApiProdStage, NetworkVPC
    // (SAM, generated resources; CloudFormation, referencing resources in a module; read 2026-11-25).
    private int? Maker(string name)
    {
        if (_makers.Count == 0) return null;
        for (var length = name.Length - 1; length > 0; length--)
        {
            if (_names.Find(name.AsSpan(0, length)) is >= 0 and var maker && _makers.Contains(maker)) return maker;
        }
        return null;
    }
}
