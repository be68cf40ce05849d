using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Checks policies for what AWS refuses, and for what does something else than its author wants.</summary>
/// <remarks>
/// <para>It checks files, texts and policy objects without a connection, and policies of the connected organization with -Policy; of these it
/// also checks how they are attached: levels that allow nothing, policies on the management account, room for another policy. Each finding
/// has the id of its rule, a severity, its line and column, what to do, and what other linters call it.</para>
/// <para>Service and resource control policies are checked in full, with all their actions and condition keys; other types for being JSON of
/// their form and for their length. Actions and keys are known from a data file of the module, made from AWS's service authorization
/// reference: a service that it does not know is information, not an error.</para>
/// <para>A file that cannot be read is an error about that file; the others are checked all the same. The policies of AWS are not checked.</para>
/// </remarks>
/// <example>
/// <title>The policies of a folder</title>
/// <code>Test-GuardrailPolicy policies/*.json</code>
/// </example>
/// <example>
/// <title>In a build: an error for each file with a warning or worse</title>
/// <code>Test-GuardrailPolicy policies -FailOn Warning -ExcludeRule GR-POL-013 -ErrorAction Stop</code>
/// </example>
/// <example>
/// <title>As a question</title>
/// <code>if (Test-GuardrailPolicy deny-regions.json -PolicyType SCP -Quiet) { 'sound' }</code>
/// </example>
/// <example>
/// <title>All policies of the organization, and how they are attached</title>
/// <code>Test-GuardrailPolicy -Policy *</code>
/// </example>
/// <example>
/// <title>A text that was just made</title>
/// <code>$text | Test-GuardrailPolicy -PolicyType RCP -Rule GR-RCP-*</code>
/// </example>
/// <seealso cref="GetGuardrailPolicyCommand"/>
[Cmdlet(VerbsDiagnostic.Test, "GuardrailPolicy", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PolicyFinding), typeof(bool))]
public sealed class TestGuardrailPolicyCommand : ConnectedCmdlet
{
    private const string PathSet = "Path";
    private const string InputSet = "InputObject";
    private const string PolicySet = "Policy";

    private readonly List<Func<PolicyDocument>> _documents = [];
    private string? _type;
    private RuleSelection _selection = RuleSelection.All;
    private bool _failed;

    /// <summary>Files with policies, or folders: of a folder every file whose name ends with .json. Wildcards name many.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>A policy from Get-GuardrailPolicy -Content, a file from Get-ChildItem, or a policy's text.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [ValidateNotNull]
    public object? InputObject { get; set; }

    /// <summary>Policies of the connected organization by name, id or ARN. Names may hold wildcards: * for all.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PolicySet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PolicyCompleter))]
    public string[] Policy { get; set; } = [];

    /// <summary>The type of the policies in files and texts, as AWS names it or short: SCP, RCP, tag, backup. Without it each is taken for what it looks like.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = InputSet)]
    [Alias("Type")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PolicyTypeCompleter))]
    public string? PolicyType { get; set; }

    /// <summary>Only these rules, by id or with wildcards: GR-SCP-*.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PolicyRuleCompleter))]
    public string[] Rule { get; set; } = [];

    /// <summary>Without these rules, by id or with wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PolicyRuleCompleter))]
    public string[] ExcludeRule { get; set; } = [];

    /// <summary>One answer for all instead of findings: true where nothing is as bad as -FailOn, without it as an error.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Report an error for each policy with findings that bad or worse. With -Quiet it is what the answer goes by.</summary>
    [Parameter]
    public FindingSeverity? FailOn { get; set; }

    /// <summary>Read the organization again, even if it was read before.</summary>
    [Parameter(ParameterSetName = PolicySet)]
    public SwitchParameter Refresh { get; set; }

    /// <inheritdoc/>
    private protected override bool NeedsConnection => ParameterSetName == PolicySet;

    /// <inheritdoc/>
    private protected override string Activity => "Checking policies";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _selection = new RuleSelection(Rule, ExcludeRule);
        if (_selection.Unused(PolicyLint.Rules.Select(rule => rule.Id)).FirstOrDefault() is { } unused)
            Fail(Errors.UnknownPolicyRule.Record($"There is no rule '{unused}'.", unused));
        _type = PolicyType is null ? null : PolicyTypes.Parse(PolicyType);
        if (PolicyType is not null && _type is null) Fail(Errors.UnknownPolicyType.Record($"'{PolicyType}' is no policy type.", PolicyType));
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var file in Path.SelectMany(Files)) AddFile(file);
        switch (InputObject is PSObject wrapped ? wrapped.BaseObject : InputObject)
        {
            case null:
                break;
            case OrganizationPolicy policy:
                AddPolicy(policy);
                break;
            case PolicyAttachment attachment:
                AddPolicy(attachment.Policy);
                break;
            case FileInfo file:
                AddFile(file.FullName);
                break;
            case string text:
                _documents.Add(() => PolicyReader.Read(text, _type));
                break;
            case var other:
                WriteError(Errors.NotAPolicy.Record($"A {other.GetType().Name} is no policy.", other));
                _failed = true;
                break;
        }
    }

    /// <inheritdoc/>
    private protected override async Task EndAsync(CallScope scope)
    {
        // A file's limits are those of the connection, if there is one: the user may have given quotas of his own.
        var limits = (HasConnection ? Connected.Quotas : ModuleQuotas.Read(null)).Policies;
        var lint = PolicyFacts.Lint(limits, _selection);
        if (ParameterSetName == PolicySet) await CheckOrganizationAsync(lint, scope);
        foreach (var read in _documents)
        {
            scope.Cancel.ThrowIfCancellationRequested();
            if (Read(read) is { } document) Tell(document.Source, lint.Check(document));
        }
        if (Quiet) Emit(!_failed);
    }

    private async Task CheckOrganizationAsync(PolicyLint lint, CallScope scope)
    {
        var organization = await ReadOrganizationAsync(OrganizationCompiler.Needed, Refresh, scope);
        var policies = new PolicyQuery { Policies = Policy }.Run(organization, out var notFound);
        foreach (var missing in notFound)
        {
            Report(Errors.Describe(missing));
            _failed = true;
        }
        foreach (var policy in policies.Where(policy => !policy.AwsManaged && policy.Content is not null)) _documents.Add(() => Document(policy));
        foreach (var finding in lint.Check(organization, policies)) Tell(finding.Source, [finding]);
    }

    private PolicyDocument? Read(Func<PolicyDocument> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Report(Errors.Describe(e));
            _failed = true;
            return null;
        }
    }

    private void Tell(string? source, IReadOnlyList<PolicyFinding> findings)
    {
        var bad = findings.Where(finding => finding.Severity >= (FailOn ?? FindingSeverity.Error)).ToList();
        _failed |= bad.Count > 0;
        if (Quiet) return;
        foreach (var finding in findings) Emit(finding);
        if (FailOn is { } severity && bad.Count > 0)
            Report(Errors.PolicyHasFindings.Record($"{source ?? "The policy"} has {bad.Count} {(bad.Count == 1 ? "finding" : "findings")} of {severity} or worse. The first: line {bad[0].Line}, {bad[0].Rule}: {bad[0].Message}", source));
    }

    private static PolicyDocument Document(OrganizationPolicy policy) => PolicyReader.Read(policy.Content!, policy.Type, policy.Name);

    private void AddFile(string file) => _documents.Add(() => PolicyReader.Read(File.ReadAllBytes(file), _type, file));

    private void AddPolicy(OrganizationPolicy policy)
    {
        if (policy.AwsManaged) return;
        if (policy.Content is not null)
        {
            _documents.Add(() => Document(policy));
            return;
        }
        WriteError(Errors.NotAPolicy.Record($"The policy {policy.Name} ({policy.Id}) was read without its document.", policy));
        _failed = true;
    }

    /// <summary>The files that a path means; a path that means none is an error about it, and the others are checked all the same.</summary>
    private IEnumerable<string> Files(string path)
    {
        var literal = FilePath(path);
        if (File.Exists(literal)) return [literal];
        if (Directory.Exists(literal)) return Directory.GetFiles(literal, "*.json").Order(StringComparer.Ordinal);
        if (Matches(path).Where(File.Exists).ToList() is { Count: > 0 } files) return files;
        WriteError(Errors.FileNotFound.Record($"There is no file '{literal}'.", path));
        _failed = true;
        return [];
    }
}
