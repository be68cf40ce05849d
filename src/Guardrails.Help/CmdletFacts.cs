namespace Guardrails.Help;

/// <summary>A cmdlet as its assembly declares it.</summary>
/// <param name="DocumentationId">The id of its class in the XML documentation: <c>T:Guardrails.Cmdlets.GetGuardrailAccountCommand</c>.</param>
internal sealed record CmdletFacts(
    string DocumentationId, string Verb, string Noun, bool SupportsShouldProcess, string? DefaultParameterSet,
    IReadOnlyList<ParameterFacts> Parameters, IReadOnlyList<string> OutputTypes)
{
    public string Name => $"{Verb}-{Noun}";

    /// <summary>The names of its parameter sets, the default one first; one empty name where it has none.</summary>
    public IReadOnlyList<string> ParameterSets { get; } = Sets(Parameters, DefaultParameterSet);

    private static List<string> Sets(IReadOnlyList<ParameterFacts> parameters, string? first)
    {
        var names = parameters.SelectMany(p => p.Uses).Select(use => use.Set).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        if (first is not null && names.Remove(first)) names.Insert(0, first);
        return names.Count == 0 ? [""] : names;
    }
}

/// <summary>A parameter of a cmdlet.</summary>
/// <param name="Type">The type as people write it in PowerShell, without Nullable: <c>string[]</c>.</param>
/// <param name="Uses">Once per parameter set that it belongs to by name, or once for all.</param>
internal sealed record ParameterFacts(
    string Name, string DocumentationId, string Type, IReadOnlyList<string> Aliases, bool SupportsWildcards, IReadOnlyList<ParameterUse> Uses)
{
    public bool IsSwitch => Type == "SwitchParameter";

    /// <summary>How it is used in a parameter set; null where it does not belong to it.</summary>
    public ParameterUse? In(string set) => Uses.FirstOrDefault(use => use.Set == set) ?? Uses.FirstOrDefault(use => use.Set is null);
}

/// <summary>How a parameter is used in a parameter set.</summary>
/// <param name="Set">The set's name; null for all of them.</param>
/// <param name="Position">From 0; null for a parameter that must be named.</param>
internal sealed record ParameterUse(string? Set, bool Mandatory, int? Position, bool FromPipeline, bool FromPipelineByPropertyName)
{
    /// <summary>As help files put it.</summary>
    public string PipelineInput => (FromPipeline, FromPipelineByPropertyName) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}
