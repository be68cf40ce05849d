using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Guardrails.Cmdlets;

/// <summary>Says what the organization's service and resource control policies make of requests.</summary>
/// <remarks>
/// <para>The outcome is Denied, NotDenied or Indeterminate. Service control policies follow the account of the principal, resource control
/// policies that of the resource. What is not said of a request is not known, and makes the outcome Indeterminate where it matters:
/// <see cref="Explain"/> lists it. Say of a condition key that it is absent by giving $null. Identity and resource policies are not looked at:
/// NotDenied does not mean allowed.</para>
/// <para>Where an account is given and no principal, an ordinary identity of that account is meant, no service-linked role.</para>
/// <para>CloudTrail records, from the pipeline or from <see cref="CloudTrailPath"/>, are turned into requests. Only API calls are, and of
/// these only those that did not fail. A record never says principal tags, resource tags and most keys of services.</para>
/// <para>With <see cref="Policy"/> drafts are tried: nothing is changed in the organization.</para>
/// </remarks>
/// <example>
/// <title>May a role in an account start instances in that region?</title>
/// <code>Test-GuardrailAccess ec2:RunInstances -Account shop-prod -Context @{ 'aws:RequestedRegion' = 'us-east-1' } -Explain</code>
/// </example>
/// <example>
/// <title>A resource of another account</title>
/// <code>Test-GuardrailAccess s3:GetObject -Resource arn:aws:s3:::invoices/2026 -ResourceAccount billing -PrincipalArn arn:aws:iam::111122223333:role/Reader</code>
/// </example>
/// <example>
/// <title>What would a draft have denied last week?</title>
/// <code>foreach ($one in Test-GuardrailAccess -CloudTrailPath ./trail/*.json.gz -Policy ./deny-regions.json -Target /Workloads) {
///     if ($one.Outcome -eq 'Denied') { $one }
/// }</code>
/// </example>
/// <example>
/// <title>From CloudTrail records in the pipeline</title>
/// <code>(ConvertFrom-Json (Get-Content -Raw ./trail.json)).Records | Test-GuardrailAccess -Explain</code>
/// </example>
/// <seealso cref="GetGuardrailEffectivePolicyCommand"/>
/// <seealso cref="CompareGuardrailPolicyCommand"/>
[Cmdlet(VerbsDiagnostic.Test, "GuardrailAccess", DefaultParameterSetName = ActionSet)]
[OutputType(typeof(AccessDecision))]
public sealed class TestGuardrailAccessCommand : ConnectedCmdlet
{
    private const string ActionSet = "Action";
    private const string InputSet = "InputObject";
    private const string CloudTrailSet = "CloudTrail";

    private readonly List<PSObject> _inputs = [];
    private string[] _trails = [];
    private string[] _drafts = [];

    /// <summary>The actions, such as s3:GetObject, without wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ActionSet)]
    [ValidateNotNullOrEmpty]
    public string[] Action { get; set; } = [];

    /// <summary>Requests, or CloudTrail records as ConvertFrom-Json makes them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>CloudTrail log files, plain or compressed by gzip. Wildcards name many.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CloudTrailSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] CloudTrailPath { get; set; } = [];

    /// <summary>The principal's account, by name, path, id or ARN. Without it the one in -PrincipalArn. A 12-digit id may be of an account outside the organization.</summary>
    [Parameter(ParameterSetName = ActionSet)]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public AccountIdentity? Account { get; set; }

    /// <summary>The resource's account, by name, path, id or ARN. Without it the one in -Resource. A 12-digit id may be of an account outside the organization.</summary>
    [Parameter(ParameterSetName = ActionSet)]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public AccountIdentity? ResourceAccount { get; set; }

    /// <summary>The resource's ARN, or * for an action on no certain resource. Without it the resource is not known.</summary>
    [Parameter(ParameterSetName = ActionSet)]
    [ValidateNotNullOrEmpty]
    public string? Resource { get; set; }

    /// <summary>The principal's ARN: of a session the role's, not the session's. A service principal such as cloudtrail.amazonaws.com as well.</summary>
    [Parameter(ParameterSetName = ActionSet)]
    [ValidateNotNullOrEmpty]
    public string? PrincipalArn { get; set; }

    /// <summary>Condition keys and their values; a list for a key with many values, $null for a key that is absent. Other keys are not known.</summary>
    [Parameter(ParameterSetName = ActionSet)]
    [ValidateNotNull]
    public IDictionary? Context { get; set; }

    /// <summary>Whether the resource is a KMS key that AWS manages: resource control policies don't bind those.</summary>
    [Parameter(ParameterSetName = ActionSet)]
    public bool? AwsManagedKey { get; set; }

    /// <summary>Files with drafts of policies. Each takes the place of the policy with the file's name, or is attached to -Target.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Policy { get; set; } = [];

    /// <summary>Where the drafts are attached: organizational units or accounts, by name, path, id or ARN.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(OrganizationalUnitCompleter))]
    public string[] Target { get; set; } = [];

    /// <summary>Also say why: the deciding level, policy, statement and conditions, and everything that is missing.</summary>
    [Parameter]
    public SwitchParameter Explain { get; set; }

    /// <summary>Read the organization again, even if it was read before.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <inheritdoc/>
    private protected override string Activity => "Deciding requests";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _drafts = [.. Policy.Select(ExistingFile)];
        _trails = [.. CloudTrailPath.SelectMany(Files)];
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null) _inputs.Add(InputObject);
    }

    /// <inheritdoc/>
    private protected override async Task EndAsync(CallScope scope)
    {
        if (ParameterSetName == InputSet && _inputs.Count == 0) return;
        var organization = await ReadOrganizationAsync(OrganizationCompiler.Needed, Refresh, scope);
        var targets = Target.Select(target => TargetId(organization, target)).ToList();
        var drafts = _drafts.Select(file => DraftPolicies.Draft(file, organization, targets)).ToList();
        var evaluator = new AccessEvaluator(OrganizationCompiler.Compile(organization, PolicyFacts.ResourceControls, drafts));
        var (replayed, passedOver) = (0, 0);
        foreach (var (request, recorded) in Requests(organization))
        {
            scope.Cancel.ThrowIfCancellationRequested();
            if (recorded?.NotReplayed is not null)
            {
                passedOver++;
                continue;
            }
            if (request is null) continue;
            replayed++;
            var decision = Explain ? AccessExplainer.Explain(evaluator, request) : new AccessDecision { Request = request, Outcome = evaluator.Decide(request) };
            Emit(decision with { Recorded = recorded });
        }
        if (passedOver > 0) Say(string.Create(CultureInfo.InvariantCulture, $"{replayed} requests decided; {passedOver} recorded calls passed over, because they failed or no policy decides them."));
    }

    private IEnumerable<(AccessRequest? Request, RecordedCall? Recorded)> Requests(Organization organization) => ParameterSetName switch
    {
        ActionSet => Given(organization),
        CloudTrailSet => _trails.SelectMany(ReadTrail).SelectMany(Each),
        _ => _inputs.SelectMany(FromInput),
    };

    private IEnumerable<(AccessRequest? Request, RecordedCall? Recorded)> Given(Organization organization)
    {
        var account = AccountId(organization, Account);
        var resourceAccount = AccountId(organization, ResourceAccount);
        ContextKey[] context = [.. (Context?.Keys.Cast<object>() ?? []).Select(key => Key(key.ToString()!, Context![key]))];
        foreach (var action in Action)
        {
            AccessRequest request;
            try
            {
                request = new AccessRequest(action)
                {
                    PrincipalArn = PrincipalArn,
                    Resource = Resource,
                    AwsManagedKey = AwsManagedKey,
                    Context = context,
                };
            }
            catch (ArgumentException e)
            {
                Report(Errors.InvalidRequest.Record(e, action));
                continue;
            }
            yield return (request.With(account, resourceAccount), null);
        }
    }

    private IEnumerable<(AccessRequest? Request, RecordedCall? Recorded)> FromInput(PSObject input)
    {
        if (input.BaseObject is AccessRequest request) return [(request, null)];
        if (input.BaseObject is AccessDecision decision) return [(decision.Request, decision.Recorded)];
        if (input.BaseObject is RecordedCall recorded) return Each(recorded);
        try
        {
            using var json = JsonDocument.Parse(ToJson(input)?.ToJsonString() ?? "null");
            return PolicyFacts.CloudTrail.Read(json.RootElement) is { } call ? Each(call) : [];
        }
        catch (JsonException e)
        {
            Report(Errors.NotACloudTrailRecord.Record(e, input));
            return [];
        }
    }

    private IReadOnlyList<RecordedCall> ReadTrail(string file)
    {
        try
        {
            return PolicyFacts.CloudTrail.ReadFile(file);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            Report(Errors.NotACloudTrailRecord.Record(new JsonException($"'{file}' is no CloudTrail log: {e.Message}", e), file));
            return [];
        }
    }

    private static IEnumerable<(AccessRequest? Request, RecordedCall? Recorded)> Each(RecordedCall call) =>
        call.Requests.Count == 0 ? [(null, call)] : call.Requests.Select(request => ((AccessRequest?)request, (RecordedCall?)call));

    /// <summary>What ConvertFrom-Json made of a record, as JSON again. It turns times into dates.</summary>
    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        PSObject { BaseObject: PSCustomObject } item => new JsonObject(item.Properties.Select(property => KeyValuePair.Create(property.Name, ToJson(property.Value)))),
        PSObject item => ToJson(item.BaseObject),
        string text => JsonValue.Create(text),
        DateTime time => JsonValue.Create(time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
        bool flag => JsonValue.Create(flag),
        IDictionary map => new JsonObject(map.Keys.Cast<object>().Select(key => KeyValuePair.Create(key.ToString()!, ToJson(map[key])))),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(ToJson)]),
        IFormattable number => JsonValue.Create(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(value.ToString()),
    };

    private static ContextKey Key(string name, object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => ContextKey.Absent(name),
        string text => new ContextKey(name, text),
        IEnumerable items => new ContextKey(name, [.. items.Cast<object?>().Select(Text)]),
        var one => new ContextKey(name, Text(one)),
    };

    private static string Text(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => other?.ToString() ?? "",
    };

    private static string? AccountId(Organization organization, AccountIdentity? identity)
    {
        if (identity is null) return null;
        var isId = identity.Value.Length == 12 && identity.Value.All(char.IsAsciiDigit);
        return isId ? identity.Value : organization.ResolveAccount(identity).Id;
    }

    private static string TargetId(Organization organization, string target)
    {
        try
        {
            return organization.ResolveUnit(new OrganizationalUnitIdentity(target)).Id;
        }
        catch (IdentityNotFoundException)
        {
            return organization.ResolveAccount(new AccountIdentity(target)).Id;
        }
    }

    /// <summary>The files that a path with wildcards names.</summary>
    private IEnumerable<string> Files(string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path) || File.Exists(FilePath(path))) return [ExistingFile(path)];
        var files = Matches(path).Where(File.Exists).ToList();
        if (files.Count == 0) Fail(Errors.FileNotFound.Record($"No file is named '{path}'.", path));
        return files;
    }
}
