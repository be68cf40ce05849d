namespace Guardrails;

/// <summary>What was read of a template, before it is known what in it is a resource.</summary>
internal sealed class TemplateContent(TemplateFacts facts)
{
    public TemplateFacts Facts => facts;

    public TemplateNames Names { get; } = new();

    /// <summary>Whether there is a section of resources: without it the file is no template.</summary>
    public bool HasResources { get; set; }

    /// <summary>Whether it could not be read to its end.</summary>
    public bool IsDamaged { get; set; }

    public List<TemplateDraft> Resources { get; } = [];

    /// <summary>The outputs that are exported: what is behind each, and the export's name, null where it is only made at deployment.</summary>
    public List<(TemplateDraft Value, string? Name)> Exports { get; } = [];

    /// <summary>The sections of SAM's Globals: <c>Function</c> stands for every <c>AWS::Serverless::Function</c>.</summary>
    public Dictionary<string, TemplateDraft> Globals { get; } = new(StringComparer.Ordinal);

    /// <summary>The parameters, by number of their names; with the literal default of a list of texts.</summary>
    public Dictionary<int, string?> Parameters { get; } = [];

    /// <summary>Whether a macro that is not AWS's own works on the whole template.</summary>
    public bool HasMacro { get; set; }

    /// <summary>All loops, wherever they stand.</summary>
    public IReadOnlyList<TemplateLoop> Loops { get; set; } = [];

    /// <summary>Imports whose names are only made at deployment.</summary>
    public int UnknownImports { get; set; }

    public List<InventoryGap> Gaps { get; } = [];
}
