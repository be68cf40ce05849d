using System.Management.Automation;

namespace Guardrails.Cmdlets;

/// <summary>Reads requests for accounts from a CSV, JSON or YAML file.</summary>
/// <remarks>
/// <para>CSV has a row for each account, JSON and YAML a list (or a name with a list, such as accounts). The fields are Name, Email,
/// OrganizationalUnit (a path), RoleName, Tags (Key=Value;Key2=Value2), Tag:Key for each tag, Contact:Billing:Name (Title, Email, Phone; also
/// Operations and Security), Regions and Access (group:Admins=AdministratorAccess). In JSON and YAML, Tags and Contacts can be mappings,
/// Regions and Access lists; references (anchors) are not followed.</para>
/// <para>An email can be a template: in aws+{name}@example.com the account's name is put in small letters, and what is not a letter, a digit or _
/// becomes -, so that "Web Shop (Prod)" gives aws+web-shop-prod@example.com.</para>
/// <para>What cannot be read is an error with file, line and, where it is known, column; the other rows come all the same. Whether AWS takes the
/// requests is what Test-GuardrailAccountRequest says.</para>
/// </remarks>
/// <example>
/// <title>Read, look, make</title>
/// <code>$requests = Import-GuardrailAccountRequest -Path ./accounts.yaml; $requests | Test-GuardrailAccountRequest; $requests | New-GuardrailAccount</code>
/// </example>
/// <example>
/// <title>Emails from the names</title>
/// <code>Import-GuardrailAccountRequest -Path ./accounts.csv -EmailTemplate 'aws+{name}@example.com'</code>
/// </example>
[Cmdlet(VerbsData.Import, "GuardrailAccountRequest")]
[OutputType(typeof(AccountRequest))]
public sealed class ImportGuardrailAccountRequestCommand : GuardrailCmdlet
{
    /// <summary>The files: .csv, .json, .yaml or .yml.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The email of rows that have none, with {name} for the account's name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string EmailTemplate { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            var read = AccountRequestFile.Read(Composition.ReadTable(ExistingFile(path)), EmailTemplate);
            if (read.UnknownColumns.Count > 0) WriteWarning($"{path}: nothing is known of the columns {string.Join(", ", read.UnknownColumns)}; they were passed over.");
            foreach (var request in read.Requests) WriteObject(request);
            foreach (var row in read.Unreadable) WriteError(Errors.RequestUnreadable.Record(row.Message, row.Source));
        }
    }
}
