namespace Guardrails;

/// <summary>Says for each loop of a template which values what stands in it is made with.</summary>
internal sealed class TemplateLoops(TemplateContent content)
{
    // A template makes at most 500 resources (CloudFormation quotas, read 2026-11-25); one that repeats more than this is damaged, or made to hurt.
    private const int Most = 20_000;
    private const int MostOfAll = 400_000;
    private readonly Dictionary<TemplateLoop, List<TemplateBinding?>> _bindings = [];
    private int _left = MostOfAll;

    /// <summary>Loops whose collections are only known at deployment: they count as one value.</summary>
    public SortedSet<string> Unknown { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether there was more to repeat than is repeated.</summary>
    public bool IsCut { get; private set; }

    /// <summary>All values of the loop and of those around it; one without values where there is none.</summary>
    public IReadOnlyList<TemplateBinding?> Of(TemplateLoop? loop)
    {
        if (loop is null) return [null];
        if (_bindings.TryGetValue(loop, out var known)) return known;
        var bindings = new List<TemplateBinding?>();
        foreach (var outer in Of(loop.Outer)) Bind(loop, outer, bindings);
        return _bindings[loop] = bindings;
    }

    /// <summary>All values of a loop within one pass of a loop around it.</summary>
    public IReadOnlyList<TemplateBinding?> Within(TemplateLoop loop, TemplateLoop? around, TemplateBinding? pass)
    {
        if (loop == around) return [pass];
        var bindings = new List<TemplateBinding?>();
        IReadOnlyList<TemplateBinding?> outers = loop.Outer is null ? [pass] : Within(loop.Outer, around, pass);
        foreach (var outer in outers) Bind(loop, outer, bindings);
        return bindings;
    }

    private void Bind(TemplateLoop loop, TemplateBinding? outer, List<TemplateBinding?> bindings)
    {
        foreach (var text in ValuesOf(loop))
        {
            if (bindings.Count >= Most || _left-- <= 0)
            {
                IsCut = true;
                return;
            }
            var value = text is null ? null : TemplateBinding.Apply(outer, text);
            bindings.Add(new TemplateBinding(loop.Identifier, value is null || TemplateLoop.IsPattern(value) ? null : value, outer));
        }
    }

    private List<string?> ValuesOf(TemplateLoop loop)
    {
        if (loop.Values is null && loop.Parameter is { } parameter && content.Parameters.GetValueOrDefault(content.Names.Find(parameter)) is { } list)
            loop.Values = [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        if (loop.Values is not null) return loop.Values;
        Unknown.Add(loop.Name);
        return [null];
    }
}
