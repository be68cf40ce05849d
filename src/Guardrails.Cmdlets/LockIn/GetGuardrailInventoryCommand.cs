using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Reads what an organization has in the cloud from files: templates, Terraform, exports and bills, as one inventory.</summary>
/// <remarks>
/// <para>It reads CloudFormation and SAM templates and what the CDK puts out (YAML and JSON), Terraform state files of format 4 and plans
/// (terraform show -json), what AWS Resource Explorer finds (the console's CSV, or JSON of aws resource-explorer-2 search), and bills as FOCUS 1.0
/// to 1.2 or as Cost and Usage Report (CSV, also compressed with gzip). What a file is, its content says. Of a folder it takes the files that
/// end in .json, .yaml, .yml, .template, .tfstate, .csv and .csv.gz, in all folders below but those that begin with a dot or are links.</para>
/// <para>A resource that several files show is one object: it is recognised by its ARN, or by account, Region, type and physical id. The account
/// of a file is what its resources or columns say, else the innermost folder that is named by an account's id; the Region likewise, from a folder
/// named like eu-west-1. The same template in the folders of two accounts is two deployments; the same file twice for one account counts
/// once.</para>
/// <para>After the resources come the gaps: what could not be read, what is bound to no account, of which only a logical id is known, which
/// references lead nowhere and which cost belongs to no resource. They lower the confidence of what is measured on the inventory. A file that
/// cannot be read is an error as well; the others are read all the same.</para>
/// <para>Of the files it takes names, types, ids, references, cost and size, and the value of one tag. No other values of attributes leave the
/// readers, and no secrets with them.</para>
/// </remarks>
/// <example>
/// <title>A folder with a folder for each account</title>
/// <code>$inventory = Get-GuardrailInventory -Path ./exports</code>
/// <para>exports/111122223333/eu-west-1/shop.yaml is a template of that account in that Region.</para>
/// </example>
/// <example>
/// <title>The accounts of an organizational unit, with their names</title>
/// <code>Get-GuardrailAccount -OrganizationalUnit /Workloads | Get-GuardrailInventory -Path ./exports</code>
/// </example>
/// <example>
/// <title>One design, before it is deployed</title>
/// <code>terraform show -json plan.out > plan.json; Get-GuardrailInventory plan.json</code>
/// </example>
/// <example>
/// <title>What is not known</title>
/// <code>foreach ($item in Get-GuardrailInventory ./templates/*.yaml, ./bills) { if ($item -is [Guardrails.InventoryGap]) { "$($item.Kind): $item" } }</code>
/// </example>
/// <seealso cref="GetGuardrailAccountCommand"/>
[Cmdlet(VerbsCommon.Get, "GuardrailInventory")]
[OutputType(typeof(InventoryResource), typeof(InventoryGap))]
public sealed class GetGuardrailInventoryCommand : AsyncCmdlet
{
    private readonly List<InventoryPath> _paths = [];
    private readonly List<AccountIdentity> _accounts = [];
    private GuardrailConnection? _connection;
    private bool _nothingCame = true;

    /// <summary>Files, and folders with all that is in them. Wildcards name many.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>
    /// Only resources of these accounts, and those that are bound to none. Accounts from Get-GuardrailAccount give their resources names and
    /// organizational units. An id does without a connection; names, paths and ARNs are looked up in the connected organization.
    /// </summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AccountId")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AccountCompleter))]
    public AccountIdentity[]? Account { get; set; }

    /// <summary>The key of the tag whose value names the workload that a resource belongs to; upper and lower case are the same. Without the tag it is the stack.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string WorkloadTag { get; set; } = "Workload";

    /// <summary>How many files are read at a time; as many as there are processors unless said otherwise.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = Environment.ProcessorCount;

    /// <inheritdoc/>
    private protected override string Activity => "Reading the inventory";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _connection = CurrentConnection.Get();
        foreach (var path in Path) AddPath(path);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _nothingCame = false;
        _accounts.AddRange(Account ?? []);
    }

    /// <inheritdoc/>
    private protected override async Task EndAsync(CallScope scope)
    {
        // An empty pipeline asks for nothing, not for everything.
        if (_nothingCame) return;
        var accounts = await AccountsAsync(scope);
        var types = LockInData.Types([]);
        var files = Composition.ReadInventory(_paths, new InventoryReading(types, WorkloadTag), ThrottleLimit, (done, all) => ReportProgress($"{done} of {all} files", done * 100 / all), scope.Cancel);
        var inventory = InventoryMerge.Merge(files, types, LockInData.Facts([]).ClassOf);
        if (accounts is not null) inventory = InventoryMerge.Of(inventory, accounts);
        foreach (var resource in inventory.Resources) Emit(resource);
        foreach (var gap in inventory.Gaps)
        {
            Emit(gap);
            if (gap.Kind == InventoryGapKind.FailedCollector) Report(Errors.InventoryUnreadable.Record(gap.Message, gap.File));
        }
    }

    /// <summary>The accounts asked for, by id; null where none were, which means all.</summary>
    private async Task<Dictionary<string, Account?>?> AccountsAsync(CallScope scope)
    {
        if (_accounts.Count == 0) return null;
        var found = new Dictionary<string, Account?>(StringComparer.Ordinal);
        foreach (var identity in _accounts)
        {
            if (identity.Account is { } account) found[account.Id] = account;
            else if (_connection is null && AccountIds.IsId(identity.Value)) found.TryAdd(identity.Value, null);
            else if (_connection is null) Report(Errors.NotConnected.Record($"'{identity}' is no account id, and without a connection nothing else can be looked up.", identity.Value));
            else
            {
                var organization = await _connection.Organization.GetAsync(_connection.Cloud.Organization, OrganizationDetail.None, refresh: false, scope);
                var there = organization.FindAccounts(identity).ToList();
                if (there.Count == 0) foreach (var missing in organization.NotFound(identity)) Report(Errors.Describe(missing));
                foreach (var one in there) found[one.Id] = one;
            }
        }
        return found;
    }

    /// <summary>A path that names nothing is an error about it, and the others are read all the same.</summary>
    private void AddPath(string path)
    {
        var literal = FilePath(path);
        if (File.Exists(literal) || Directory.Exists(literal))
        {
            _paths.Add(new InventoryPath(literal, path));
            return;
        }
        var found = Matches(path);
        if (found.Count == 0) WriteError(Errors.FileNotFound.Record($"There is no file or folder '{literal}'.", path));
        var here = System.IO.Path.IsPathRooted(path) ? null : SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        foreach (var one in found) _paths.Add(new InventoryPath(one, here is null ? one : System.IO.Path.GetRelativePath(here, one)));
    }
}
