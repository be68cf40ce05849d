using System.Collections;
using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>A cmdlet that takes requests for accounts: from parameters, from objects of any kind by their properties, or from a file.</summary>
public abstract class AccountRequestCmdlet : ConnectedCmdlet
{
    private protected const string FromObject = "Object";
    private protected const string FromFile = "File";
    private readonly HashSet<string> _unknownColumns = new(StringComparer.OrdinalIgnoreCase);
    private int _objects;

    private protected AccountRequestCmdlet()
    {
    }

    /// <summary>The account's name: 1 to 50 printable ASCII characters. AWS does not keep names unique.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FromObject, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string Name { get; set; } = "";

    /// <summary>The root user's email address, unique across all of AWS: what an account is recognised by. {name} in it stands for the account's name.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = FromObject, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string Email { get; set; } = "";

    /// <summary>The organizational unit it belongs in: its path from the root, id or ARN. The root where nothing is given.</summary>
    [Parameter(Position = 2, ParameterSetName = FromObject, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    public string? OrganizationalUnit { get; set; }

    /// <summary>Its tags, as a hashtable or as text: Key=Value;Key2=Value2. Tags that the account has beyond these stay.</summary>
    [Parameter(ParameterSetName = FromObject, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    public object? Tags { get; set; }

    /// <summary>The role in the new account that the management account may assume. AWS's OrganizationAccountAccessRole where nothing is given.</summary>
    [Parameter(ParameterSetName = FromObject, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    public string? RoleName { get; set; }

    /// <summary>
    /// Its alternate contacts: a hashtable with the keys Billing, Operations and Security, each a hashtable with Name, Title, Email and Phone. Types
    /// that are not named stay as they are.
    /// </summary>
    [Parameter(ParameterSetName = FromObject)]
    [AllowNull]
    public IDictionary? Contacts { get; set; }

    /// <summary>The Regions that it may use beyond those that every account has: eu-central-2. They are enabled, and none is disabled.</summary>
    [Parameter(ParameterSetName = FromObject, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [AllowNull]
    public string[]? Regions { get; set; }

    /// <summary>Who is let in, by IAM Identity Center: group:NAME=PERMISSION-SET or user:NAME=PERMISSION-SET. Access that others have stays.</summary>
    [Parameter(ParameterSetName = FromObject, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [AllowNull]
    public string[]? Access { get; set; }

    /// <summary>The object from the pipeline. Its other properties count as the columns of a file do: Tag:Key, Contact:Billing:Name, Regions, Access.</summary>
    [Parameter(ParameterSetName = FromObject, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>A CSV, JSON or YAML file with a row for each account.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromFile)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    private protected List<AccountRequest> Requests { get; } = [];

    private protected List<UnreadableRequest> Unreadable { get; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == FromFile) ReadFile();
        else ReadObject();
    }

    private protected void WarnOfUnknownColumns()
    {
        if (_unknownColumns.Count > 0) Warn($"Nothing is known of the columns {string.Join(", ", _unknownColumns)}; they were passed over.");
    }

    private void ReadFile()
    {
        var read = AccountRequestFile.Read(Composition.ReadTable(ExistingFile(Path)), "");
        _unknownColumns.UnionWith(read.UnknownColumns);
        Requests.AddRange(read.Requests);
        Unreadable.AddRange(read.Unreadable);
    }

    private void ReadObject()
    {
        var source = InputObject is null ? null : $"object {++_objects}";
        try
        {
            Requests.Add(InputObject?.BaseObject is AccountRequest request ? Given(request) : AccountRequestRow.Read(Cells(), source));
        }
        catch (FormatException e)
        {
            Unreadable.Add(new UnreadableRequest(Name, Email, e.Message, source, (e as RequestFormatException)?.Field));
        }
    }

    // What is given on the command line counts for every object.
    private AccountRequest Given(AccountRequest request)
    {
        var cells = Cells();
        var given = AccountRequestRow.Read(cells, request.Source);
        return given with
        {
            Tags = ReferenceEquals(RequestValues.Plain(Tags), request.Tags) ? request.Tags : given.Tags,
            Contacts = Contacts is null ? request.Contacts : given.Contacts,
        };
    }

    private List<KeyValuePair<string, string>> Cells()
    {
        var cells = new List<KeyValuePair<string, string>>
        {
            new(nameof(Name), Name),
            new(nameof(Email), Email),
            new(nameof(OrganizationalUnit), OrganizationalUnit ?? ""),
            new(nameof(RoleName), RoleName ?? ""),
            new(nameof(Regions), string.Join(';', Regions ?? [])),
            new(nameof(Access), string.Join(';', Access ?? [])),
        };
        foreach (var property in InputObject?.Properties ?? Enumerable.Empty<PSPropertyInfo>())
            if (AccountRequestRow.IsOpenColumn(property.Name)) cells.Add(new(property.Name, RequestValues.Text(property.Value)));
        cells.AddRange(RequestValues.Members(Tags)?.Select(tag => KeyValuePair.Create(AccountRequestRow.TagColumn + tag.Key, RequestValues.Text(tag.Value))) ?? [new(nameof(Tags), RequestValues.Text(Tags))]);
        // An object's own contacts are mappings where they come from JSON; those of a request are read from it as they are.
        var contacts = Contacts ?? (InputObject?.BaseObject is PSCustomObject ? InputObject.Properties[nameof(Contacts)]?.Value : null);
        cells.AddRange(RequestValues.ContactCells(contacts));
        return cells;
    }
}
