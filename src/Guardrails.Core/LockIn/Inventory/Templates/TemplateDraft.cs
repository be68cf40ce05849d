namespace Guardrails;

/// <summary>What a template's text refers to, before it is known what is a resource there.</summary>
/// <param name="Name">A number in <see cref="TemplateNames"/>.</param>
/// <param name="Loop">The innermost loop in which the reference stands.</param>
/// <param name="Property">In the Globals of SAM: the property whose whole value it is, by number; below 0 elsewhere.</param>
internal readonly record struct TemplateReference(int Name, TemplateLoop? Loop, int Property);

/// <summary>A resource, an output or a section of SAM's Globals while it is being read.</summary>
/// <param name="name">Its logical id as it is written, by number.</param>
/// <param name="loop">The innermost loop in which it stands.</param>
internal sealed class TemplateDraft(int name, TemplateLoop? loop)
{
    public int Name => name;

    public TemplateLoop? Loop => loop;

    public string? Type { get; set; }

    public TemplateType? Facts { get; set; }

    public List<TemplateReference> References { get; } = [];

    /// <summary>The names of imports.</summary>
    public List<(string Name, TemplateLoop? Loop)>? Imports { get; set; }

    /// <summary>The properties whose values may be wanted, with the values as far as they are text.</summary>
    public List<(string Property, string? Text)>? Texts { get; set; }

    /// <summary>All of its properties, by number; null where nothing asks for them.</summary>
    public List<int>? Properties { get; set; }

    public string? WorkloadKey { get; set; }

    public string? Workload { get; set; }

    /// <summary>In a SAM function: whether an event comes from the API that SAM makes where none is named.</summary>
    public bool UsesImplicitApi { get; set; }

    public bool UsesImplicitHttpApi { get; set; }

    public bool HasMacro { get; set; }

    /// <summary>In a connector: what it connects.</summary>
    public List<string>? Sources { get; set; }

    public List<string>? Destinations { get; set; }
}
