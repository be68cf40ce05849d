using System.Text;

namespace Guardrails;

/// <summary>What the reader of templates needs to know of types, made once for all files from the module's data. It is never changed.</summary>
internal sealed class TemplateFacts
{
    private readonly Dictionary<string, TemplateType>.AlternateLookup<ReadOnlySpan<char>> _types;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _wanted;

    /// <param name="types">Each type once.</param>
    /// <param name="workloadTag">The key of the tag that names workloads; upper and lower case are the same.</param>
    public TemplateFacts(IEnumerable<ResourceTypeFacts> types, string workloadTag = "Workload")
    {
        WorkloadTag = workloadTag;
        var all = new Dictionary<string, TemplateType>(StringComparer.Ordinal);
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var facts in types)
        {
            all.Add(facts.Type, new TemplateType(facts));
            foreach (var property in (string?[])[facts.NameProperty, facts.VariantProperty, facts.SizeProperty])
            {
                if (property is not null) wanted.Add(property);
            }
        }
        _types = all.GetAlternateLookup<ReadOnlySpan<char>>();
        _wanted = wanted.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public string WorkloadTag { get; }

    /// <summary>What is known of a type; null where nothing is.</summary>
    public TemplateType? Of(ReadOnlySpan<char> type) => _types.TryGetValue(type, out var facts) ? facts : null;

    /// <summary>Whether any type's name, variant or size is in the property of that name.</summary>
    public bool IsWanted(ReadOnlySpan<char> property) => _wanted.Contains(property);
}

/// <summary>A type and the properties whose values are wanted of it.</summary>
internal sealed class TemplateType(ResourceTypeFacts facts)
{
    private readonly byte[] _name = Utf8(facts.NameProperty);
    private readonly byte[] _variant = Utf8(facts.VariantProperty);
    private readonly byte[] _size = Utf8(facts.SizeProperty);

    public ResourceTypeFacts Facts => facts;

    /// <summary>Whether the key that was read is a property whose value is wanted.</summary>
    public bool Wants<T>(ref T key)
        where T : IDocumentTokens, allows ref struct =>
        Is(ref key, _name) || Is(ref key, _variant) || Is(ref key, _size);

    private static bool Is<T>(ref T key, byte[] property)
        where T : IDocumentTokens, allows ref struct =>
        property.Length > 0 && key.TextIs(property);

    private static byte[] Utf8(string? property) => Encoding.UTF8.GetBytes(property ?? "");
}
