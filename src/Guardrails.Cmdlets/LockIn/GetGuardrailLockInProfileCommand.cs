using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Gets lock-in profiles: how strongly a type of resource holds its user, for each place that a workload could go to.</summary>
/// <remarks>
/// <para>A profile says how far another product takes the same calls (Api), how the data gets out (Export), what runs in it (Artefact), and
/// what could take its place. Each value has a grade: A measured, B documented, C judgement, and names its page or reasoning, with a date.
/// Format-List shows them. A type without a profile of its own gives that of its family, marked so; a type that joins others, such as an
/// association or a permission, has no levels: only its couplings cost.</para>
/// <para>Profiles are data of the module. A file of your own goes before them: it may correct a value, add types, variants, families,
/// alternatives and constants. It has the form of the files in module/data/lockin, and every mistake in it is told with line and column.</para>
/// <para>It needs no connection.</para>
/// </remarks>
/// <example>
/// <title>What is known of one type</title>
/// <code>Get-GuardrailLockInProfile AWS::SQS::Queue | Format-List</code>
/// </example>
/// <example>
/// <title>What speaks against leaving for Azure</title>
/// <code>foreach ($one in Get-GuardrailLockInProfile AWS::* -Target Azure) { if ($one.Api.Value -eq 'Redesign') { $one } }</code>
/// </example>
/// <example>
/// <title>How much of it is documented, how much is judgement</title>
/// <code>Get-GuardrailLockInProfile -Summary</code>
/// </example>
/// <example>
/// <title>With corrections of one's own</title>
/// <code>Get-GuardrailLockInProfile AWS::RDS::DBInstance -Variant postgres -ProfilePath ./lock-in.yaml</code>
/// <para>The file could say:</para>
/// <para>asOf: 2026-11-25</para>
/// <para>profiles: { AWS::RDS::DBInstance: { variants: { postgres: { azure: { api: { is: compatible-implementation, grade: A, source: 'https://wiki.example/trial' } } } } } }</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "GuardrailLockInProfile")]
[OutputType(typeof(LockInProfile), typeof(LockInProfileSummary))]
public sealed class GetGuardrailLockInProfileCommand : AsyncCmdlet
{
    private readonly List<(string Type, string? Variant)> _asked = [];
    private readonly List<string> _paths = [];
    private bool _nothingCame = true;

    /// <summary>Types as CloudFormation names them, or as Terraform does. Wildcards stand for types that have a profile of their own. All of these without it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LockInTypeCompleter))]
    public string[]? Type { get; set; }

    /// <summary>Only for these targets: OpenSource, Azure, GoogleCloud, OtherAwsService.</summary>
    [Parameter]
    public LockInTarget[] Target { get; set; } = [];

    /// <summary>Only that variant of the types, such as Image or postgres. Wildcards name several. A variant that has no profile of its own gives that of its type.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LockInVariantCompleter))]
    public string? Variant { get; set; }

    /// <summary>Files of your own with profiles, families, alternatives or constants, which go before the module's. Two of them can't say the same.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ProfilePath { get; set; } = [];

    /// <summary>Return how many of the values are measured, documented and judged, for each target, instead of the profiles.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <inheritdoc/>
    private protected override string Activity => "Reading lock-in profiles";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        foreach (var path in ProfilePath) _paths.Add(ExistingFile(path));
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _nothingCame = false;
        foreach (var type in Type ?? ["*"]) _asked.Add((type, string.IsNullOrEmpty(Variant) ? null : Variant));
    }

    /// <inheritdoc/>
    private protected override Task EndAsync(CallScope scope)
    {
        // An empty pipeline asks for nothing, not for everything.
        if (_nothingCame) return Task.CompletedTask;
        var facts = LockInData.Facts(_paths);
        var query = new LockInProfileQuery(facts, Target);
        if (Summary)
        {
            foreach (var summary in query.Summarize([.. _asked.Select(one => one.Type).Distinct(StringComparer.Ordinal)])) Emit(summary);
            return Task.CompletedTask;
        }
        var seen = new HashSet<(string, string?, LockInTarget)>();
        foreach (var (type, variant) in _asked.Distinct())
        {
            var found = query.Find(CloudFormationName(type), variant);
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(type)) Report(Unknown(type, facts));
            foreach (var profile in found)
            {
                if (seen.Add((profile.Type, profile.Variant, profile.Target))) Emit(profile);
            }
        }
        return Task.CompletedTask;
    }

    // Terraform's names are in small letters; they are a file of their own, read only when they are needed.
    private string CloudFormationName(string type) => type.StartsWith("aws_", StringComparison.Ordinal) ? LockInData.Types(_paths).OfTerraform(type) : type;

    private static ErrorRecord Unknown(string type, LockInFacts facts)
    {
        var near = DocumentFields.Near(type, facts.Profiles.Select(profile => profile.Type).Distinct(StringComparer.Ordinal));
        return Errors.UnknownLockInType.Record($"Nothing is known of the type '{type}'.{(near is null ? "" : $" '{near}' may be meant.")}", type);
    }
}
